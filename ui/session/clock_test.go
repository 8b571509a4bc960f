package session

import (
	"reflect"
	"testing"

	"undercurrent/scenarios"
)

// path is the particles at every step of n frames.
func path(d *Session, n int) [][]scenarios.Point {
	var list [][]scenarios.Point
	for range n {
		d.Advance()
		list = append(list, append([]scenarios.Point(nil), frameOf(d).Particles...))
	}
	return list
}

func TestTimeRunsBothWays(t *testing.T) {
	d := newSession(t, "three-modes")
	was := path(d, 12)
	for step := 11; step >= 1; step-- {
		d.Clock.Back(1)
		f := frameOf(d)
		if !f.Paused || f.Report.Step != step || !reflect.DeepEqual(f.Particles, was[step-1]) {
			t.Fatalf("a step back leads to step %d of other bits, expected %d", f.Report.Step, step)
		}
		if f.First != 0 || f.Last != 12 {
			t.Fatalf("the history goes from %d to %d, expected 0 to 12", f.First, f.Last)
		}
	}
	d.Clock.TogglePause()
	if again := path(d, 11); !reflect.DeepEqual(again, was[1:]) {
		t.Error("played again the steps are others")
	}
}

func TestScrubbingReachesBothEnds(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 50)
	for range scrubs + 5 {
		d.Clock.Scrub(-1)
	}
	if f := frameOf(d); f.Report.Step != 0 {
		t.Errorf("rewound to step %d, expected 0", f.Report.Step)
	}
	for range scrubs + 5 {
		d.Clock.Scrub(1)
	}
	if f := frameOf(d); f.Report.Step != 50 {
		t.Errorf("forward to step %d, expected 50", f.Report.Step)
	}
}

// Rewound and switched, the flow is one that had switched there to begin with.
func TestASwitchInThePastBranches(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 20)
	for range 10 {
		d.Clock.Back(1)
	}
	d.Motion.Choose("pearson")
	if f := frameOf(d); f.Last != 10 {
		t.Errorf("after a switch at step 10 the history goes on to %d", f.Last)
	}
	d.Clock.TogglePause()
	branch := path(d, 6)
	other := newSession(t, "three-modes")
	path(other, 10)
	other.Motion.Choose("pearson")
	if !reflect.DeepEqual(path(other, 6), branch) {
		t.Error("the branch differs from a flow that switched at step 10")
	}
}

// A history with a switch is replayed with the switch, back and forward.
func TestASwitchIsReplayed(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 5)
	d.Motion.Choose("neyman")
	d.Motion.ScaleBandwidth(1)
	was := path(d, 5)
	for range 8 {
		d.Clock.Back(1)
	}
	f := frameOf(d)
	if f.Info.ID != "reverse-kl" || f.Report.Step != 2 || f.Settings.Bandwidth != 0.25 {
		t.Fatalf("before the switch it is %s with h %g at step %d", f.Info.ID, f.Settings.Bandwidth, f.Report.Step)
	}
	d.Clock.TogglePause()
	path(d, 3)
	if again := path(d, 5); !reflect.DeepEqual(again, was) || frameOf(d).Info.ID != "neyman" {
		t.Error("after the switch the steps are others")
	}
}

// The memory is bounded, the first moment stays, and every step can still be reached
// with its own bits.
func TestTheHistoryIsBoundedAndExact(t *testing.T) {
	d := newSession(t, "three-modes")
	const n = 500 // particles of the test's session
	d.SetHistoryLimit(20 * n * 16)
	was := path(d, 150)
	for _, step := range []int{149, 97, 33, 1} {
		d.Clock.Seek(step)
		if f := frameOf(d); f.Report.Step != step || !reflect.DeepEqual(f.Particles, was[step-1]) {
			t.Errorf("step %d is %d with other bits", step, f.Report.Step)
		}
	}
}

func TestAllFlowsOfAComparisonGoBackTogether(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 4)
	d.Comparison.Here()
	path(d, 6)
	want := frameOf(d).Runs[2].Report.Step
	for range 3 {
		d.Clock.Back(1)
	}
	for _, l := range frameOf(d).Runs {
		if l.Report.Step != want-3 {
			t.Errorf("%s is at step %d, expected %d", l.Label, l.Report.Step, want-3)
		}
	}
	for range 9 {
		d.Clock.Back(1)
	}
	f := frameOf(d)
	if f.Report.Step != 0 {
		t.Errorf("the comparison goes back to step %d, expected 0: before it began all were one flow", f.Report.Step)
	}
	for _, l := range f.Runs {
		if l.Label != "reverse-kl" {
			t.Errorf("before the comparison began a flow is driven by %s", l.Label)
		}
	}
}

func TestRestartsBeginANewHistory(t *testing.T) {
	d := newSession(t, "three-modes")
	path(d, 5)
	d.Scene.Restart()
	if f := frameOf(d); f.First != 0 || f.Last != 0 {
		t.Errorf("after a restart the history goes from %d to %d", f.First, f.Last)
	}
	d.Clock.Back(1)
	if f := frameOf(d); f.Report.Step != 0 || f.Note.Text == "" {
		t.Errorf("before the start there is step %d", f.Report.Step)
	}
}

// Steps that are computed again take many frames with a Runner, which carries out what comes meanwhile:
// another step is gone to instead, and a change is made where the flow is.
func TestALongSeekGivesWay(t *testing.T) {
	s := newSession(t, "three-modes")
	s.schedule.later = func(_ int, work func() func(*Session)) { work()(s) }
	// Room for two checkpoints alone.
	s.SetHistoryLimit(1)
	path(s, 40)
	now := func() int { return s.flow().Progress().Step }
	s.Clock.Seek(39)
	s.Clock.seeking, s.Clock.target = true, 39 // as if it took longer than a frame
	s.focus.own.BeginSeek(39)
	s.Clock.Back(4)
	if to := s.Clock.at(); to != 35 {
		t.Errorf("back from 39 by 4 leads to %d", to)
	}
	for s.Clock.seeking {
		s.Advance()
	}
	if now() != 35 {
		t.Errorf("reached is step %d, expected 35", now())
	}
	other := newSession(t, "three-modes")
	path(other, 35)
	if !reflect.DeepEqual(frameOf(s).Particles, frameOf(other).Particles) {
		t.Error("step 35 has other bits than without a seek")
	}
	s.Clock.seeking, s.Clock.target = true, 39
	s.Motion.Choose("pearson")
	if at := now(); s.Clock.seeking || at != 35 {
		t.Errorf("after a change it goes on from step %d", at)
	}
}

// Many steps a frame give way to a command that waits; the frame then has fewer of them, of the same
// path.
func TestManyStepsAFrameGiveWay(t *testing.T) {
	s := newSession(t, "three-modes")
	s.Clock.SetSpeed(64)
	asked := 0
	s.schedule.overdue = func() bool { asked++; return asked > 10 }
	s.Advance()
	if at := s.flow().Progress().Step; at != 11 {
		t.Errorf("a frame that is late after 10 steps takes %d, expected 11", at)
	}
	f := frameOf(s)
	if f.Report.Step != 11 {
		t.Errorf("the report is of step %d, expected 11", f.Report.Step)
	}
	one := newSession(t, "three-modes")
	if path(one, 11); !reflect.DeepEqual(frameOf(one).Particles, f.Particles) {
		t.Error("the steps are others than one by one")
	}
}
