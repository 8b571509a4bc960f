package grid

import (
	"strings"
	"testing"
)

// A panic in any worker reaches the goroutine that asked for the work, with the place where it happened;
// the workers can be used again.
func TestAPanicOfAWorkerReachesItsCaller(t *testing.T) {
	w := NewWorkers()
	for bad := range w.Size() {
		caught := func() (f *Fault) {
			defer func() { f, _ = recover().(*Fault) }()
			w.All(func(part, _ int) {
				if part == bad {
					panic("out of cheese")
				}
			})
			return nil
		}()
		if caught == nil || caught.String() != "out of cheese" || !strings.Contains(string(caught.Stack), "workers_test.go") {
			t.Errorf("part %d of %d: caught is %v", bad, w.Size(), caught)
		}
		done := make([]bool, w.Size())
		if w.All(func(part, _ int) { done[part] = true }); !done[bad] {
			t.Errorf("part %d does not work again", bad)
		}
	}
}
