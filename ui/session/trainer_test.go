package session

import (
	"bytes"
	"errors"
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
		s, err := newTrainer(d.flow().Scenario(), d.flow().Settings(), sampler.Generator, sampler.DefaultIterations)
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

// sameAsCommand tests that a model is the one that equal settings train without a screen: the schedule is that of
// the command line.
func sameAsCommand(t *testing.T, d *Session, model *sampler.Model, iterations int) {
	t.Helper()
	flow := d.flow().Settings()
	trainer, err := sampler.NewTrainer(d.flow().Scenario(), flow, liveSettings(sampler.Generator, flow.Seed).WithIterations(iterations))
	if err != nil {
		t.Fatal(err)
	}
	for !trainer.Done() {
		trainer.Step()
	}
	var screen, command bytes.Buffer
	if err := errors.Join(model.Save(&screen), trainer.Model().Save(&command)); err != nil || !bytes.Equal(screen.Bytes(), command.Bytes()) {
		t.Errorf("the models differ (%v)", err)
	}
}

// A training ends after its iterations, is compared with exact samples, and can be made longer.
func TestATrainingEndsAndGoesOnWhenAsked(t *testing.T) {
	d := newSession(t, "three-modes")
	d.Training.Inline(3)
	d.Training.SetIterations(4)
	d.Training.Toggle()
	d.Advance()
	if p := frameOf(d).Training; p.Done || p.Final != nil || p.Iterations != 4 || !(p.Exact.Mean > 0 && p.Exact.SD > 0) {
		t.Fatalf("after 3 of 4 iterations the sampler is %v, %v of %d, exact samples have %+v", p.Done, p.Final, p.Iterations, p.Exact)
	}
	d.Advance()
	d.Advance()
	f := frameOf(d)
	p := f.Training
	if !p.Done || p.Progress.Iteration != 4 || p.Final == nil || p.Final.Frame != 4 || !strings.Contains(f.Note.Text, "the generator is done: TV") {
		t.Fatalf("in the end the sampler is at %+v, compared as %v, and %q is said", p.Progress, p.Final, f.Note.Text)
	}
	sameAsCommand(t, d, p.Model, 4)
	// Another divergence does not change what was trained, before the training goes on.
	d.Motion.Choose("pearson")
	if p := frameOf(d).Training; p.Drift.ID != "reverse-kl" || p.Model.Divergence != "reverse-kl" || !p.Done {
		t.Errorf("under another divergence the sampler is of %s, its model of %s", p.Drift.ID, p.Model.Divergence)
	}
	d.Training.Extend(5)
	for range 4 {
		d.Advance()
	}
	if last := frameOf(d).Training; last.Progress.Iteration != 9 || !last.Done || last.Final == p.Final || last.Model.Divergence != "reverse-kl, then pearson" {
		t.Errorf("after 5 iterations more the sampler is at %+v by %s", last.Progress, last.Model.Divergence)
	}
	d.Scene.Restart()
	d.Advance()
	if p := frameOf(d).Training; p.Progress.Iteration != 3 || p.Done || p.Iterations != 4 || p.Model.Divergence != "pearson" {
		t.Errorf("after a restart the sampler is at %+v of %d by %s", p.Progress, p.Iterations, p.Model.Divergence)
	}
}

// A trainer of its own goroutine waits at the end, obeys, and says how the training has ended.
func TestATrainerLoopEnds(t *testing.T) {
	e := Start(newSession(t, "three-modes"), 10)
	e.Give(Command{Run: func(s *Session, _ int) {
		s.Training.SetIterations(3)
		s.Training.Toggle()
	}})
	take(t, e, func(f *Frame) bool {
		return f.Training != nil && f.Training.Final != nil && f.Training.Progress.Iteration == 3
	})
	take(t, e, func(f *Frame) bool { return strings.Contains(f.Note.Text, "is done") })
	e.Give(Command{Run: func(s *Session, _ int) { s.Training.Extend(2) }})
	take(t, e, func(f *Frame) bool { return f.Training.Final != nil && f.Training.Progress.Iteration == 5 })
	e.Stop()
}
