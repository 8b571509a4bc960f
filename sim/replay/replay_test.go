package replay_test

import (
	"reflect"
	"strings"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/replay"
)

const particles = 300

func newRun(t *testing.T, id string) *replay.Run {
	t.Helper()
	s, err := catalogue.Named(id)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, drift(t, "reverse-kl"))
	settings.Particles = particles
	r, err := replay.NewRun(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func drift(t *testing.T, text string) divergences.Spec {
	t.Helper()
	spec, err := divergences.Standard().Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return spec
}

func points(r *replay.Run) []scenarios.Point {
	p := make([]scenarios.Point, r.Flow().Settings().Particles)
	r.Flow().Points(p)
	return p
}

// path steps n times and keeps the particles of every step.
func path(t *testing.T, r *replay.Run, n int) (list [][]scenarios.Point) {
	t.Helper()
	for range n {
		if err := r.Step(func(f *sim.Flow) { f.Step() }); err != nil {
			t.Fatal(err)
		}
		list = append(list, points(r))
	}
	return list
}

func apply(t *testing.T, r *replay.Run, text string) {
	t.Helper()
	e, err := replay.ParseEdit(text)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Apply(e); err != nil {
		t.Fatal(err)
	}
}

func setMotion(t *testing.T, r *replay.Run, text string) {
	t.Helper()
	m, err := sim.ParseMotion(divergences.Standard(), text, nil)
	if err != nil {
		t.Fatal(err)
	}
	if m.Bandwidth == 0 {
		m.Bandwidth = r.Flow().Settings().Bandwidth
	}
	if err := r.SetMotion(m); err != nil {
		t.Fatal(err)
	}
}

// eventful is a run of 12 steps in which everything that can change changes.
func eventful(t *testing.T) (r *replay.Run, steps [][]scenarios.Point) {
	t.Helper()
	r = newRun(t, "three-modes")
	steps = append(steps, points(r))
	steps = append(steps, path(t, r, 3)...)
	apply(t, r, "move:1:2:-2")
	steps = append(steps, path(t, r, 3)...)
	apply(t, r, "drain:2:-1.5:0.6")
	setMotion(t, r, "forward-kl@0.3")
	steps = append(steps, path(t, r, 3)...)
	apply(t, r, "undo")
	apply(t, r, "pour:-2:2:0.3:30")
	setMotion(t, r, "pearson~blob")
	return r, append(steps, path(t, r, 3)...)
}

// Seeking any step in any order gives the same bits, with all changes on the way.
func TestEveryStepOfAnEventfulPastIsReached(t *testing.T) {
	r, was := eventful(t)
	for _, step := range []int{11, 2, 7, 12, 1, 10, 4, 5, 8} {
		if err := r.Seek(step); err != nil {
			t.Fatal(err)
		}
		// At a step with a change the particles are those after it.
		if step%3 != 0 && !reflect.DeepEqual(points(r), was[step]) {
			t.Errorf("step %d has other bits", step)
		}
	}
	if err := r.Seek(1); err != nil {
		t.Fatal(err)
	}
	if again := path(t, r, 11); !reflect.DeepEqual(again[10], was[12]) {
		t.Error("played again the run ends elsewhere")
	}
}

func TestARecipeGivesTheBits(t *testing.T) {
	r, was := eventful(t)
	p := r.Recipe()
	other, err := p.Run()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(points(other), was[12]) {
		t.Error("the recipe leads elsewhere")
	}
	if q := other.Recipe(); len(q.Events) != len(p.Events) || q.Step != p.Step || len(p.Events) != 6 {
		t.Errorf("its own recipe has %d events, expected %d", len(q.Events), len(p.Events))
	}
}

// A history within the memory of a few checkpoints loses none of the steps.
func TestABoundedHistoryIsExact(t *testing.T) {
	r := newRun(t, "three-modes")
	r.SetHistoryLimit(9 * particles * 16)
	was := path(t, r, 100)
	if first, last := r.Span(); first != 0 || last != 100 {
		t.Fatalf("the history goes from %d to %d", first, last)
	}
	for _, step := range []int{99, 64, 63, 1} {
		if err := r.Seek(step); err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(points(r), was[step-1]) {
			t.Errorf("step %d has other bits", step)
		}
	}
}

func TestAChangeInThePastDropsTheFuture(t *testing.T) {
	r := newRun(t, "three-modes")
	path(t, r, 8)
	if err := r.Seek(5); err != nil {
		t.Fatal(err)
	}
	setMotion(t, r, "neyman")
	if _, last := r.Span(); last != 5 {
		t.Errorf("after a change at step 5 the history goes on to %d", last)
	}
}

func TestABranchHasThePastAndItsOwnFuture(t *testing.T) {
	r := newRun(t, "three-modes")
	was := path(t, r, 6)
	settings := r.Flow().Settings()
	settings.Drift = drift(t, "forward-kl")
	b, err := r.Branch(settings)
	if err != nil {
		t.Fatal(err)
	}
	own := path(t, r, 3)
	if reflect.DeepEqual(path(t, b, 3), own) {
		t.Error("the branch goes the same way")
	}
	if err := b.Seek(2); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(points(b), was[1]) || b.Flow().Drift().Info().ID != "reverse-kl" {
		t.Error("the branch has another past")
	}
	if err := r.Seek(9); err != nil || !reflect.DeepEqual(points(r), own[2]) {
		t.Errorf("the run was changed by its branch: %v", err)
	}
}

// What cannot be done leaves the run as it was, bandwidth and particles included.
func TestARefusedChangeChangesNothing(t *testing.T) {
	r := newRun(t, "banana")
	before, events := points(r), len(r.Recipe().Events)
	m := sim.Motion{Drift: drift(t, "lv:target"), Bandwidth: 1.01 * r.Flow().Settings().Bandwidth}
	if err := r.SetMotion(m); err == nil || !strings.Contains(err.Error(), "reference target vanishes") {
		t.Fatalf("lv:target gives %v", err)
	}
	if err := r.Apply(replay.Edit{Undo: true}); err == nil {
		t.Error("there is something to undo")
	}
	if err := r.ReplaceLast(scenarios.Edit{Verb: scenarios.Move, Mode: 1}); err == nil {
		t.Error("the last edit of none is replaced")
	}
	if r.Flow().Settings().Motion().Equal(m) || !reflect.DeepEqual(points(r), before) || len(r.Recipe().Events) != events {
		t.Error("a refused change left something")
	}
}

func TestRestartsKeepTheTargetOnly(t *testing.T) {
	r := newRun(t, "three-modes")
	apply(t, r, "move:1:2:-2")
	apply(t, r, "pour:0:0:1:10")
	path(t, r, 2)
	r.Restart()
	if n := r.Flow().Settings().Particles; n != particles || len(r.Edits()) != 1 {
		t.Errorf("after a restart there are %d particles and %d edits", n, len(r.Edits()))
	}
	was := points(r)
	r.Reseed(9)
	if reflect.DeepEqual(points(r), was) || len(r.Edits()) != 1 {
		t.Error("another seed gives the same cloud, or another target")
	}
}

// Frames of others are kept as they came; nothing moves them.
func TestARecordingGoesBackToItsFrames(t *testing.T) {
	s, err := catalogue.Named("three-modes")
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, drift(t, "reverse-kl"))
	settings.Particles = 3
	r, err := replay.NewRecording(s, settings, "trace.npy")
	if err != nil {
		t.Fatal(err)
	}
	report := &sim.Report{}
	for n := 1; n <= 4; n++ {
		x := float64(n) / 4
		r.Show(sim.Watched{Number: n, Points: []scenarios.Point{{X: x}, {X: -x}, {Y: x}}}, replay.FrameInfo{Lost: n}, report, sim.Instruments{})
		r.Record()
	}
	if err := r.BeginSeek(2); err != nil {
		t.Fatal(err)
	}
	p := make([]scenarios.Point, 3)
	if r.Flow().Points(p); p[0].X != 0.5 || r.Info().Lost != 2 {
		t.Errorf("frame 2 is %v with %+v", p, r.Info())
	}
	if frame, info, ok := r.Next(); !ok || frame.Number != 3 || frame.Points[0].X != 0.75 || info.Lost != 3 {
		t.Errorf("the next frame is %d %v", frame.Number, frame.Points)
	}
	for text, want := range map[string]string{"pour:0:0:1:10": "particles are those of trace.npy", "undo": "nothing to undo"} {
		e, err := replay.ParseEdit(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Apply(e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s gives %v", text, err)
		}
	}
}

// The rate of birth–death is part of the motion: it is recorded, replayed and written like the drift.
func TestBirthDeathIsRecordedWithItsCopies(t *testing.T) {
	t.Parallel()
	r := newRun(t, "three-modes")
	path(t, r, 2)
	m := r.Flow().Settings().Motion()
	m.BirthDeath = 20
	if err := r.SetMotion(m); err != nil {
		t.Fatal(err)
	}
	was, report := path(t, r, 4), &sim.Report{}
	copies := func() (n int) {
		r.Flow().Report(report, sim.Instruments{})
		for _, k := range report.Regions {
			n += k.Copied
		}
		return n
	}
	copied, transport := copies(), report.Clone().Transport
	apply(t, r, "drain:0:0:1")
	apply(t, r, "undo")
	if err := r.Seek(0); err != nil || r.Flow().Settings().BirthDeath != 0 {
		t.Fatalf("at the beginning the rate is %g: %v", r.Flow().Settings().BirthDeath, err)
	}
	if err := r.Seek(6); err != nil {
		t.Fatal(err)
	}
	if n := copies(); n != copied || copied == 0 || !reflect.DeepEqual(points(r), was[3]) || !reflect.DeepEqual(report.Transport, transport) {
		t.Errorf("after going back and forward %d are copied, expected %d, or the particles are elsewhere", n, copied)
	}
	recipe := r.Recipe()
	if len(recipe.Events) == 0 || recipe.Settings.BirthDeath != 0 || recipe.Events[0].Motion.BirthDeath != 20 || recipe.Events[0].Step != 2 {
		t.Fatalf("the recipe has rate %g and events %v", recipe.Settings.BirthDeath, recipe.Events)
	}
	again, err := recipe.Run()
	if err != nil || !reflect.DeepEqual(points(again), was[3]) {
		t.Errorf("the recipe leads elsewhere: %v", err)
	}
	m.Drift = drift(t, "lv-surrogate")
	if err := r.SetMotion(m); err == nil || !strings.Contains(err.Error(), "expected no birth–death") {
		t.Errorf("lv-surrogate with birth–death gives %v", err)
	}
	m.BirthDeath = 0
	if err := r.SetMotion(m); err != nil {
		t.Errorf("lv-surrogate without it gives %v", err)
	}
}

// A coarse schedule is part of the motion: it is recorded and replayed with its first step, and runs again
// after a restart.
func TestACoarseScheduleIsRecordedWithItsFirstStep(t *testing.T) {
	t.Parallel()
	r := newRun(t, "three-modes")
	path(t, r, 2)
	m := r.Flow().Settings().Motion()
	m.Coarse = sim.Coarse{Factor: 4, Steps: 6, From: 2}
	if err := r.SetMotion(m); err != nil {
		t.Fatal(err)
	}
	was := path(t, r, 3)
	m.BirthDeath = 1
	if err := r.SetMotion(m); err != nil {
		t.Fatal(err)
	}
	was = append(was, path(t, r, 4)...)
	if err := r.Seek(1); err != nil || r.Flow().Settings().Coarse.On() {
		t.Fatalf("before the schedule it is %+v: %v", r.Flow().Settings().Coarse, err)
	}
	if err := r.Seek(9); err != nil || !reflect.DeepEqual(points(r), was[len(was)-1]) {
		t.Errorf("after going back and forward the particles are elsewhere: %v", err)
	}
	again, err := r.Recipe().Run()
	if err != nil || !reflect.DeepEqual(points(again), was[len(was)-1]) || again.Flow().Settings().Coarse.From != 2 {
		t.Errorf("the recipe leads elsewhere: %v", err)
	}
	r.Restart()
	if c := r.Flow().Settings().Coarse; c.From != 0 || r.Flow().BandwidthInForce() != 4*r.Flow().Settings().Bandwidth {
		t.Errorf("after a restart the schedule is %+v", c)
	}
}
