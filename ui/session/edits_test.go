package session

import (
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
)

func moved(mode int, x, y float64) scenarios.Edit {
	return scenarios.Edit{Verb: scenarios.Move, Mode: mode, At: scenarios.Point{X: x, Y: y}}
}

func meanOf(f *Frame, mode int) scenarios.Point {
	return f.Scenario.Target.(*scenarios.Mixture).Components()[mode-1].Mean
}

func TestEditsAreUndoneAndRedone(t *testing.T) {
	d := newSession(t, "uneven-ring")
	was := meanOf(frameOf(d), 1)
	d.Edits.Apply(moved(1, 6, 1))
	path(d, 2)
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{X: -4}, By: 0.3, Count: 40})
	path(d, 2)
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Drain, At: scenarios.Point{X: -4}, By: 1})
	f := frameOf(d)
	drained := f.Settings.Particles
	if drained >= 540 || len(f.Edits) != 3 {
		t.Fatalf("%d particles and %d edits", drained, len(f.Edits))
	}
	for range 3 {
		d.Edits.Undo()
	}
	if f = frameOf(d); f.Settings.Particles != 500 || meanOf(f, 1) != was || len(f.Edits) != 0 {
		t.Errorf("undone there are %d particles, mode 1 at %v", f.Settings.Particles, meanOf(f, 1))
	}
	if d.Edits.Undo(); !strings.Contains(frameOf(d).Note.Text, "nothing to undo") {
		t.Error("there is still something to undo")
	}
	for range 3 {
		d.Edits.Redo()
	}
	if f = frameOf(d); len(f.Edits) != 3 || meanOf(f, 1) != (scenarios.Point{X: 6, Y: 1}) {
		t.Errorf("redone the edits are %v", f.Edits)
	}
	if d.Edits.Redo(); !strings.Contains(frameOf(d).Note.Text, "nothing to redo") {
		t.Error("there is still something to redo")
	}
}

// What cannot be done again is kept, and said.
func TestAFailedRedoIsNotNotedAsDone(t *testing.T) {
	d := newSession(t, "uneven-ring")
	far := scenarios.Point{X: 8, Y: 8}
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, At: far, By: 0.1, Count: 40})
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Drain, At: far, By: 1})
	d.Edits.Undo()
	for k, p := range d.Edits.undone {
		p.By = 1e6
		d.Edits.undone[k] = p
	}
	d.Edits.Redo()
	if f := frameOf(d); !strings.Contains(f.Note.Text, "particles would be left") || len(f.Edits) != 1 || len(d.Edits.undone) != 1 {
		t.Errorf("the note is %q, the edits %v", f.Note.Text, f.Edits)
	}
}

// A drag is one edit, to its last point, and time stands still meanwhile.
func TestADragIsOneEdit(t *testing.T) {
	d := newSession(t, "uneven-ring")
	path(d, 3)
	for i := range 10 {
		d.Edits.Drag(moved(2, float64(i)/10, 5))
		d.Advance()
	}
	f := frameOf(d)
	if f.Report.Step != 3 || len(f.Edits) != 1 || meanOf(f, 2) != (scenarios.Point{X: 0.9, Y: 5}) {
		t.Errorf("at step %d the edits are %v", f.Report.Step, f.Edits)
	}
	d.Edits.EndDrag()
	d.Edits.Drag(moved(2, 2, 2))
	d.Edits.EndDrag()
	if d.Advance(); len(frameOf(d).Edits) != 2 || frameOf(d).Report.Step != 4 {
		t.Errorf("a second gesture gives the edits %v at step %d", frameOf(d).Edits, frameOf(d).Report.Step)
	}
	d.Edits.Undo()
	if got := meanOf(frameOf(d), 2); got != (scenarios.Point{X: 0.9, Y: 5}) {
		t.Errorf("undone mode 2 is at %v", got)
	}
}

func TestNudgesAtOneStepAreOneEdit(t *testing.T) {
	d := newSession(t, "uneven-ring")
	for range 4 {
		d.Edits.Nudge(scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 2})
	}
	if f := frameOf(d); len(f.Edits) != 1 || f.Edits[0].By != 16 {
		t.Errorf("four nudges are %v", f.Edits)
	}
	d.Advance()
	d.Edits.Nudge(scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 2})
	if f := frameOf(d); len(f.Edits) != 2 {
		t.Errorf("a nudge at another step is one of %v", f.Edits)
	}
}

// Time runs both ways over edits, and played again from its command line a flow with
// edits has the same bits.
func TestEditsAreInTheHistoryAndTheCommand(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 3)
	d.Edits.Apply(moved(1, 2, -2))
	path(d, 3)
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Drain, At: scenarios.Point{X: 2, Y: -1.5}, By: 0.6})
	d.Motion.Choose("forward-kl")
	path(d, 3)
	d.Edits.Undo()
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{X: -2, Y: 2}, By: 0.3, Count: 30})
	was := path(d, 3)
	events := eventsOf(d)
	if want := "3=move:1:2:-2 6=drain:2:-1.5:0.6 6=forward-kl 9=undo 9=pour:-2:2:0.3:30 at 12"; events != want {
		t.Errorf("the events are\n%s, expected\n%s", events, want)
	}
	for range 11 {
		d.Clock.Back(1)
	}
	if f := frameOf(d); f.Report.Step != 1 || len(f.Edits) != 0 || f.Settings.Particles != 500 || meanOf(f, 1) == (scenarios.Point{X: 2, Y: -2}) {
		t.Fatalf("at step %d there are the edits %v", f.Report.Step, f.Edits)
	}
	d.Clock.TogglePause()
	path(d, 8)
	if again := path(d, 3); !reflect.DeepEqual(again, was) {
		t.Error("played again the steps are others")
	}

	other := newSession(t, "three-modes")
	p := d.Recipe()
	if err := other.Play(p.Events, p.Step); err != nil {
		t.Fatal(err)
	}
	if f := frameOf(other); !reflect.DeepEqual(f.Particles, was[2]) || eventsOf(other) != events {
		t.Errorf("played by its recipe the flow is another; its events are\n%s", eventsOf(other))
	}
}

func TestARestartKeepsEditsOfTheTargetOnly(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Edits.Apply(moved(1, 2, -2))
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{}, By: 1, Count: 10})
	path(d, 2)
	d.Scene.Restart()
	f := frameOf(d)
	if f.Settings.Particles != 500 || len(f.Edits) != 1 || meanOf(f, 1) != (scenarios.Point{X: 2, Y: -2}) {
		t.Errorf("after a restart there are %d particles and the edits %v", f.Settings.Particles, f.Edits)
	}
	if got := eventsOf(d); got != "0=move:1:2:-2 at 0" {
		t.Errorf("the events are %s", got)
	}
	d.Scene.SetParticles(700)
	if f := frameOf(d); f.Settings.Particles != 700 || len(f.Edits) != 1 {
		t.Errorf("with more particles the edits are %v", f.Edits)
	}
	d.Scene.Open("grid9")
	if f := frameOf(d); len(f.Edits) != 0 || f.Scenario.ID != "grid9" {
		t.Errorf("on %s the edits are %v", f.Scenario.ID, f.Edits)
	}
}

// Every flow of a comparison has the target, and one that is added later too.
func TestEditsAreOfAllFlows(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Edits.Apply(moved(1, 2, -2))
	d.Comparison.Toggle()
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{}, By: 1, Count: 10})
	path(d, 1)
	d.Edits.Apply(moved(2, -2, -2))
	for _, l := range d.runs {
		if n := len(l.Edits()); n != 3 || l.Flow().Settings().Particles != 510 {
			t.Errorf("%s has %d edits and %d particles", l.motion().Drift.ID(), n, l.Flow().Settings().Particles)
		}
	}
	d.Edits.Undo()
	d.Edits.Undo()
	path(d, 1)
	for _, l := range d.runs {
		if l.Flow().Settings().Particles != 500 {
			t.Errorf("%s keeps %d particles", l.motion().Drift.ID(), l.Flow().Settings().Particles)
		}
	}
	d.Comparison.Focus(1)
	if got := eventsOf(d); got != "0=move:1:2:-2 0=pour:0:0:1:10 1=undo at 2" {
		t.Errorf("the events of another flow are\n%s", got)
	}
}

func TestInvalidEditsLeaveAMessage(t *testing.T) {
	d := newSession(t, "banana")
	d.Edits.Apply(moved(1, 0, 0))
	if f := frameOf(d); !strings.Contains(f.Note.Text, "not a mixture") || len(f.Edits) != 0 {
		t.Errorf("the note is %q", f.Note.Text)
	}
}

// Power laws ignore Z: under unit effort the particles take the same path.
func TestAWrongZMovesOnlyThoseThatNeedIt(t *testing.T) {
	for id, needs := range map[string]bool{"reverse-kl": false, "pearson": false, "lv": false, "jeffreys": true, "jensen-shannon": true} {
		a, b := newSession(t, "three-modes"), newSession(t, "three-modes")
		a.Motion.Choose(id)
		b.Motion.Choose(id)
		b.Motion.SetZFactor(8)
		said := frameOf(b).Note.Text
		p, q := path(a, 5)[4], path(b, 5)[4]
		far := 0.0
		for i := range p {
			far = max(far, (p[i].X-q[i].X)*(p[i].X-q[i].X)+(p[i].Y-q[i].Y)*(p[i].Y-q[i].Y))
		}
		if (far > 1e-12) != needs {
			t.Errorf("%s with Z eight times too large takes paths %g apart", id, far)
		}
		if strings.Contains(said, "the same paths") == needs || strings.Contains(said, "depends on Z") != needs {
			t.Errorf("of %s it is said: %s", id, said)
		}
	}
}
