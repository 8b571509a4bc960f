package engine

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"undercurrent/sim"
	"undercurrent/sim/sampler"
)

// withSampler is a driver that trains one iteration a frame.
func withSampler(t *testing.T, scenario string) *Driver {
	t.Helper()
	d := newDriver(t, scenario)
	d.TrainInline(1)
	d.ToggleSampler()
	return d
}

func TestASamplerIsTrainedBesideTheFlow(t *testing.T) {
	d := withSampler(t, "uneven-ring")
	first := frameOf(d).Portrait
	for range 12 {
		d.Advance()
	}
	f := frameOf(d)
	p := f.Portrait
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
func TestPortraitsDoNotTouchTheTraining(t *testing.T) {
	train := func(looks bool) *Portrait {
		d := newDriver(t, "three-modes")
		s, err := NewStudio(d.flow.Scenario(), d.flow.Settings(), sampler.Generator)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			s.Train()
			if looks {
				s.Portray(time.Now())
			}
		}
		return s.Portray(time.Time{})
	}
	watched, alone := train(true), train(false)
	if !reflect.DeepEqual(watched.Samples, alone.Samples) || !reflect.DeepEqual(watched.Warp, alone.Warp) || watched.TV != alone.TV {
		t.Error("a sampler that is watched becomes another")
	}
}

func TestTheDivergenceIsChangedMidTraining(t *testing.T) {
	d := withSampler(t, "three-modes")
	d.Advance()
	before := frameOf(d).Portrait.Samples
	d.Choose("forward-kl")
	f := frameOf(d)
	if f.Portrait.Drift.ID != "forward-kl" || !reflect.DeepEqual(f.Portrait.Samples, before) {
		t.Errorf("after the change the sampler is driven by %s", f.Portrait.Drift.ID)
	}
	d.Advance()
	if reflect.DeepEqual(frameOf(d).Portrait.Samples, before) {
		t.Error("the sampler does not go on")
	}
}

func TestASamplerPausesStepsRestartsAndIsPutAway(t *testing.T) {
	d := withSampler(t, "three-modes")
	untrained := frameOf(d).Portrait.Samples
	d.Advance()
	d.TogglePause()
	d.Advance()
	if it := frameOf(d).Portrait.Progress.Iteration; it != 1 {
		t.Errorf("a paused sampler went on to iteration %d", it)
	}
	d.SingleStep()
	if it := frameOf(d).Portrait.Progress.Iteration; it != 2 {
		t.Errorf("a single step led to iteration %d, expected 2", it)
	}
	d.Restart()
	if p := frameOf(d).Portrait; p.Progress.Iteration != 0 || !reflect.DeepEqual(p.Samples, untrained) {
		t.Errorf("after a restart the sampler is at iteration %d", p.Progress.Iteration)
	}
	d.ToggleSampler()
	if frameOf(d).Portrait != nil {
		t.Error("a sampler that was put away is still shown")
	}
}

func TestASamplerFollowsTheFlowsSettings(t *testing.T) {
	d := withSampler(t, "three-modes")
	d.NextRoute()
	if p := frameOf(d).Portrait; p.Route != sampler.Flow {
		t.Fatalf("the route is %s", p.Route)
	}
	d.Open("grid9")
	f := frameOf(d)
	if f.Portrait == nil || len(f.Portrait.Regions) != 9 || f.Portrait.Route != sampler.Flow {
		t.Error("a new scenario does not train a new sampler of the same route")
	}
	d.ToggleVelocity()
	d.NextRoute()
	if d.settings.Velocity != sim.Blob {
		t.Fatalf("the velocity is %s", d.settings.Velocity)
	}
	d.NextRoute()
	if f := frameOf(d); f.Portrait != nil || !strings.Contains(f.Note.Text, "expected plugin") {
		t.Errorf("a flow under the blob velocity: the note is %q", f.Note.Text)
	}
}

// With a goroutine of its own: it trains, obeys, and ends with the engine.
func TestAnApprenticeTrainsInItsOwnTime(t *testing.T) {
	e := Start(newDriver(t, "three-modes"), 100)
	e.Do((*Driver).ToggleSampler)
	take(t, e, func(f *Frame) bool { return f.Portrait != nil && f.Portrait.Progress.Iteration > 2 })
	e.Do((*Driver).TogglePause)
	take(t, e, func(f *Frame) bool { return f.Paused })
	e.Do(func(d *Driver) { d.Choose("neyman") })
	take(t, e, func(f *Frame) bool { return f.Portrait.Drift.ID == "neyman" })
	e.Do((*Driver).Restart)
	take(t, e, func(f *Frame) bool { return f.Portrait.Progress.Iteration == 0 })
	e.Do((*Driver).ToggleSampler)
	take(t, e, func(f *Frame) bool { return f.Portrait == nil })
	e.Stop()
}

func TestThePastIsThinnedNotLost(t *testing.T) {
	s := &Studio{every: 1}
	for k := range 5000 {
		s.keepPast(Trained{Iteration: k + 1})
	}
	if n := len(s.past); n < mostPast/4 || n > mostPast || s.past[0].Iteration != 1 {
		t.Errorf("of 5000 iterations %d are kept, the first %d", n, s.past[0].Iteration)
	}
	for k := 1; k < len(s.past); k++ {
		if s.past[k].Iteration <= s.past[k-1].Iteration {
			t.Fatal("the past is out of order")
		}
	}
}
