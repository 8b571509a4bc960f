package sim

import (
	"reflect"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// A sibling is what a new flow is, bit by bit, whether it shares the target or not, and
// it neither sees nor disturbs what becomes of the other.
func TestSiblingsEqualNewFlows(t *testing.T) {
	f := underway(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "reverse-kl"), withParticles(500))
	for name, edit := range map[string]func(*Settings){
		"another drift":     func(s *Settings) { s.Drift = divergences.SpecFromDrift(simtest.Drift(t, "pearson")) },
		"another bandwidth": func(s *Settings) { s.Bandwidth *= 1.5 },
		"a sharp target":    func(s *Settings) { s.Smoothing = target.Sharp },
	} {
		settings := f.Settings()
		edit(&settings)
		got, err := f.Sibling(settings)
		if err != nil {
			t.Fatal(err)
		}
		if shared := got.Target() == f.Target(); shared != (name == "another drift") {
			t.Errorf("%s: shared is %v", name, shared)
		}
		want, err := New(f.Scenario(), settings)
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			got.Step()
			want.Step()
		}
		a, b := &Report{}, &Report{}
		got.Report(a, Instruments{})
		want.Report(b, Instruments{})
		if !slices.Equal(pointsOf(got), pointsOf(want)) || a.TV != b.TV || a.UnderCoverage != b.UnderCoverage || !reflect.DeepEqual(a.Transport, b.Transport) {
			t.Errorf("%s: the sibling has gone another way", name)
		}
	}
	other, err := f.Sibling(f.Settings())
	if err != nil {
		t.Fatal(err)
	}
	before := slices.Clone(f.Target().P)
	moved, err := f.Scenario().Edited(scenarios.Edit{Verb: scenarios.Move, Mode: 1, At: scenarios.Point{X: 1, Y: 1}})
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Retarget(moved); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(before, f.Target().P) || slices.Equal(before, other.Target().P) {
		t.Error("an edit of the sibling's target is seen by the flow, or not by the sibling")
	}
}
