package sim

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim/target"
)

func scenario(t testing.TB, id string) scenarios.Scenario {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func divergence(t testing.TB, id string) divergences.Drift {
	t.Helper()
	spec, err := divergences.Standard().Parse(id, nil)
	if err != nil {
		t.Fatal(err)
	}
	d, err := spec.Build()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// newFlow is a scenario under a divergence, its settings changed by the edits.
func newFlow(t testing.TB, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *Flow {
	t.Helper()
	return newFlowOn(t, nil, s, d, edits...)
}

// newFlowOn shares terrains with other flows of the scenario.
func newFlowOn(t testing.TB, known *target.Cache, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *Flow {
	t.Helper()
	settings := DefaultSettings(s, divergences.SpecOf(d))
	for _, edit := range edits {
		edit(&settings)
	}
	f, err := NewOn(known, s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// pointsOf are the particles of a flow.
func pointsOf(f *Flow) []scenarios.Point {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	return points
}

func withParticles(n int) func(*Settings) { return func(s *Settings) { s.Particles = n } }

func tv(f *Flow) float64 {
	r := &Report{}
	f.Report(r, Instruments{})
	return r.TV
}

// members is every divergence of the catalogue, one more α and a typed weight.
func members(t testing.TB) []divergences.Divergence {
	t.Helper()
	all, err := divergences.Standard().Divergences(nil)
	if err != nil {
		t.Fatal(err)
	}
	alpha, err := divergences.NewAlpha(-1.5)
	if err != nil {
		t.Fatal(err)
	}
	custom, err := divergences.NewCustom("sqrt(r)+r", func(r float64) float64 { return math.Sqrt(r) + r })
	if err != nil {
		t.Fatal(err)
	}
	return append(all, alpha, custom)
}

// near fails unless got is within the relative tolerance of want.
func near(t testing.TB, what string, got, want, tolerance float64) {
	t.Helper()
	if math.Abs(got-want) > tolerance*math.Abs(want) {
		t.Errorf("%s is %.6g, expected %.6g within %.2g", what, got, want, tolerance)
	}
}

// gaussian is an isotropic Gaussian scenario about the origin.
func gaussian(t testing.TB, sigma float64, start scenarios.Gaussian) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{}}, sigma, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Scenario{ID: "gaussian", Target: m, Truth: scenarios.Truth{Sampler: m},
		Start:  scenarios.Start{Sampler: start},
		Window: scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}, Particles: 20000, Bandwidth: 0.3}
}

func gaussianAt(sigma float64) scenarios.Gaussian { return scenarios.Gaussian{Sigma: sigma} }
