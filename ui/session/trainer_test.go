package session

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"undercurrent/sim"
	"undercurrent/sim/sampler"
)

// withSampler is a session that trains one iteration per frame.
func withSampler(t *testing.T, scenario string) *Session {
	t.Helper()
	d := newSession(t, scenario)
	d.Training.Inline(1)
	d.Training.Toggle()
	return d
}

func TestASamplerIsTrainedNextToTheFlow(t *testing.T) {
	d := withSampler(t, "uneven-ring")
	first := frameOf(d).Training
	for range 12 {
		d.Advance()
	}
	f := frameOf(d)
	p := f.Training
	if p.Progress.Iteration != 12 || f.Report.Step != 12 {
		t.Fatalf("after 12 frames the sampler is at iteration %d, the flow at step %d", p.Progress.Iteration, f.Report.Step)
	}
	if !(p.TV < first.TV) || first.Progress.Iteration != 0 {
		t.Errorf("TV went from %g at iteration %d to %g", first.TV, first.Progress.Iteration, p.TV)
	}
	if len(p.Regions) != len(f.Report.Regions) {
		t.Errorf("the sampler has %d regions, the flow %d", len(p.Regions), len(f.Report.Regions))
	}
	for k, r := range p.Regions {
		if r.Region != f.Report.Regions[k].Region {
			t.Errorf("region %d of the sampler is %+v, of the flow %+v", k, r.Region, f.Report.Regions[k].Region)
		}
	}
	if len(p.Past) == 0 || p.Past[len(p.Past)-1].Iteration != 12 {
		t.Errorf("the past is %v", p.Past)
	}
}

// What one sees and when does not reach the training.
func TestSnapshotsDoNotTouchTheTraining(t *testing.T) {
	train := func(looks bool) *TrainingSnapshot {
		d := newSession(t, "three-modes")
		s, err := newTrainer(d.flow().Scenario(), d.flow().Settings(), sampler.Generator)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			s.train()
			if looks {
				s.snapshot(time.Now())
			}
		}
		return s.snapshot(time.Time{})
	}
	watched, alone := train(true), train(false)
	if !reflect.DeepEqual(watched.Samples, alone.Samples) || !reflect.DeepEqual(watched.Warp, alone.Warp) || watched.TV != alone.TV {
		t.Error("a sampler that is watched becomes another")
	}
}

func TestTheDivergenceIsChangedMidTraining(t *testing.T) {
	d := withSampler(t, "three-modes")
	d.Advance()
	before := frameOf(d).Training.Samples
	d.Motion.Choose("forward-kl")
	f := frameOf(d)
	if f.Training.Drift.ID != "forward-kl" || !reflect.DeepEqual(f.Training.Samples, before) {
		t.Errorf("after the change the sampler is driven by %s", f.Training.Drift.ID)
	}
	d.Advance()
	if reflect.DeepEqual(frameOf(d).Training.Samples, before) {
		t.Error("the sampler does not go on")
	}
}

func TestASamplerPausesStepsRestartsAndIsClosed(t *testing.T) {
	d := withSampler(t, "three-modes")
	untrained := frameOf(d).Training.Samples
	d.Advance()
	d.Clock.TogglePause()
	d.Advance()
	if it := frameOf(d).Training.Progress.Iteration; it != 1 {
		t.Errorf("a paused sampler went on to iteration %d", it)
	}
	d.Clock.SingleStep()
	if it := frameOf(d).Training.Progress.Iteration; it != 2 {
		t.Errorf("a single step led to iteration %d, expected 2", it)
	}
	d.Scene.Restart()
	if p := frameOf(d).Training; p.Progress.Iteration != 0 || !reflect.DeepEqual(p.Samples, untrained) {
		t.Errorf("after a restart the sampler is at iteration %d", p.Progress.Iteration)
	}
	d.Training.Toggle()
	if frameOf(d).Training != nil {
		t.Error("a sampler that was closed is still shown")
	}
}

func TestASamplerFollowsTheFlowsSettings(t *testing.T) {
	d := withSampler(t, "three-modes")
	d.Training.NextRoute()
	if p := frameOf(d).Training; p.Route != sampler.Flow {
		t.Fatalf("the route is %s", p.Route)
	}
	d.Scene.Open("grid9")
	f := frameOf(d)
	if f.Training == nil || len(f.Training.Regions) != 9 || f.Training.Route != sampler.Flow {
		t.Error("a new scenario does not train a new sampler of the same route")
	}
	d.Motion.ToggleVelocity()
	d.Training.NextRoute()
	if d.focus.motion().Velocity != sim.Blob {
		t.Fatalf("the velocity is %s", d.focus.motion().Velocity)
	}
	d.Training.NextRoute()
	if f := frameOf(d); f.Training != nil || !strings.Contains(f.Note.Text, "expected plugin") {
		t.Errorf("a flow under the blob velocity: the note is %q", f.Note.Text)
	}
}

// With a goroutine of its own: it trains, obeys, and ends with the runner.
func TestATrainerLoopTrainsInItsOwnTime(t *testing.T) {
	e := Start(newSession(t, "three-modes"), 100)
	e.Give(Command{Run: func(s *Session, _ int) { s.Training.Toggle() }})
	take(t, e, func(f *Frame) bool { return f.Training != nil && f.Training.Progress.Iteration > 2 })
	e.Give(Command{Run: func(s *Session, _ int) { s.Clock.TogglePause() }})
	take(t, e, func(f *Frame) bool { return f.Paused })
	e.Give(Command{Run: func(d *Session, _ int) { d.Motion.Choose("neyman") }})
	take(t, e, func(f *Frame) bool { return f.Training.Drift.ID == "neyman" })
	e.Give(Command{Run: func(s *Session, _ int) { s.Scene.Restart() }})
	take(t, e, func(f *Frame) bool { return f.Training.Progress.Iteration == 0 })
	e.Give(Command{Run: func(s *Session, _ int) { s.Training.Toggle() }})
	take(t, e, func(f *Frame) bool { return f.Training == nil })
	e.Stop()
}

func TestThePastIsThinnedNotLost(t *testing.T) {
	s := &trainer{every: 1}
	for k := range 5000 {
		s.keepPast(Trained{Iteration: k + 1})
	}
	if n := len(s.past); n < maxPast/4 || n > maxPast || s.past[0].Iteration != 1 {
		t.Errorf("of 5000 iterations %d are kept, the first %d", n, s.past[0].Iteration)
	}
	for k := 1; k < len(s.past); k++ {
		if s.past[k].Iteration <= s.past[k-1].Iteration {
			t.Fatal("the past is out of order")
		}
	}
}
