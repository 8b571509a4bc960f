package session

import (
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/target"
)

// smallSetup is a flow of few particles, and a second one with flows.
func smallSetup(t *testing.T, motions ...string) Setup {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	s.Particles, s.Bandwidth = 200, 0.5
	to := Setup{Scenario: s, Seed: 7}
	for _, text := range motions {
		m, err := sim.ParseMotion(divergences.Standard(), text, nil)
		if err != nil {
			t.Fatal(err)
		}
		to.Motions = append(to.Motions, m)
	}
	return to
}

// released advances until a release has ended, and counts the frames.
func released(t *testing.T, s *Session) (frames int) {
	t.Helper()
	for ; s.Clock.Releasing(); frames++ {
		if frames > 1000 {
			t.Fatal("the release does not end")
		}
		s.Advance()
		frameOf(s)
	}
	return frames
}

// Whatever was done before, a setup gives the bits of a session that begins with it.
func TestASetupForgetsWhatWasBefore(t *testing.T) {
	fresh := newSession(t, "grid9")
	fresh.Scene.SetUp(smallSetup(t, "reverse-kl", "ula"))
	used := newSession(t, "uneven-ring")
	used.Show(Shown{Response: true})
	used.Training.Inline(1)
	used.Advance()
	used.Coverage.SetFunctional("deficit")
	used.Comparison.Start()
	used.Regions.Choose(2)
	used.Motion.SetZFactor(4)
	used.Motion.SetBirthDeath(1)
	used.Training.Toggle()
	used.Clock.Release(10, 10)
	used.Clock.SetSpeed(4)
	used.Scene.SetUp(smallSetup(t, "reverse-kl", "ula"))
	if f := frameOf(used); f.Pace != (Pace{1, 1}) || used.Clock.pace != (Pace{1, 1}) || f.Now != 0 || f.Releasing {
		t.Errorf("pace %v, step %d, releasing %v", f.Pace, f.Now, f.Releasing)
	}
	for _, s := range []*Session{fresh, used} {
		s.Show(Shown{Response: true, Effort: true})
		s.Clock.Release(12, 4)
		released(t, s)
	}
	a, b := frameOf(fresh), frameOf(used)
	if len(b.Runs) != 2 || b.Training != nil || b.Detail != nil || b.Functional.ID != "under-coverage" || b.Pace != a.Pace || b.Settings.Seed != 7 {
		t.Errorf("left over: %d flows, training %v, region %v, %s, pace %v for %v, seed %d", len(b.Runs), b.Training, b.Chosen(), b.Functional.ID, b.Pace, a.Pace, b.Settings.Seed)
	}
	for k := range a.Runs {
		if !slices.Equal(a.Runs[k].Particles, b.Runs[k].Particles) || a.Runs[k].Report.TV != b.Runs[k].Report.TV {
			t.Errorf("flow %d differs: TV %v and %v", k, a.Runs[k].Report.TV, b.Runs[k].Report.TV)
		}
	}
	if a.Report.UnderCoverageChange != b.Report.UnderCoverageChange || !(a.Report.UnderCoverageChange.Measured < 0) {
		t.Errorf("the changes are %+v and %+v", a.Report.UnderCoverageChange, b.Report.UnderCoverageChange)
	}
}

func TestASetupTakesTheSmoothing(t *testing.T) {
	s := newSession(t, "uneven-ring")
	to := smallSetup(t, "reverse-kl")
	to.Smoothing = target.Sharp
	s.Scene.SetUp(to)
	if f := frameOf(s); f.Settings.Smoothing != target.Sharp || f.Note.Alert || !f.Paused {
		t.Errorf("smoothing %v, paused %v, %q", f.Settings.Smoothing, f.Paused, f.Note.Text)
	}
}

// A setup that cannot be is said to be wrong, and the flow stays.
func TestAWrongSetupIsRefused(t *testing.T) {
	s := newSession(t, "uneven-ring")
	to := smallSetup(t, "reverse-kl")
	to.Scenario.Bandwidth = 1e-9
	s.Scene.SetUp(to)
	if f := frameOf(s); !f.Note.Alert || f.Scenario.ID != "uneven-ring" {
		t.Errorf("%s under %q", f.Scenario.ID, f.Note.Text)
	}
}

// A release takes its steps, no more, within its frames, and its report is that of the last one.
func TestAReleaseEndsAtItsStep(t *testing.T) {
	for _, c := range []struct{ steps, frames, least int }{{1, 60, 1}, {7, 60, 40}, {60, 60, 60}, {61, 60, 31}, {300, 60, 60}} {
		s := newSession(t, "uneven-ring")
		s.ReportEvery(3)
		s.Scene.SetUp(smallSetup(t, "reverse-kl"))
		s.Show(Shown{Response: true})
		s.Clock.Release(c.steps, c.frames)
		n := released(t, s)
		f := frameOf(s)
		if f.Now != c.steps || f.Report.Step != c.steps || f.Report.Ahead || !f.Paused || f.Releasing {
			t.Errorf("%+v: step %d, report of %d, ahead %v, paused %v, releasing %v", c, f.Now, f.Report.Step, f.Report.Ahead, f.Paused, f.Releasing)
		}
		if n > c.frames || n < c.least {
			t.Errorf("%+v: %d frames", c, n)
		}
	}
}

// A pause, a restart and another speed on the way change nothing of its end.
func TestAReleaseOutlivesAPause(t *testing.T) {
	s := newSession(t, "uneven-ring")
	s.Scene.SetUp(smallSetup(t, "reverse-kl"))
	s.Clock.Release(20, 20)
	for range 5 {
		s.Advance()
	}
	s.Clock.TogglePause()
	for range 5 {
		s.Advance()
	}
	if f := frameOf(s); f.Now != 5 || !f.Releasing {
		t.Fatalf("paused at %d, releasing %v", f.Now, f.Releasing)
	}
	s.Clock.SetSpeed(4)
	s.Clock.TogglePause()
	if n := released(t, s); n > 5 || frameOf(s).Now != 20 {
		t.Errorf("after %d frames at step %d", n, frameOf(s).Now)
	}
	s.Clock.Release(30, 30)
	s.Clock.Hold()
	for range 40 {
		s.Advance()
	}
	if f := frameOf(s); f.Now != 60 || f.Paused || f.Releasing {
		t.Errorf("held at step %d, paused %v", f.Now, f.Paused)
	}
}

// A release waits for a sampler in training, while the particles stand still.
func TestAReleaseWaitsForASampler(t *testing.T) {
	s := newSession(t, "uneven-ring")
	s.Training.Inline(1)
	s.Scene.SetUp(smallSetup(t, "reverse-kl"))
	s.Training.Start(3)
	s.Clock.Release(0, 60)
	released(t, s)
	if f := frameOf(s); f.Now != 0 || !f.Paused || f.Training == nil || f.Training.Final == nil || f.Training.Progress.Iteration != 3 {
		t.Errorf("step %d, paused %v, training %+v", f.Now, f.Paused, f.Training)
	}
	if s.Training.iterations != 0 {
		t.Errorf("the next training has %d iterations, expected the usual number", s.Training.iterations)
	}
}

// The end of a release is news, without a step too: somebody waits for it.
func TestTheEndOfAReleaseIsNews(t *testing.T) {
	s := newSession(t, "uneven-ring")
	s.Scene.SetUp(smallSetup(t, "reverse-kl"))
	s.Clock.Release(0, 60)
	if !s.Advance() || s.Clock.Releasing() || s.Advance() {
		t.Errorf("the end is no news, or the next frame is")
	}
}

// Steps that are skipped are those of a release.
func TestSkippedStepsAreTheSame(t *testing.T) {
	var ends [][]float64
	for _, skipped := range []bool{true, false} {
		s := newSession(t, "uneven-ring")
		s.Scene.SetUp(smallSetup(t, "reverse-kl+birth-death"))
		if skipped {
			s.Clock.Skip(25)
		} else {
			s.Clock.Release(25, 10)
			released(t, s)
		}
		f := frameOf(s)
		if f.Now != 25 || !f.Paused {
			t.Fatalf("step %d, paused %v", f.Now, f.Paused)
		}
		end := []float64{f.Report.TV}
		for _, p := range f.Particles {
			end = append(end, p.X, p.Y)
		}
		ends = append(ends, end)
	}
	if !slices.Equal(ends[0], ends[1]) {
		t.Error("the particles differ")
	}
}
