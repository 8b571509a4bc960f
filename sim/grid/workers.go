package grid

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"
)

const (
	// maxWorkers bounds the memory of the private grids of a Deposit.
	maxWorkers = 8
	// rowsAtOnce is the number of rows that a worker takes at a time.
	rowsAtOnce = 8
	// awake is how long a helper waits for the next task before it ends. Waking a sleeping
	// processor takes as long as a phase of a step.
	awake = 50 * time.Microsecond
)

// Workers run one task in pieces, without allocating: the caller and helpers, which are
// goroutines that stay awake between the phases of a step and end when there is no more to do.
// Every worker takes the pieces of its own share, whose memory is near to its processor from the
// phase before, and then those that are left of others, so that one that starts late delays
// nothing. Results do not depend on the number of workers or on which piece is whose: a task
// either writes disjoint ranges or adds integers. Workers are not safe for concurrent use.
type Workers struct {
	helpers []helper

	task    func(worker, from, to int)
	grain   int
	shares  [maxWorkers]share // one for each worker that is called
	sharing int               // number of shares
	fault   atomic.Pointer[Fault]

	scratch scratch
}

// share is a range of the numbers of a task.
type share struct {
	next atomic.Int64 // first of the numbers that no worker has taken
	end  int
	_    [48]byte // one cache line each
}

// Fault is the panic of a task, with the stack where it happened. Each panics with it in the
// goroutine of its caller.
type Fault struct {
	Reason any
	Stack  []byte
}

func (f *Fault) String() string { return fmt.Sprint(f.Reason) }

// NewWorkers returns as many workers as there are processors, at most eight.
func NewWorkers() *Workers {
	size := min(runtime.GOMAXPROCS(0), runtime.NumCPU(), maxWorkers)
	w := &Workers{helpers: make([]helper, size-1)}
	for k := range w.helpers {
		h := &w.helpers[k]
		h.help = func() { h.wait(w, k+1) }
	}
	return w
}

// Size is the number of workers.
func (w *Workers) Size() int { return 1 + len(w.helpers) }

// Each runs task(worker, from, to) over 0..n−1 in ranges of at most grain and waits for all of
// them. worker is that which runs it, below Size.
func (w *Workers) Each(n, grain int, task func(worker, from, to int)) {
	w.EachOf(w.Size(), n, grain, task)
}

// EachOf is Each with at most the given number of workers.
func (w *Workers) EachOf(workers, n, grain int, task func(worker, from, to int)) {
	called := w.helpers[:max(min(workers-1, len(w.helpers), (n-1)/grain), 0)]
	w.task, w.grain = task, grain
	w.divide(n, 1+len(called))
	for k := range called {
		called[k].call()
	}
	w.work(0)
	for k := range called {
		called[k].dismiss()
	}
	if f := w.fault.Swap(nil); f != nil {
		panic(f)
	}
}

// divide divides 0..n−1 into shares of nearly equal numbers of pieces.
func (w *Workers) divide(n, shares int) {
	w.sharing = shares
	pieces := (n + w.grain - 1) / w.grain
	for k := range shares {
		s := &w.shares[k]
		s.next.Store(int64(pieces * k / shares * w.grain))
		s.end = min(pieces*(k+1)/shares*w.grain, n)
	}
}

// work takes pieces, of the worker's own share first, until there are none.
func (w *Workers) work(worker int) {
	defer w.rescue()
	for k := range w.sharing {
		s := &w.shares[(worker+k)%w.sharing]
		for int(s.next.Load()) < s.end {
			to := int(s.next.Add(int64(w.grain)))
			if from := to - w.grain; from < s.end {
				w.task(worker, from, min(to, s.end))
			}
		}
	}
}

// rescue keeps the panic of a task; it is deferred.
func (w *Workers) rescue() {
	if v := recover(); v != nil {
		w.fault.CompareAndSwap(nil, &Fault{v, debug.Stack()})
	}
}

// Rows runs a task over the rows of a grid.
func (w *Workers) Rows(ny int, task func(worker, from, to int)) { w.Each(ny, rowsAtOnce, task) }

// Ranges runs body over 0..n−1 in ranges. It allocates.
func (w *Workers) Ranges(n int, body func(from, to int)) {
	const ranges = 16
	w.Each(n, max(1, n/(ranges*w.Size())), func(_, from, to int) { body(from, to) })
}

// Stripes is the number of groups of rows whose sums are added in their order, so that the bits do
// not depend on the number of workers.
const Stripes = 16

// Stripe is the rows from..to−1 of a stripe, of ny rows.
func Stripe(ny, stripe int) (from, to int) {
	return ny * stripe / Stripes, ny * (stripe + 1) / Stripes
}

// Stripes runs a task over the stripes.
func (w *Workers) Stripes(task func(worker, from, to int)) { w.Each(Stripes, 1, task) }

// OneByOne is a task that visits single rows, or stripes.
func OneByOne(visit func(i int)) func(worker, from, to int) {
	return func(_, from, to int) {
		for i := from; i < to; i++ {
			visit(i)
		}
	}
}

// The states of a helper. The caller moves it from ended or waiting to called, and from called
// back to waiting where it came too late; the helper moves from called to running, from running to
// waiting, and from waiting to ended.
const (
	ended = iota
	waiting
	called
	running
)

// helper is a worker beside the caller.
type helper struct {
	state atomic.Int32
	help  func()   // the goroutine
	_     [48]byte // one cache line each
}

// call asks the helper to work, and starts it if it has ended.
func (h *helper) call() {
	if !h.state.CompareAndSwap(waiting, called) {
		h.state.Store(called)
		go h.help()
	}
}

// dismiss waits until the helper does not work.
func (h *helper) dismiss() {
	if h.state.CompareAndSwap(called, waiting) {
		return
	}
	for range looks {
		if h.state.Load() != running {
			return
		}
	}
	// It has not come to the end of its piece: others need its processor, or this one.
	for h.state.Load() == running {
		time.Sleep(looksTake)
	}
}

// looks is how often a state is read before others get their turn; it takes some microseconds.
const (
	looks     = 4096
	looksTake = 5 * time.Microsecond
)

// wait works whenever the helper is called, until it has waited for long.
func (h *helper) wait(w *Workers, worker int) {
	for since := time.Now(); ; {
		for range looks {
			if h.state.Load() == called && h.state.CompareAndSwap(called, running) {
				w.work(worker)
				h.state.Store(waiting)
				since = time.Now()
			}
		}
		if time.Since(since) > awake && h.state.CompareAndSwap(waiting, ended) {
			return
		}
		runtime.Gosched()
	}
}
