package session

import (
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// cut is a mixture with half its mass outside the window.
func cut(t *testing.T) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.Isotropic([]scenarios.Point{{X: 0, Y: 0}, {X: 9, Y: 1}}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Scenario{ID: "cut", Story: "a cut mixture", Target: m, Truth: m.Truth(), Start: scenarios.NewGaussianStart(0, 0, 1),
		Window: scenarios.Window{XMin: -4, XMax: 4, YMin: -4, YMax: 4}, Particles: 500, Bandwidth: 0.3}
}

func isWarned(n Note) bool {
	return n.Alert && strings.HasPrefix(n.Text, "warning: 50.0 % of the target lies outside the window")
}

func TestMassOutsideIsNoted(t *testing.T) {
	settings := sim.DefaultSettings(cut(t), specOf(t, "reverse-kl"))
	d, err := New(divergences.Standard(), cut(t), settings, functionalOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if d.Examine(); !isWarned(d.note) {
		t.Errorf("a new session notes %+v", d.note)
	}
	if err := d.Play(nil, 0); err != nil || !isWarned(d.note) {
		t.Errorf("after events it notes %+v (%v)", d.note, err)
	}
	if d.Scene.Open("three-modes"); d.note.Alert || !strings.HasPrefix(d.note.Text, "three-modes: ") {
		t.Errorf("another scenario notes %+v", d.note)
	}
	serial := d.note.Serial
	if d.Scene.OpenScenario(cut(t)); !isWarned(d.note) || d.note.Serial <= serial {
		t.Errorf("the scenario opened again notes %+v", d.note)
	}
}

// A mode that is moved out of the window is warned of until that is undone.
func TestWarningsFollowEdits(t *testing.T) {
	s := cut(t)
	m, err := scenarios.Isotropic([]scenarios.Point{{X: -1}, {X: 1}}, 0.5, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Target, s.Truth = m, m.Truth()
	d, err := New(divergences.Standard(), s, sim.DefaultSettings(s, specOf(t, "reverse-kl")), functionalOf(t))
	if err != nil {
		t.Fatal(err)
	}
	if d.Examine(); len(d.warnings) != 0 {
		t.Errorf("at first there are the warnings %+v", d.warnings)
	}
	e, err := scenarios.ParseEdit("move:2:4:0")
	if err != nil {
		t.Fatal(err)
	}
	if d.Edits.Apply(e); len(d.warnings) != 1 || !strings.HasSuffix(d.warnings[0].Short, " % of target outside") {
		t.Errorf("after the edit there are the warnings %+v", d.warnings)
	}
	if d.Edits.Undo(); len(d.warnings) != 0 {
		t.Errorf("after undoing it there are the warnings %+v", d.warnings)
	}
}
