package session

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// back goes to an earlier step without a Runner.
func back(t *testing.T, d *Session, step int) {
	t.Helper()
	d.Clock.Seek(step)
	if f := frameOf(d); f.Now != step {
		t.Fatalf("the flow is at step %d, expected %d", f.Now, step)
	}
}

// What a flow had done before it was changed at an earlier step can be compared with: it has the particles
// that it had, and goes on as it would have.
func TestTheCourseBeforeAChangeIsKept(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(d *Session){
		"divergence": func(d *Session) { d.Motion.Choose("forward-kl") },
		"bandwidth":  func(d *Session) { d.Motion.SetBandwidth(0.5) },
		"edit": func(d *Session) {
			d.Edits.Apply(scenarios.Edit{Verb: scenarios.Move, Mode: 1, At: scenarios.Point{X: 1, Y: 1}})
		},
	} {
		d, alone := newSession(t, "three-modes"), newSession(t, "three-modes")
		path(d, 4)
		d.Motion.Choose("pearson")
		path(d, 6)
		path(alone, 4)
		alone.Motion.Choose("pearson")
		path(alone, 4)
		at8 := frameOf(alone)
		path(alone, 4)
		at12 := frameOf(alone)

		back(t, d, 5)
		change(d)
		note := frameOf(d).Note
		if !strings.Contains(note.Text, "steps 5 to 10 under pearson") || note.Alert {
			t.Errorf("%s: the note is %q", name, note.Text)
		}
		d.Clock.TogglePause()
		path(d, 3)
		before := frameOf(d)
		d.Comparison.Before()
		f := frameOf(d)
		if len(f.Runs) != 2 || f.Runs[1].Label != "before: pearson" || !reflect.DeepEqual(f.Particles, before.Particles) {
			t.Fatalf("%s: the flows are %v, the note %q", name, labels(f), f.Note.Text)
		}
		if f.Runs[1].Report.Step != 8 || !reflect.DeepEqual(f.Runs[1].Particles, at8.Particles) {
			t.Errorf("%s: the kept course has other particles at step %d", name, f.Runs[1].Report.Step)
		}
		if past := f.Runs[1].Past; len(past) < 8 || past[0].Step != 0 || past[6].TV == 0 {
			t.Errorf("%s: it comes with %d samples", name, len(past))
		}
		path(d, 4)
		if f = frameOf(d); !reflect.DeepEqual(f.Runs[1].Particles, at12.Particles) {
			t.Errorf("%s: it goes on another way", name)
		}
	}
}

// A change at the last step loses nothing, and keeps nothing; what is kept is said once.
func TestNothingIsKeptWhereNothingIsLost(t *testing.T) {
	t.Parallel()
	d := newSession(t, "three-modes")
	path(d, 3)
	d.Motion.Choose("forward-kl")
	if note := frameOf(d).Note.Text; strings.Contains(note, "kept") {
		t.Errorf("the note is %q", note)
	}
	d.Comparison.Before()
	if f := frameOf(d); len(f.Runs) != 0 || !strings.Contains(f.Note.Text, "no earlier course") {
		t.Errorf("the flows are %v, the note %q", labels(f), f.Note.Text)
	}
	back(t, d, 1)
	d.Motion.Choose("neyman")
	d.Motion.Choose("pearson")
	if note := frameOf(d).Note.Text; strings.Contains(note, "kept") {
		t.Errorf("the second note is %q", note)
	}
	d.Scene.SetSeed(9)
	d.Comparison.Before()
	if f := frameOf(d); len(f.Runs) != 0 {
		t.Errorf("after another seed the flows are %v", labels(f))
	}
}

func TestTheEndsOfTheHistory(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 6)
	d.Clock.First()
	if f := frameOf(d); f.Now != 0 || f.Last != 6 || !f.Paused {
		t.Errorf("the beginning is step %d of %d", f.Now, f.Last)
	}
	d.Clock.Last()
	if f := frameOf(d); f.Now != 6 {
		t.Errorf("the end is step %d", f.Now)
	}
}

// A session that begins at a later step has samples of the steps before.
func TestAPlayedFlowComesWithItsPast(t *testing.T) {
	t.Parallel()
	d, watched := newSession(t, "three-modes"), newSession(t, "three-modes")
	if err := d.Play(nil, 20); err != nil {
		t.Fatal(err)
	}
	for _, s := range frameOf(d).Past {
		f := frameOf(watched)
		if s.Step != f.Now || s.TV != f.Report.TV || s.Coverage != f.Report.UnderCoverage || s.MassRatio[0] != f.Report.Regions[0].MassRatio() {
			t.Fatalf("the sample %+v is not that of step %d", s, f.Now)
		}
		watched.Advance()
	}
	if n := len(frameOf(d).Past); n != 21 {
		t.Errorf("there are %d samples, expected 21", n)
	}
}

// A report has the values of divergences that do not drive the flow: those that they have when they do.
func TestTheObjectiveOfAnotherDivergenceIsKnownBefore(t *testing.T) {
	t.Parallel()
	d := newSession(t, "three-modes")
	path(d, 5)
	for _, id := range []string{"pearson", "forward-kl", "le-cam"} {
		before := SampleOf(frameOf(d).Report, "", sim.Motion{})
		d.Motion.Choose(id)
		now := frameOf(d).Report.Active
		if got := before.Objective(id); !(now > 0) || math.Abs(got-now) > 1e-6*now {
			t.Errorf("%s is %g before it drives the flow, and %g then", id, got, now)
		}
	}
	if got := SampleOf(frameOf(d).Report, "", sim.Motion{}).Objective("lv"); !math.IsNaN(got) {
		t.Errorf("the Log-Variance divergence is %g, expected no value", got)
	}
}
