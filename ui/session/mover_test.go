package session

import (
	"slices"
	"strings"
	"testing"

	"undercurrent/sim"
	"undercurrent/sim/movers"
)

// The key goes through all movers and back to the drift; a divergence ends a mover.
func TestMoversTakeTurns(t *testing.T) {
	d := newSession(t, "ring8")
	d.Motion.ToggleBirthDeath()
	var seen []string
	for range len(MoverNames()) - 1 {
		d.Motion.NextMover()
		f := frameOf(d)
		seen = append(seen, string(f.Settings.Mover.Kind))
		if f.Settings.BirthDeath != 0 || f.Info.ID != sim.MoverObjective || !strings.HasPrefix(f.Note.Text, f.Settings.Mover.Kind.Info().Name) {
			t.Errorf("under %s the settings are %+v, the note %q", f.Settings.Mover, f.Settings.Motion(), f.Note.Text)
		}
		d.Advance()
		if f := frameOf(d); f.Report.Evaluations == 0 && f.Settings.Mover.Kind != "drifting" {
			t.Errorf("%s evaluates nothing", f.Settings.Mover)
		}
	}
	if !slices.Equal(seen, MoverNames()[1:]) {
		t.Errorf("the movers are %v", seen)
	}
	d.Motion.NextMover()
	if f := frameOf(d); !f.Settings.Mover.IsZero() {
		t.Errorf("after the last one %s moves the particles", f.Settings.Mover)
	}
	d.Motion.SetMover("ula")
	d.Motion.Next(1)
	if f := frameOf(d); !f.Settings.Mover.IsZero() || f.Info.ID != "forward-kl" {
		t.Errorf("the next divergence is %s under %q", f.Info.ID, f.Settings.Mover)
	}
	if d.Motion.SetMover("hamilton"); !strings.Contains(frameOf(d).Note.Text, "hamilton") {
		t.Errorf("an unknown mover gives the note %q", frameOf(d).Note.Text)
	}
}

// A mover is compared with drifts, and its comparison is reproduced.
func TestAMoverIsCompared(t *testing.T) {
	d := newSession(t, "ring8")
	reverse := d.focus.motion()
	ula := sim.Motion{Drift: reverse.Drift, Mover: movers.Spec{Kind: "ula"}}
	if err := d.Comparison.Under(ula); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		d.Advance()
	}
	f := frameOf(d)
	if len(f.Runs) != 2 || f.Runs[1].Label != "ula" || f.Runs[0].Report.Step != f.Runs[1].Report.Step {
		t.Fatalf("the flows are %+v", f.Runs)
	}
	var list []string
	for _, m := range d.Recipe().Compared {
		list = append(list, m.String())
	}
	if !slices.Equal(list, []string{"reverse-kl", "ula"}) {
		t.Errorf("the recipe compares %v", list)
	}
	d.Comparison.Focus(1)
	if d.Motion.ToggleBirthDeath(); !strings.Contains(frameOf(d).Note.Text, "ula moves the particles without a drift, expected no birth–death") {
		t.Errorf("birth–death under a mover gives the note %q", frameOf(d).Note.Text)
	}
}
