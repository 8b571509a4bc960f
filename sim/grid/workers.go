package grid

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

const (
	// maxWorkers bounds the memory of the private grids of a Deposit.
	maxWorkers = 8
	// particlesPerWorker is the number of particles that justify another worker.
	particlesPerWorker = 8192
)

// Workers run one task in equal parts on several goroutines without allocating. Results do not
// depend on the number of parts: every task either writes disjoint rows or adds integers.
// Workers are not safe for concurrent use.
type Workers struct {
	parts int
	task  func(part, parts int)
	run   []func()
	wait  sync.WaitGroup
	fault atomic.Pointer[Fault]
}

// Fault is the panic of a task, with the stack where it happened. Do panics with it in the
// goroutine of its caller.
type Fault struct {
	Reason any
	Stack  []byte
}

func (f *Fault) String() string { return fmt.Sprint(f.Reason) }

// NewWorkers returns as many workers as there are processors, at most eight.
func NewWorkers() *Workers {
	w := &Workers{}
	n := min(runtime.GOMAXPROCS(0), runtime.NumCPU(), maxWorkers)
	for part := range n {
		w.run = append(w.run, func() {
			defer w.wait.Done()
			defer w.rescue()
			w.task(part, w.parts)
		})
	}
	return w
}

// Size is the largest number of parts.
func (w *Workers) Size() int { return len(w.run) }

// PartsFor is the number of parts for a pass over n particles.
func (w *Workers) PartsFor(n int) int { return min(w.Size(), 1+n/particlesPerWorker) }

// Do runs task(part, parts) for every part of 0..parts−1 and waits for all. There are at most
// Size parts.
func (w *Workers) Do(parts int, task func(part, parts int)) {
	w.parts, w.task = min(parts, len(w.run)), task
	w.wait.Add(w.parts)
	for part := 1; part < w.parts; part++ {
		go w.run[part]()
	}
	w.run[0]()
	w.wait.Wait()
	if f := w.fault.Swap(nil); f != nil {
		panic(f)
	}
}

// rescue keeps the panic of a task; it is deferred.
func (w *Workers) rescue() {
	if v := recover(); v != nil {
		w.fault.CompareAndSwap(nil, &Fault{v, debug.Stack()})
	}
}

// All runs a task in Size parts.
func (w *Workers) All(task func(part, parts int)) { w.Do(len(w.run), task) }

// Ranges runs body over 0..n−1 in one range for each worker. It allocates.
func (w *Workers) Ranges(n int, body func(from, to int)) {
	w.All(func(part, parts int) { body(Partition(n, part, parts)) })
}

// Rows returns a task that visits the rows of its part, out of ny.
func Rows(ny int, visit func(iy int)) func(part, parts int) {
	return func(part, parts int) {
		from, to := Partition(ny, part, parts)
		for iy := from; iy < to; iy++ {
			visit(iy)
		}
	}
}

// Partition is the part-th of parts nearly equal ranges from..to−1 of 0..n−1.
func Partition(n, part, parts int) (from, to int) {
	return n * part / parts, n * (part + 1) / parts
}
