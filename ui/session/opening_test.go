package session

import (
	"strings"
	"testing"

	"undercurrent/scenarios/catalogue"
)

// stepsOf are the steps that a session has taken after each of a number of frames.
func stepsOf(s *Session, frames int) (steps []int) {
	for range frames {
		s.Advance()
		steps = append(steps, s.flow().Progress().Step)
	}
	return steps
}

func TestAFlowBeginsSlowly(t *testing.T) {
	s := newSession(t, "three-modes")
	s.Clock.Opening(10, 16)
	if !s.Advance() || s.Advance() {
		t.Error("what to watch for is not shown at once, or a frame without news is one")
	}
	steps := append([]int{0, 0}, stepsOf(s, 8+3*16+4)...)
	for frame, step := range map[int]int{9: 0, 10 + 16 - 1: 2, 10 + 32 - 1: 2 + 4, 10 + 48 - 1: 2 + 4 + 8, 10 + 48 + 3: 2 + 4 + 8 + 4} {
		if steps[frame] != step {
			t.Errorf("after %d frames it is at step %d, expected %d", frame+1, steps[frame], step)
		}
	}
	if story := s.flow().Scenario().Story; !strings.Contains(s.note.Text, story) {
		t.Errorf("the note is %q, expected to hear %q", s.note.Text, story)
	}
	s.Scene.Restart()
	if again := stepsOf(s, 12); again[9] != 0 {
		t.Errorf("after a restart it is at step %d after ten frames", again[9])
	}
}

// Keys of the clock take over from the opening.
func TestKeysEndTheOpening(t *testing.T) {
	for name, c := range map[string]struct {
		press func(*Session)
		want  int // steps after 8 frames more
	}{
		"pause and go on": {func(s *Session) { s.Clock.TogglePause(); s.Clock.TogglePause() }, 1},
		"faster":          {func(s *Session) { s.Clock.Faster(true) }, 16},
		"slower":          {func(s *Session) { s.Clock.Faster(false) }, 4},
		"a speed":         {func(s *Session) { s.Clock.SetSpeed(3) }, 24},
		"a single step":   {func(s *Session) { s.Clock.SingleStep() }, 1},
		"nothing":         {func(*Session) {}, 0},
	} {
		s := newSession(t, "three-modes")
		s.Clock.Opening(20, 16)
		stepsOf(s, 3)
		c.press(s)
		if got := stepsOf(s, 8)[7]; got != c.want {
			t.Errorf("%s: %d steps, expected %d", name, got, c.want)
		}
	}
}

func TestAnOpeningIsNeverFasterThanThePace(t *testing.T) {
	s := newSession(t, "three-modes")
	s.Clock.SetSpeed(1. / 16)
	s.Clock.Opening(2, 16)
	if got := stepsOf(s, 2+3*16); got[len(got)-1] != 3 {
		t.Errorf("at a step every 16 frames there are %d after 48", got[len(got)-1])
	}
}

func TestAnotherScenarioBeginsSlowlyToo(t *testing.T) {
	s := newSession(t, "three-modes")
	s.Clock.Opening(3, 16)
	stepsOf(s, 80)
	other, err := catalogue.Named("banana")
	if err != nil {
		t.Fatal(err)
	}
	s.Scene.OpenScenario(other)
	if got := stepsOf(s, 3); got[2] != 0 || !strings.Contains(s.note.Text, "banana: ") {
		t.Errorf("of another scenario there are %d steps after three frames, and the note is %q", got[2], s.note.Text)
	}
}

func TestPacesAreHalvedAndDoubled(t *testing.T) {
	s := newSession(t, "three-modes")
	for _, want := range []string{"×1/2", "×1/4", "×1/8", "×1/16", "×1/32", "×1/64", "×1/64"} {
		s.Clock.Faster(false)
		if got := s.Clock.pace.String(); got != want {
			t.Errorf("the pace is %s, expected %s", got, want)
		}
	}
	for range 13 {
		s.Clock.Faster(true)
	}
	if got := s.Clock.pace; got != (Pace{64, 1}) {
		t.Errorf("the fastest pace is %v", got)
	}
	for steps, want := range map[float64]Pace{0.25: {1, 4}, 0.3: {1, 3}, 1: {1, 1}, 7: {7, 1}, 1e9: {64, 1}, 1e-9: {1, 64}} {
		if s.Clock.SetSpeed(steps); s.Clock.pace != want {
			t.Errorf("the pace of %g steps is %v, expected %v", steps, s.Clock.pace, want)
		}
	}
	if s.Clock.SetSpeed(-1); s.Clock.pace.perFrame() <= 0 || !strings.Contains(s.note.Text, "expected a number above 0") {
		t.Errorf("a speed of -1 leads to %v and %q", s.Clock.pace, s.note.Text)
	}
}
