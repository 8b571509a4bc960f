package session

import (
	"sync/atomic"
	"time"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
)

// MetricsSnapshot compares a frame of particles with a sample of the target.
type MetricsSnapshot struct {
	// Frame is the number of the frame, N that of its particles, Samples that of the points of the samples: as many
	// as the effective size of the frame.
	Frame, N, Samples int
	// Reached are the frame's figures, Floor those that exact samples have.
	Reached metrics.Metrics
	Floor   metrics.Floor
	// Modes is the number of modes of the target.
	Modes int
	// Exact reports whether the samples are exact; otherwise they are drawn from the tabulated
	// density.
	Exact bool
}

// metricsRequest is a frame to be measured; version identifies target, kernel and seed.
type metricsRequest struct {
	frame    int
	version  string
	scenario scenarios.Scenario
	kernel   density.Kernel
	seed     uint64 // of the samples
	cloud    scenarios.Cloud
}

// metricsWorker compares frames in a goroutine of its own: sorting all projections of a
// frame takes longer than a frame is shown.
type metricsWorker struct {
	requests chan metricsRequest
	idle     atomic.Bool // a request would be processed at once
	answer   atomic.Pointer[MetricsSnapshot]
	failure  atomic.Pointer[Failure]
	inline   bool
	hurried  chan struct{} // has a token where the next request is not to wait

	// Of the goroutine alone, or of the caller where inline.
	evaluator *metrics.Evaluator
	version   string
}

// metricsInterval is the least time between two snapshots.
const metricsInterval = time.Second

// ask makes a request, unless one is being processed, and reports whether it did.
func (w *metricsWorker) ask(q func() metricsRequest) bool {
	switch {
	case w.inline:
		w.measure(q())
	case w.requests == nil:
		w.requests, w.hurried = make(chan metricsRequest, 1), make(chan struct{}, 1)
		go w.work()
		w.requests <- q()
	case w.idle.CompareAndSwap(true, false):
		w.requests <- q()
	default:
		return false
	}
	return true
}

// hurry ends the time between two snapshots once: the next request is about a frame that stays.
func (w *metricsWorker) hurry() {
	select {
	case w.hurried <- struct{}{}:
	default: // no worker, or it has been told
	}
}

// end lets the goroutine end after the current request.
func (w *metricsWorker) end() {
	if w.requests != nil {
		close(w.requests)
		w.requests = nil
	}
}

// newest is the last snapshot, nil before the first. It is immutable.
func (w *metricsWorker) newest() *MetricsSnapshot {
	if failure := w.failure.Load(); failure != nil {
		panic(failure)
	}
	return w.answer.Load()
}

func (w *metricsWorker) work() {
	defer rescue(&w.failure)
	for q := range w.requests {
		began := time.Now()
		w.measure(q)
		select {
		case <-time.After(metricsInterval - time.Since(began)):
		case <-w.hurried:
		}
		// Only now: a frame that had waited would be an old one.
		w.idle.Store(true)
	}
}

func (w *metricsWorker) measure(q metricsRequest) {
	n := metrics.SampleSize(q.cloud)
	if w.evaluator == nil || w.version != q.version {
		j, err := metrics.NewEvaluator(q.scenario, q.kernel, n, q.seed)
		if err != nil {
			// The kernel is that of the flow, so it is valid.
			panic(err)
		}
		w.evaluator, w.version = j, q.version
	}
	w.answer.Store(&MetricsSnapshot{q.frame, len(q.cloud.Points), n, w.evaluator.MeasureCloud(q.cloud), w.evaluator.Floor(n), w.evaluator.Modes(), w.evaluator.Exact()})
}
