package sim

import (
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

// knownTargets are those of the flows of newFlow. They never change, and most tests are of the same few.
var knownTargets = &target.Cache{Nodes: 1 << 20}

// newFlow is a scenario under a drift, its settings changed by the edits.
func newFlow(t testing.TB, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *Flow {
	t.Helper()
	return newFlowOn(t, knownTargets, s, d, edits...)
}

// newFlowOn shares targets with other flows, none if targets is nil.
func newFlowOn(t testing.TB, targets *target.Cache, s scenarios.Scenario, d divergences.Drift, edits ...func(*Settings)) *Flow {
	t.Helper()
	settings := DefaultSettings(s, divergences.SpecFromDrift(d))
	for _, edit := range edits {
		edit(&settings)
	}
	f, err := NewOn(targets, s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func withParticles(n int) func(*Settings) { return func(s *Settings) { s.Particles = n } }

// pointsOf are the particles of a flow.
func pointsOf(f *Flow) []scenarios.Point {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	return points
}

func tv(f *Flow) float64 {
	r := &Report{}
	f.Report(r, Instruments{})
	return r.TV
}
