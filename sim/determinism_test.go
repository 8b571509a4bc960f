package sim

import (
	"runtime"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

const many = 40_000 // enough for several workers to deposit

// path runs a flow for some steps and returns where its particles end.
func path(t *testing.T, processors int, seed uint64, measure func(*Flow)) []scenarios.Point {
	t.Helper()
	return pathOf(t, simtest.Drift(t, "jensen-shannon"), Plugin, processors, seed, measure)
}

// pathOf is path under any drift and velocity.
func pathOf(t *testing.T, d divergences.Drift, v VelocityRule, processors int, seed uint64, measure func(*Flow)) []scenarios.Point {
	t.Helper()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
	f := newFlowOn(t, nil, simtest.Scenario(t, "uneven-ring"), d, withParticles(many), func(s *Settings) { s.Seed, s.Velocity = seed, v })
	for range 3 {
		if measure == nil {
			f.Step()
		} else {
			measure(f)
		}
	}
	points := make([]scenarios.Point, many)
	f.Points(points)
	return points
}

func TestEqualSeedsGiveEqualBitsForAnyGOMAXPROCS(t *testing.T) {
	want := path(t, 1, 7, nil)
	for _, processors := range []int{2, 5} {
		if !slices.Equal(path(t, processors, 7, nil), want) {
			t.Errorf("GOMAXPROCS %d ends elsewhere than 1", processors)
		}
	}
	if slices.Equal(path(t, 2, 8, nil), want) {
		t.Error("another seed gives the same path")
	}
}

func TestMeasurementsDoNotChangeThePath(t *testing.T) {
	want := path(t, 2, 7, nil)
	r, d, bins, v := &Report{}, &Fields{}, make([]float64, 40), make([]scenarios.Point, many)
	got := path(t, 2, 7, func(f *Flow) {
		f.StepReport(r, Instruments{Objectives: density.NewObjectives(simtest.Divergences(t)), Response: true, Effort: true, Identity: true})
		f.Fields(d)
		f.HistogramLogR(bins, -6, 6)
		f.Velocities(v)
		f.Some(nil, 100)
	})
	if !slices.Equal(got, want) {
		t.Error("the flow that was looked at ends elsewhere")
	}
}

// underRule is a drift under a rule of the velocity.
type underRule struct {
	drift    divergences.Drift
	velocity VelocityRule
}

// Drifts whose steps depend on sums over the whole grid, under both velocities.
func TestReferencesAndBlobsGiveEqualBitsForAnyGOMAXPROCS(t *testing.T) {
	mixture := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Mixture, Lambda: 0.4})
	gaussian := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Gaussian})
	giveEqualBits(t, []underRule{{mixture, Plugin}, {gaussian, Blob}, {simtest.Drift(t, "pearson"), Blob}})
}

func giveEqualBits(t *testing.T, list []underRule) {
	t.Helper()
	for _, c := range list {
		want := pathOf(t, c.drift, c.velocity, 1, 3, nil)
		if !slices.Equal(pathOf(t, c.drift, c.velocity, 2, 3, nil), want) {
			t.Errorf("%s %s: GOMAXPROCS 2 ends elsewhere than 1", simtest.Name(c.drift), c.velocity)
		}
		r, d := &Report{}, &Fields{}
		looked := pathOf(t, c.drift, c.velocity, 2, 3, func(f *Flow) {
			f.Report(r, everything)
			f.StepReport(r, everything)
			f.Fields(d)
		})
		if !slices.Equal(looked, want) {
			t.Errorf("%s %s: with all instruments on it ends elsewhere", simtest.Name(c.drift), c.velocity)
		}
	}
}

func TestReportsHaveEqualBitsForAnyGOMAXPROCS(t *testing.T) {
	report := func(processors int) *Report {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(processors))
		f := newFlowOn(t, nil, simtest.Scenario(t, "grid9"), simtest.Drift(t, "neyman"), withParticles(many))
		r := &Report{}
		for range 3 {
			f.StepReport(r, Instruments{Objectives: density.NewObjectives(simtest.Divergences(t)), Response: true, Effort: true, Identity: true})
		}
		return r
	}
	a, b := report(1), report(2)
	if a.IdentityResidual != b.IdentityResidual || a.ActiveChange != b.ActiveChange || !slices.Equal(a.Effort, b.Effort) || a.TV != b.TV || a.UnderCoverage != b.UnderCoverage || !slices.Equal(a.Objectives, b.Objectives) || !slices.Equal(a.Regions, b.Regions) {
		t.Errorf("reports differ:\n%+v\n%+v", a, b)
	}
}
