package session

import (
	"reflect"
	"testing"

	"undercurrent/sim"
	"undercurrent/sim/replay"
)

func TestARecipeHasWhatWasChanged(t *testing.T) {
	d := newSession(t, "uneven-ring")
	if got := eventsOf(d); got != "at 0" {
		t.Errorf("the events are %s", got)
	}
	path(d, 3)
	d.Motion.StepParameter(true)
	d.Motion.ScaleBandwidth(1)
	d.Coverage.ScaleTau(true)
	path(d, 2)
	if got := eventsOf(d); got != "3=alpha:1.5@0.275 at 5" {
		t.Errorf("the events are %s", got)
	}
	if p := d.Recipe(); p.Functional.Tau != 2 || p.Settings.Particles != 500 || p.Settings.Drift.ID() != "reverse-kl" || p.Settings.Bandwidth != 0.25 {
		t.Errorf("the recipe begins with %+v", p.Settings)
	}
	d.Clock.Back(1)
	d.Clock.Back(1)
	d.Clock.Back(1)
	if got := eventsOf(d); got != "at 2" {
		t.Errorf("before the change the events are %s", got)
	}
}

// Played from its recipe, a flow has the same bits.
func TestAPlayedFlowIsTheFlow(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 4)
	d.Motion.Choose("lv")
	path(d, 3)
	d.Motion.ScaleBandwidth(-1)
	d.Motion.Choose("neyman")
	path(d, 2)
	was, recipe := frameOf(d), d.Recipe()
	other := newSession(t, "three-modes")
	if err := other.Play(recipe.Events, recipe.Step); err != nil {
		t.Fatal(err)
	}
	f := frameOf(other)
	if !reflect.DeepEqual(f.Particles, was.Particles) || !f.Paused || eventsOf(other) != eventsOf(d) {
		t.Errorf("played it is at step %d by\n%s, expected\n%s", f.Report.Step, eventsOf(other), eventsOf(d))
	}
	far := sim.Motion{Drift: specOf(t, "alpha:7"), Bandwidth: 0.2}
	if err := other.Play([]replay.Event{{Step: 12, Motion: far}}, 0); err == nil {
		t.Error("a change that cannot be used is accepted")
	}
}
