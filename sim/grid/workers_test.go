package grid

import (
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// A panic in any piece reaches the goroutine that asked for the work, with the place where it happened;
// the workers can be used again.
func TestAPanicOfAWorkerReachesItsCaller(t *testing.T) {
	w := NewWorkers()
	const pieces = 8
	for bad := range pieces {
		caught := func() (f *Fault) {
			defer func() { f, _ = recover().(*Fault) }()
			w.Each(pieces, 1, func(_, from, _ int) {
				if from == bad {
					panic("out of cheese")
				}
			})
			return nil
		}()
		if caught == nil || caught.String() != "out of cheese" || !strings.Contains(string(caught.Stack), "workers_test.go") {
			t.Errorf("piece %d of %d: caught is %v", bad, pieces, caught)
		}
		var done [pieces]bool
		if w.Each(pieces, 1, func(_, from, _ int) { done[from] = true }); !done[bad] {
			t.Errorf("piece %d is not done again", bad)
		}
	}
}

// Every number is visited once, by one worker at a time, whatever the grain, also when helpers have
// ended in between.
func TestEveryPieceIsDoneOnce(t *testing.T) {
	w := NewWorkers()
	for round := range 3000 {
		n, grain := round%97, 1+round%13
		visits := make([]int, n)
		busy := make([]atomic.Bool, w.Size())
		w.Each(n, grain, func(worker, from, to int) {
			if !busy[worker].CompareAndSwap(false, true) {
				t.Errorf("worker %d runs two pieces at a time", worker)
			}
			if to-from > grain {
				t.Errorf("a piece is %d..%d, expected at most %d numbers", from, to, grain)
			}
			for i := from; i < to; i++ {
				visits[i]++
			}
			busy[worker].Store(false)
		})
		for i, v := range visits {
			if v != 1 {
				t.Fatalf("round %d: number %d of %d is visited %d times", round, i, n, v)
			}
		}
		if round%500 == 0 {
			time.Sleep(3 * awake)
		}
	}
}

// A helper takes part: with two workers, a piece that waits for another ends.
func TestHelpersTakePart(t *testing.T) {
	w := NewWorkers()
	if w.Size() < 2 {
		t.Skip("one processor")
	}
	for range 100 {
		var arrived atomic.Int32
		w.Each(2, 1, func(_, _, _ int) {
			arrived.Add(1)
			for arrived.Load() < 2 {
				time.Sleep(time.Microsecond)
			}
		})
	}
}

// BenchmarkPhases is the cost of handing out a phase of a step.
func BenchmarkPhases(b *testing.B) {
	w := NewWorkers()
	task := func(_, _, _ int) {}
	for b.Loop() {
		w.Rows(256, task)
	}
}
