package replay

import (
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/internal/simtest"
)

// shortHistory is a run of few particles whose history has room for few checkpoints.
func shortHistory(t testing.TB, limit int) *Run {
	t.Helper()
	s := simtest.Scenario(t, "three-modes")
	settings := sim.DefaultSettings(s, divergences.SpecFromDrift(simtest.Drift(t, "reverse-kl")))
	settings.Particles = 600
	r, err := NewRun(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	r.SetHistoryLimit(limit)
	return r
}

// anyChange is a change at random, of several at the same step in some cases, and its outcome.
func anyChange(t testing.TB, r *Run, rng *rand.Rand, undone *[]scenarios.Edit) error {
	t.Helper()
	edit := func(texts ...string) error {
		e, err := ParseEdit(texts[rng.IntN(len(texts))])
		if err != nil {
			t.Fatal(err)
		}
		return r.Apply(e)
	}
	motion := func(texts ...string) error {
		m, err := sim.ParseMotion(divergences.Standard(), texts[rng.IntN(len(texts))], nil)
		if err != nil {
			t.Fatal(err)
		}
		if m.Bandwidth == 0 {
			m.Bandwidth = r.Flow().Settings().Bandwidth
		}
		return r.SetMotion(m)
	}
	switch rng.IntN(7) {
	case 0:
		return edit("move:1:2:-2", "move:2:-1:3", "move:1:0:0")
	case 1:
		// Far enough to be moved to the edge of the padded window.
		return edit("pour:1:1:0.5:4", "pour:-60:60:1:3", "pour:60:0:2:5")
	case 2:
		return edit("drain:0:0:1", "drain:60:0:40", "drain:1:1:0.5")
	case 3:
		// Twice, so that particles at the edge are moved by a width that is not left.
		widths := []string{"forward-kl@0.3", "pearson@0.5", "reverse-kl@0.2", "lv:target@0.4"}
		if err := motion(widths...); err != nil {
			return err
		}
		return motion(widths...)
	case 4:
		return motion("neyman+birth-death:4", "jeffreys", "reverse-kl+coarse:4:6", "pearson~blob", "lv:target")
	case 5:
		if n := len(*undone); n > 0 {
			e := (*undone)[n-1]
			*undone = (*undone)[:n-1]
			return r.Apply(Edit{Edit: e})
		}
		return nil
	}
	if edits := r.Edits(); len(edits) > 0 {
		*undone = append(*undone, edits[len(edits)-1])
	}
	return r.Apply(Edit{Undo: true})
}

// moment is what a run is at a step.
type moment struct {
	points []scenarios.Point
	motion sim.Motion
	edits  []scenarios.Edit
}

func (r *Run) moment() moment {
	return moment{slices.Clone(r.flow.Checkpoint().Points), r.flow.Settings().Motion(), slices.Clone(r.Edits())}
}

func (m moment) equal(o moment) bool {
	return slices.Equal(m.points, o.points) && m.motion.Equal(o.motion) && slices.Equal(m.edits, o.edits)
}

// A run whose history has hardly any points goes through the same steps as one that has them all: back, forward, and on
// with changes of every kind.
func TestChangesAreMadeAgainWhereNoPointsAreKept(t *testing.T) {
	t.Parallel()
	full, bare := 0, 0
	for seed := range uint64(24) {
		long, short := shortHistory(t, maxHistory), shortHistory(t, 24*600*pointBytes)
		both := []*Run{long, short}
		undone := make([][]scenarios.Edit, 2)
		for act := range 100 {
			var errs [2]error
			for k, r := range both {
				rng := rand.New(rand.NewPCG(seed, uint64(act)))
				switch rng.IntN(10) {
				case 0, 1, 2, 3, 4:
					errs[k] = r.Step(func(f *sim.Flow) { f.Step() })
				case 5:
					first, last := short.Span()
					errs[k] = r.Seek(last - rng.IntN(last-first+1)*rng.IntN(3)/2)
				default:
					errs[k] = anyChange(t, r, rng, &undone[k])
				}
			}
			if (errs[0] == nil) != (errs[1] == nil) {
				t.Fatalf("seed %d, act %d: %v with all points, %v without", seed, act, errs[0], errs[1])
			}
			if a, b := long.moment(), short.moment(); long.step() != short.step() || !a.equal(b) {
				t.Fatalf("seed %d, act %d: at step %d the flow is another one than at step %d with all points", seed, act, short.step(), long.step())
			}
		}
		full, bare = full+kept(short), bare+len(short.history.list)-kept(short)
	}
	if bare < full/4 {
		t.Errorf("%d entries of the short histories have no points and %d have, expected more without", bare, full)
	}
}

// A kernel that is narrowed and widened again at one step leaves particles where the narrower padded window moved them.
func TestAPassingWidthIsNotLost(t *testing.T) {
	t.Parallel()
	r := shortHistory(t, 1)
	step := func(n int) {
		for range n {
			if err := r.Step(func(f *sim.Flow) { f.Step() }); err != nil {
				t.Fatal(err)
			}
		}
	}
	e, err := ParseEdit("pour:60:60:1:30")
	if err != nil {
		t.Fatal(err)
	}
	step(2)
	if err := r.Apply(e); err != nil {
		t.Fatal(err)
	}
	step(1)
	wide := r.Flow().Settings().Motion()
	narrow := wide
	narrow.Bandwidth /= 2
	before := r.moment()
	for _, m := range []sim.Motion{narrow, wide} {
		if err := r.SetMotion(m); err != nil {
			t.Fatal(err)
		}
	}
	if slices.Equal(before.points, r.moment().points) {
		t.Fatal("the narrower padded window has moved no particle")
	}
	step(20)
	was := r.moment()
	for _, from := range []int{3, 1} {
		if err := r.Seek(from); err != nil {
			t.Fatal(err)
		}
		step(23 - from)
		if !was.equal(r.moment()) {
			t.Errorf("played again from step %d the particles are elsewhere", from)
		}
	}
}

// Steps back one by one cost few steps each where the history has no points between its first and its last step, and lead
// where they led.
func TestStepsBackLeaveWaypoints(t *testing.T) {
	t.Parallel()
	const n = 410
	r, all := shortHistory(t, 5*600*pointBytes), shortHistory(t, maxHistory)
	for range n {
		for _, r := range []*Run{r, all} {
			if err := r.Step(func(f *sim.Flow) { f.Step() }); err != nil {
				t.Fatal(err)
			}
		}
	}
	computed := 0
	back := func(step int) {
		t.Helper()
		if err := r.BeginSeek(step); err != nil {
			t.Fatal(err)
		}
		for reached := r.step() == step; !reached; computed++ {
			var err error
			if reached, err = r.StepToward(step); err != nil {
				t.Fatal(err)
			}
		}
		if err := all.Seek(step); err != nil {
			t.Fatal(err)
		}
		if !r.moment().equal(all.moment()) {
			t.Fatalf("step %d is another one", step)
		}
	}
	if back(n - 2); computed > n/8 {
		t.Errorf("the first step back computes %d of %d steps", computed, n)
	}
	for step := n - 3; step >= 0; step-- {
		back(step)
	}
	// From the first step alone it would be n²/2. With √n more of each gap it is about 2·n^(3/2).
	if computed > 3*n*20 {
		t.Errorf("%d steps back compute %d steps, expected about %d", n, computed, 2*n*20)
	}
}

// kept is the number of entries with points.
func kept(r *Run) (n int) {
	for _, c := range r.history.list {
		if !c.bare {
			n++
		}
	}
	return n
}
