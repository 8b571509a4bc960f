package engine

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
	d := newDriver(t, "uneven-ring")
	was := meanOf(frameOf(d), 1)
	d.Edit(moved(1, 6, 1))
	path(d, 2)
	d.Edit(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{X: -4}, By: 0.3, Count: 40})
	path(d, 2)
	d.Edit(scenarios.Edit{Verb: scenarios.Drain, At: scenarios.Point{X: -4}, By: 1})
	f := frameOf(d)
	drained := f.Settings.Particles
	if drained >= 540 || len(f.Edits) != 3 {
		t.Fatalf("%d particles and %d edits", drained, len(f.Edits))
	}
	for range 3 {
		d.Undo()
	}
	if f = frameOf(d); f.Settings.Particles != 500 || meanOf(f, 1) != was || len(f.Edits) != 0 {
		t.Errorf("undone there are %d particles, mode 1 at %v", f.Settings.Particles, meanOf(f, 1))
	}
	if d.Undo(); !strings.Contains(frameOf(d).Note.Text, "nothing to undo") {
		t.Error("there is still something to undo")
	}
	for range 3 {
		d.Redo()
	}
	if f = frameOf(d); len(f.Edits) != 3 || meanOf(f, 1) != (scenarios.Point{X: 6, Y: 1}) {
		t.Errorf("redone the edits are %v", f.Edits)
	}
	if d.Redo(); !strings.Contains(frameOf(d).Note.Text, "nothing to redo") {
		t.Error("there is still something to redo")
	}
}

// What cannot be done again is kept, and said.
func TestARedoThatFailsIsNotCalledDone(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	far := scenarios.Point{X: 8, Y: 8}
	d.Edit(scenarios.Edit{Verb: scenarios.Pour, At: far, By: 0.1, Count: 40})
	d.Edit(scenarios.Edit{Verb: scenarios.Drain, At: far, By: 1})
	d.Undo()
	for k, p := range d.undone {
		p.By = 1e6
		d.undone[k] = p
	}
	d.Redo()
	if f := frameOf(d); !strings.Contains(f.Note.Text, "particles would be left") || len(f.Edits) != 1 || len(d.undone) != 1 {
		t.Errorf("the note is %q, the edits %v", f.Note.Text, f.Edits)
	}
}

// A gesture is one edit, made of its last place, and time stands still meanwhile.
func TestADragIsOneEdit(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	path(d, 3)
	for i := range 10 {
		d.Drag(moved(2, float64(i)/10, 5))
		d.Advance()
	}
	f := frameOf(d)
	if f.Report.Step != 3 || len(f.Edits) != 1 || meanOf(f, 2) != (scenarios.Point{X: 0.9, Y: 5}) {
		t.Errorf("at step %d the edits are %v", f.Report.Step, f.Edits)
	}
	d.Drop()
	d.Drag(moved(2, 2, 2))
	d.Drop()
	if d.Advance(); len(frameOf(d).Edits) != 2 || frameOf(d).Report.Step != 4 {
		t.Errorf("a second gesture gives the edits %v at step %d", frameOf(d).Edits, frameOf(d).Report.Step)
	}
	d.Undo()
	if got := meanOf(frameOf(d), 2); got != (scenarios.Point{X: 0.9, Y: 5}) {
		t.Errorf("undone mode 2 is at %v", got)
	}
}

func TestNudgesAtOneStepAreOneEdit(t *testing.T) {
	d := newDriver(t, "uneven-ring")
	for range 4 {
		d.Nudge(scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 2})
	}
	if f := frameOf(d); len(f.Edits) != 1 || f.Edits[0].By != 16 {
		t.Errorf("four nudges are %v", f.Edits)
	}
	d.Advance()
	d.Nudge(scenarios.Edit{Verb: scenarios.Weigh, Mode: 2, By: 2})
	if f := frameOf(d); len(f.Edits) != 2 {
		t.Errorf("a nudge at another step is one of %v", f.Edits)
	}
}

// Time runs both ways over edits, and played again from its command line a flow with
// edits has the same bits.
func TestEditsAreOnTheTapeAndInTheCommand(t *testing.T) {
	d := newDriver(t, "three-modes")
	path(d, 3)
	d.Edit(moved(1, 2, -2))
	path(d, 3)
	d.Edit(scenarios.Edit{Verb: scenarios.Drain, At: scenarios.Point{X: 2, Y: -1.5}, By: 0.6})
	d.Choose("forward-kl")
	path(d, 3)
	d.Undo()
	d.Edit(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{X: -2, Y: 2}, By: 0.3, Count: 30})
	was := path(d, 3)
	command := frameOf(d).Command
	want := "undercurrent --scenario three-modes --divergence reverse-kl --particles 500 --edit 3=move:1:2:-2 " +
		"--edit 6=drain:2:-1.5:0.6 --switch 6=forward-kl --edit 9=undo --edit 9=pour:-2:2:0.3:30 --at 12"
	if command != want {
		t.Errorf("the command is\n%s, expected\n%s", command, want)
	}
	for range 11 {
		d.Back()
	}
	if f := frameOf(d); f.Report.Step != 1 || len(f.Edits) != 0 || f.Settings.Particles != 500 || meanOf(f, 1) == (scenarios.Point{X: 2, Y: -2}) {
		t.Fatalf("at step %d there are the edits %v", f.Report.Step, f.Edits)
	}
	d.TogglePause()
	path(d, 8)
	if again := path(d, 3); !reflect.DeepEqual(again, was) {
		t.Error("played again the steps are others")
	}

	other := newDriver(t, "three-modes")
	edit := func(step int, text string) Switch {
		e, err := ParseHandEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		return Switch{Step: step, Hand: &e}
	}
	rule, err := ParseRule("forward-kl")
	if err != nil {
		t.Fatal(err)
	}
	rule.Bandwidth = other.flow.Settings().Bandwidth
	err = other.Play([]Switch{edit(3, "move:1:2:-2"), edit(6, "drain:2:-1.5:0.6"), {Step: 6, Rule: rule}, edit(9, "undo"), edit(9, "pour:-2:2:0.3:30")}, 12)
	if err != nil {
		t.Fatal(err)
	}
	if f := frameOf(other); !reflect.DeepEqual(f.Particles, was[2]) || f.Command != command {
		t.Errorf("played by its command the flow is another; its command is\n%s", f.Command)
	}
}

func TestARestartKeepsTheTargetAndNotTheCloud(t *testing.T) {
	d := newDriver(t, "three-modes")
	d.Edit(moved(1, 2, -2))
	d.Edit(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{}, By: 1, Count: 10})
	path(d, 2)
	d.Restart()
	f := frameOf(d)
	if f.Settings.Particles != 500 || len(f.Edits) != 1 || meanOf(f, 1) != (scenarios.Point{X: 2, Y: -2}) {
		t.Errorf("after a restart there are %d particles and the edits %v", f.Settings.Particles, f.Edits)
	}
	if !strings.Contains(f.Command, "--edit 0=move:1:2:-2") {
		t.Errorf("the command is %s", f.Command)
	}
	d.SetParticles(700)
	if f := frameOf(d); f.Settings.Particles != 700 || len(f.Edits) != 1 {
		t.Errorf("with more particles the edits are %v", f.Edits)
	}
	d.Open("grid9")
	if f := frameOf(d); len(f.Edits) != 0 || f.Scenario.ID != "grid9" {
		t.Errorf("on %s the edits are %v", f.Scenario.ID, f.Edits)
	}
}

// Every flow of a comparison has the target, and one that is added later too.
func TestEditsAreOfAllFlows(t *testing.T) {
	d := newDriver(t, "three-modes")
	d.Edit(moved(1, 2, -2))
	d.Compare()
	d.Edit(scenarios.Edit{Verb: scenarios.Pour, At: scenarios.Point{}, By: 1, Count: 10})
	path(d, 1)
	d.Edit(moved(2, -2, -2))
	for _, l := range d.lanes {
		if n := len(l.hand.edits); n != 3 || l.flow.Settings().Particles != 510 {
			t.Errorf("%s has %d edits and %d particles", l.choice.ID, n, l.flow.Settings().Particles)
		}
	}
	d.Undo()
	d.Undo()
	path(d, 1)
	for _, l := range d.lanes {
		if l.flow.Settings().Particles != 500 {
			t.Errorf("%s keeps %d particles", l.choice.ID, l.flow.Settings().Particles)
		}
	}
	d.Focus(1)
	if c := frameOf(d).Command; c != "undercurrent --scenario three-modes --divergence forward-kl --particles 500 --edit 0=move:1:2:-2 --edit 0=pour:0:0:1:10 --edit 1=undo --at 2" {
		t.Errorf("the command of another flow is\n%s", c)
	}
}

func TestEditsThatCannotBeMadeLeaveAMessage(t *testing.T) {
	d := newDriver(t, "banana")
	d.Edit(moved(1, 0, 0))
	if f := frameOf(d); !strings.Contains(f.Note.Text, "not a mixture") || len(f.Edits) != 0 {
		t.Errorf("the note is %q", f.Note.Text)
	}
}

// Power laws ignore Z: under unit effort the particles take the same path.
func TestAMistakenZMovesOnlyThoseThatNeedIt(t *testing.T) {
	for id, needs := range map[string]bool{"reverse-kl": false, "pearson": false, "lv": false, "jeffreys": true, "jensen-shannon": true} {
		a, b := newDriver(t, "three-modes"), newDriver(t, "three-modes")
		a.Choose(id)
		b.Choose(id)
		b.SetZFactor(8)
		said := frameOf(b).Note.Text
		p, q := path(a, 5)[4], path(b, 5)[4]
		far := 0.0
		for i := range p {
			far = max(far, (p[i].X-q[i].X)*(p[i].X-q[i].X)+(p[i].Y-q[i].Y)*(p[i].Y-q[i].Y))
		}
		if (far > 1e-12) != needs {
			t.Errorf("%s with Z eight times too large takes paths %g apart", id, far)
		}
		if strings.Contains(said, "ignores Z") == needs || strings.Contains(said, "needs Z") != needs {
			t.Errorf("of %s it is said: %s", id, said)
		}
	}
}
