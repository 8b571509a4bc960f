package session

import (
	"strings"
	"testing"

	"undercurrent/scenarios"
)

// untilRest takes steps until the flow in focus is at rest.
func untilRest(t *testing.T, s *Session, most int) *Frame {
	t.Helper()
	for range most {
		s.Advance()
		if f := frameOf(s); f.Rest != nil {
			return f
		}
	}
	t.Fatalf("after %d steps the flow is not at rest: TV %g", most, s.focus.report.TV)
	return nil
}

func TestTheEndIsRecognised(t *testing.T) {
	s := newSession(t, "three-modes")
	s.Motion.ScaleBandwidth(4) // on a coarse grid
	f := untilRest(t, s, 3000)
	if !f.Rest.Reached() || !strings.HasPrefix(f.Note.Text, "reached: TV 0.0") || !strings.Contains(f.Note.Text, "of exact samples") {
		t.Errorf("at step %d the rest is %+v, the note %q", f.Report.Step, *f.Rest, f.Note.Text)
	}
	if f.Report.Step < restSteps || f.Rest.Exact.Draws != exactDraws || !(f.Rest.Exact.Mean > 0) {
		t.Errorf("at step %d it rests: %+v", f.Report.Step, *f.Rest)
	}
	s.Motion.ScaleBandwidth(1)
	if s.Advance(); frameOf(s).Rest != nil {
		t.Error("under another bandwidth it is at rest at once")
	}
	s.Motion.ScaleBandwidth(-1)
	untilRest(t, s, 3000)
	if s.Clock.Back(3); frameOf(s).Rest != nil {
		t.Error("steps before its rest a flow is at rest")
	}
}

// Islands stand still far from the target, and that is what is said.
func TestIslandsAreAtRestAndNotReached(t *testing.T) {
	s := newSession(t, "grid9")
	f := untilRest(t, s, 3000)
	if f.Rest.Reached() || !strings.HasPrefix(f.Note.Text, "at rest: TV 0.") || !strings.Contains(f.Note.Text, "U adds birth–death") {
		t.Errorf("at step %d the rest is %+v, the note %q", f.Report.Step, *f.Rest, f.Note.Text)
	}
}

func TestAFlowThatMovesIsNotAtRest(t *testing.T) {
	s := newSession(t, "uneven-ring")
	for range 2 * restSteps {
		if s.Advance(); frameOf(s).Rest != nil {
			t.Fatalf("it is at rest at step %d", s.focus.report.Step)
		}
	}
}

// Where there is no exact sampler, no exact samples are spoken of; other particles are not at rest yet.
func TestARestSaysWhatItIsComparedWith(t *testing.T) {
	r := Rest{TV: 0.1, Tabulated: true}
	if text := r.sentence(); !strings.Contains(text, "samples of the tabulated density") || strings.Contains(text, "exact") {
		t.Errorf("the sentence is %q", text)
	}
	s := newSession(t, "three-modes")
	s.Motion.ScaleBandwidth(4) // on a coarse grid
	untilRest(t, s, 3000)
	s.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, By: 0.1, Count: 40})
	if frameOf(s).Rest != nil {
		t.Error("another number of particles is at rest at once")
	}
}
