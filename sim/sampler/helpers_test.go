package sampler

import (
	"math/rand/v2"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/internal/simtest"
)

// gaussianScenario is one round Gaussian next to the start.
func gaussianScenario() scenarios.Scenario {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1, Y: -0.5}, Sigma: 0.8}
	return scenarios.Scenario{ID: "gaussian", Target: g, Truth: scenarios.Truth{Sampler: g},
		Start:  scenarios.Start{Sampler: scenarios.Gaussian{Mean: scenarios.Point{X: -1}, Sigma: 1.5}},
		Window: scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6}, Particles: 2000, Bandwidth: 0.4}
}

func newTrainer(t testing.TB, s scenarios.Scenario, id string, settings Settings) *Trainer {
	t.Helper()
	tr, err := NewTrainer(s, sim.DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, id))), settings)
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func normals(n int, seed uint64) []float64 {
	rng, out := rand.New(rand.NewPCG(seed, 0)), make([]float64, n)
	for i := range out {
		out[i] = rng.NormFloat64()
	}
	return out
}

// small are settings for tests of laws, not of quality.
func small(r Route) Settings {
	s := Defaults(r)
	s.Hidden, s.Batch = []int{7, 5}, 64
	if r == Generator {
		s.Cloud = 256
	} else {
		s.Couplings = 4
	}
	return s
}

// shaken is a mapping with all parameters away from nothing.
func shaken(t testing.TB, s Settings, size float64) mapping {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 6))
	m, err := newMapping(s, affine{Centre: scenarios.Point{X: 0.3, Y: -0.2}, Spread: scenarios.Point{X: 1.2, Y: 0.7}, Reach: scenarios.Point{X: 2, Y: 3}}, rng)
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Parameters() {
		m.Parameters()[i] += size * rng.NormFloat64()
	}
	return m
}
