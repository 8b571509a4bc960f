package session

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/stream"
)

// reel is a stream whose frames are there.
type reel struct {
	frames []*stream.Frame
	err    error
	closed bool
}

func (r *reel) Take(*stream.Frame) *stream.Frame {
	if len(r.frames) == 0 {
		return nil
	}
	f := r.frames[0]
	r.frames = r.frames[1:]
	return f
}

func (r *reel) Dropped() int        { return 0 }
func (r *reel) End() (bool, error)  { return len(r.frames) == 0, r.err }
func (r *reel) Close()              { r.closed = true }
func (r *reel) add(f *stream.Frame) { r.frames = append(r.frames, f) }

// drawnFrame is a frame of exact draws of a scenario.
func drawnFrame(s scenarios.Scenario, number, n int) *stream.Frame {
	f := &stream.Frame{Number: number, Points: make([]scenarios.Point, n), Ordered: number > 1}
	s.Truth.Sampler.Sample(f.Points, rand.New(rand.NewPCG(uint64(number), 4)))
	return f
}

// watcher is a session that shows a reel of n frames of 400 exact draws.
func watcher(t *testing.T, n int) (*Session, *reel) {
	t.Helper()
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	r := &reel{}
	for k := 2; k <= n; k++ {
		r.add(drawnFrame(s, k, 400))
	}
	d, err := NewWatcher(divergences.Standard(), s, sim.DefaultSettings(s, specOf(t, "forward-kl")), functionalOf(t),
		Watch{Source: r, First: drawnFrame(s, 1, 400), Input: "a reel", MetricsInline: true})
	if err != nil {
		t.Fatal(err)
	}
	return d, r
}

// Frames are shown in their order, each measured, and the last stays when the stream has ended.
func TestFramesAreShownAsTheyCome(t *testing.T) {
	d, r := watcher(t, 3)
	if f := frameOf(d); f.Report.Step != 1 || f.Watching == nil || f.Watching.Ended || !f.Report.Untracked || f.Watching.Metrics.Frame != 1 {
		t.Errorf("the first frame is shown as %+v, %+v", f.Report.Progress, f.Watching)
	}
	d.Advance()
	f := frameOf(d)
	if f.Report.Step != 2 || f.Report.Untracked || f.Report.Regions[0].Inflow == 0 || f.Watching.Metrics.Frame != 2 {
		t.Errorf("the second frame is shown as %+v", f.Report)
	}
	want := drawnFrame(f.Scenario, 2, 400).Points
	if f.Particles[17] != want[17] {
		t.Errorf("particle 17 of the second frame is at %v, expected %v", f.Particles[17], want[17])
	}
	d.Advance()
	d.Advance()
	if f := frameOf(d); f.Report.Step != 3 || !f.Watching.Ended || f.Watching.Problem != "" || !strings.Contains(f.Note.Text, "has ended") {
		t.Errorf("in the end there is %+v, %+v, %q", f.Report.Progress, f.Watching, f.Note.Text)
	}
	d.Close()
	if !r.closed {
		t.Error("the stream is not closed")
	}
}

// Beside the session not every frame is compared, but the one that stays is.
func TestTheFrameThatStaysIsCompared(t *testing.T) {
	d, _ := watcher(t, 9)
	d.mode.(*watching).metrics.inline = false
	r := Start(d, 200)
	defer r.Stop()
	take(t, r, func(f *Frame) bool { return f.Report.Step == 9 && f.Watching.Metrics.Frame == 9 })
}

// A stream that breaks keeps its last whole frame, and the owner of the terminal gets the error.
func TestTheErrorOfAStreamIsReported(t *testing.T) {
	d, r := watcher(t, 2)
	r.err = errors.New("the input ends in line 7, expected more")
	d.Advance()
	d.Advance()
	if f := frameOf(d); f.Report.Step != 2 || f.Watching.Problem == "" || f.Note.Text != r.err.Error() {
		t.Errorf("a broken stream is shown as %+v with %q", f.Watching, f.Note.Text)
	}
}

// Paused, frames come one by one; one goes back to those that were shown and forward again.
func TestAWatcherGoesBackAndForward(t *testing.T) {
	d, _ := watcher(t, 5)
	tv := map[int]float64{1: frameOf(d).Report.TV}
	for range 3 {
		d.Advance()
		f := frameOf(d)
		tv[f.Report.Step] = f.Report.TV
	}
	d.Clock.Back(1)
	d.Clock.Back(1)
	d.Advance()
	if f := frameOf(d); f.Report.Step != 2 || f.Report.TV != tv[2] || !f.Paused || f.Last != 4 {
		t.Fatalf("two back there is step %d, TV %g, expected 2 and %g", f.Report.Step, f.Report.TV, tv[2])
	}
	// A change in the past keeps the later frames.
	d.Motion.Choose("neyman")
	d.Motion.SetBandwidth(0.3)
	d.Motion.SetBandwidth(0.25)
	for step := 3; step <= 4; step++ {
		d.Clock.SingleStep()
		d.Advance()
		if f := frameOf(d); f.Report.Step != step || f.Report.TV != tv[step] || f.Report.Untracked {
			t.Errorf("forward again there is step %d, TV %g, expected %d and %g", f.Report.Step, f.Report.TV, step, tv[step])
		}
	}
	d.Clock.SingleStep()
	d.Advance()
	if f := frameOf(d); f.Report.Step != 5 {
		t.Errorf("the next of the stream is step %d, expected 5", f.Report.Step)
	}
}

// At a rate, fractions of a frame add up from tick to tick.
func TestFramesComeAtTheirRate(t *testing.T) {
	d, _ := watcher(t, 20)
	d.mode.(*watching).PerTick = 0.25
	for range 8 {
		d.Advance()
	}
	if step := d.flow().Progress().Step; step != 3 {
		t.Errorf("after 8 ticks at a quarter there is step %d, expected 3", step)
	}
	d.Clock.SetSpeed(8)
	d.Advance()
	if step := d.flow().Progress().Step; step != 5 {
		t.Errorf("at eight times the speed there is step %d, expected 5", step)
	}
}

// What would move the particles is refused in a sentence; what moves the target is not.
func TestParticlesOfAStreamAreNotEdited(t *testing.T) {
	d, _ := watcher(t, 2)
	before := frameOf(d)
	for what, command := range map[string]func(){
		"restart": d.Scene.Restart, "reseed": func() { d.Scene.Reseed(1) }, "compare": d.Comparison.Toggle, "add": d.Comparison.Add, "sampler": d.Training.Toggle, "route": d.Training.NextRoute,
		"coarse to fine": d.Motion.ToggleCoarse, "another mover": d.Motion.NextMover, "birth–death": d.Motion.ToggleBirthDeath, "birth–death as a text": func() { d.Motion.SetText("reverse-kl+birth-death") },
		"open": func() { d.Scene.Open("ring8") }, "particles": func() { d.Scene.SetParticles(7) },
		"pour":  func() { d.Edits.Apply(scenarios.Edit{Verb: scenarios.Pour, By: 1, Count: 5}) },
		"drain": func() { d.Edits.Apply(scenarios.Edit{Verb: scenarios.Drain, By: 1}) },
	} {
		command()
		f := frameOf(d)
		if !strings.Contains(f.Note.Text, "the particles are those of a reel") || f.Note.Serial == before.Note.Serial || f.Report.TV != before.Report.TV || len(f.Particles) != 400 {
			t.Errorf("%s gives %q and TV %g", what, f.Note.Text, f.Report.TV)
		}
		before = f
	}
	d.Edits.Apply(scenarios.Edit{Verb: scenarios.Delete, Mode: 1})
	d.Advance()
	f := frameOf(d)
	if len(f.Edits) != 1 || f.Report.Step != 2 || len(f.Report.Regions) != 2 || f.Watching.Metrics.Modes != 2 {
		t.Errorf("after an edit of the target there are %d edits, step %d, %d regions", len(f.Edits), f.Report.Step, len(f.Report.Regions))
	}
	d.Edits.Undo()
	if f := frameOf(d); len(f.Report.Regions) != 3 {
		t.Errorf("undone, there are %d regions", len(f.Report.Regions))
	}
}

// A key that measures again keeps the changes since the previous frame.
func TestMeasuringAgainKeepsTheInflow(t *testing.T) {
	d, _ := watcher(t, 2)
	d.Advance()
	inflow := frameOf(d).Report.Regions[1].Inflow
	d.Motion.Choose("pearson")
	if got := frameOf(d).Report.Regions[1].Inflow; got != inflow || inflow == 0 {
		t.Errorf("under another divergence the inflow is %g, expected %g", got, inflow)
	}
}

func TestTheRecipeNamesTheStream(t *testing.T) {
	d, _ := watcher(t, 2)
	d.Advance()
	if p := d.Recipe(); p.Stream == nil || p.Stream.Input != "a reel" || p.Settings.Drift.ID() != "forward-kl" || p.Scenario.ID != "three-modes" {
		t.Errorf("the recipe is %+v", p)
	}
}
