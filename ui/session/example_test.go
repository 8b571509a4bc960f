package session

import (
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
)

// exampleOf is the setup of an example on three modes.
func exampleOf(t *testing.T, id string) Setup {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	e, err := diagnosis.ExampleNamed(id)
	if err != nil {
		t.Fatal(err)
	}
	drift, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	return Setup{Scenario: s, Motions: []sim.Motion{{Drift: drift}}, Seed: 1, Chains: &e}
}

// The chains of an example take the place of the flows, one example that of another, and a flow that of the chains:
// the same, to the bit, as one that began so.
func TestAnExampleTakesTurnsWithFlows(t *testing.T) {
	s := newSession(t, "uneven-ring")
	path(s, 3)
	s.Scene.SetUp(exampleOf(t, "stuck"))
	f := frameOf(s)
	if f.Watching == nil || f.Watching.Chains == nil || !strings.HasPrefix(f.Scenario.ID, "three-modes") || f.Watching.Metrics == nil {
		t.Fatalf("the frame is of %s, watching %+v", f.Scenario.ID, f.Watching)
	}
	if r := f.Watching.Chains.Report; r.Pass() || r.Findings[0].Kind != "frozen chain" || r.Chains != 4 {
		t.Errorf("of %d chains there are the findings %v", r.Chains, r.Findings)
	}
	if f.Report.TV > 0.3 || f.Settings.Particles != 2000 {
		t.Errorf("%d draws are shown, TV is %g", f.Settings.Particles, f.Report.TV)
	}
	s.Advance()
	s.Scene.SetUp(exampleOf(t, "right"))
	if f := frameOf(s); f.Watching == nil || !f.Watching.Chains.Report.Pass() {
		t.Error("the right sampler is not shown, or something speaks against it")
	}
	again := exampleOf(t, "right")
	again.Chains = nil
	s.Scene.EndExample()
	path(s, 4)
	other := newSession(t, "gmm40")
	other.Scene.SetUp(again)
	path(other, 4)
	if f, want := frameOf(s), frameOf(other); f.Watching != nil || f.Report.TV != want.Report.TV || f.Report.Step != want.Report.Step {
		t.Errorf("after the example TV is %g at step %d, expected %g at step %d", f.Report.TV, f.Report.Step, want.Report.TV, want.Report.Step)
	}
	s.Scene.EndExample()
	if frameOf(s).Report.Step != other.focus.report.Step {
		t.Error("where there is no example, a flow begins anew")
	}
	s.Close()
}
