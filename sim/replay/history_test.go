package replay

import (
	"runtime"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/internal/simtest"
)

// fewParticles is a run of two particles, whose checkpoints are small next to their entries.
func fewParticles(t testing.TB) *Run {
	t.Helper()
	s := simtest.Scenario(t, "ring8")
	drift, err := divergences.Standard().Parse("reverse-kl", nil)
	if err != nil {
		t.Fatal(err)
	}
	settings := sim.DefaultSettings(s, drift)
	settings.Particles = 2
	r, err := NewRun(s, settings)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// pass records moments without the steps between them.
func (r *Run) pass(moments int) {
	now := r.flow.Checkpoint()
	for range moments {
		now.Step++
		if r.history.wants(now.Step) {
			c := now
			c.Points = append([]scenarios.Point(nil), now.Points...)
			last, _ := r.history.before(now.Step)
			r.history.add(entry[*state]{Checkpoint: c, state: last.state})
		}
	}
}

// heap is the memory in use.
func heap() int {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int(m.HeapAlloc)
}

// The memory of small moments is that of their entries, which the limit counts as well.
func TestTheHistoryOfSmallMomentsStaysWithinItsLimit(t *testing.T) {
	r := fewParticles(t)
	const limit = 16 << 20
	r.SetHistoryLimit(limit)
	before := heap()
	r.pass(400_000)
	used := heap() - before
	if counted := r.history.bytes(); counted > limit || counted < limit/4 {
		t.Errorf("the history counts %d bytes, expected up to %d and a quarter of it", counted, limit)
	}
	if counted := r.history.bytes(); used > limit+limit/8 || used < counted*3/4 {
		t.Errorf("the heap has grown by %d bytes, expected the %d that are counted", used, counted)
	}
	runtime.KeepAlive(r)
}

// What is counted step by step is what a count of the whole list gives.
func TestTheHistoryIsCountedAsItsEntriesAre(t *testing.T) {
	r := fewParticles(t)
	r.SetHistoryLimit(60_000)
	edits := []string{"pour:1:1:0.5:40", "undo", "pour:0:0:1:30", "drain:0:0:1", "move:1:2:2", "undo"}
	for k := range 600 {
		if err := r.Step(func(f *sim.Flow) { f.Step() }); err != nil {
			t.Fatal(err)
		}
		switch {
		case k%40 == 0:
			e, err := ParseEdit(edits[k/40%len(edits)])
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Apply(e); err != nil {
				t.Fatal(err)
			}
		case k == 299:
			if err := r.Seek(200); err != nil {
				t.Fatal(err)
			}
			m := r.flow.Settings().Motion()
			m.BirthDeath = 1 // from here on the checkpoints have ancestors
			if err := r.SetMotion(m); err != nil {
				t.Fatal(err)
			}
		}
		want, before, full := 0, &entry[*state]{}, &entry[*state]{}
		for i := range r.history.list {
			c := r.history.list[i]
			c.weigh(before, full)
			want, before = want+c.held, &r.history.list[i]
			if !c.bare {
				full = before
			}
		}
		if r.history.held != want {
			t.Fatalf("after step %d the history counts %d bytes of its entries, expected %d", r.step(), r.history.held, want)
		}
	}
}

// BenchmarkStepOfTwoParticles is a step with its record, at the beginning of a history and late in it.
func BenchmarkStepOfTwoParticles(b *testing.B) {
	for name, moments := range map[string]int{"first": 0, "after 200000": 200_000} {
		b.Run(name, func(b *testing.B) {
			r := fewParticles(b)
			r.pass(moments)
			now := r.flow.Checkpoint()
			now.Step = moments
			r.flow.Restore(now)
			for b.Loop() {
				if err := r.Step(func(f *sim.Flow) { f.Step() }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
