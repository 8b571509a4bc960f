package session

import (
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

// metricsWorker compares frames beside the session: sorting all projections of a frame takes longer
// than a frame is shown.
type metricsWorker struct {
	inline bool // it is done in the session
	newest *MetricsSnapshot
	busy   bool // a request is being processed
	wait   int  // calls of Session.Advance until the next request

	// Of the work, of which there is one at a time.
	evaluator *metrics.Evaluator
	version   string
}

// metricsReports is the least number of reports from one snapshot to the next: about a second, from ten frames a second
// on. It is not a time, which could not be repeated.
const metricsReports = 10

// tick says that Session.Advance is called.
func (w *metricsWorker) tick() { w.wait = max(w.wait-1, 0) }

// ask makes a request, unless one is being processed or was a short time ago, and reports whether it did.
func (w *metricsWorker) ask(s *Session, q func() metricsRequest) bool {
	switch {
	case w.inline:
		w.newest = w.measure(q())
	case w.busy || w.wait > 0 || s.schedule.later == nil:
		return false
	default:
		request := q()
		w.busy, w.wait = true, metricsReports*s.measuring.every
		s.schedule.launch(func() func(*Session) {
			m := w.measure(request)
			return func(*Session) { w.newest, w.busy = m, false }
		})
	}
	return true
}

// hurry ends the time between two snapshots once: the next request is about a frame that stays.
func (w *metricsWorker) hurry() { w.wait = 0 }

func (w *metricsWorker) measure(q metricsRequest) *MetricsSnapshot {
	n := metrics.SampleSize(q.cloud)
	if w.evaluator == nil || w.version != q.version {
		j, err := metrics.NewEvaluator(q.scenario, q.kernel, n, q.seed)
		if err != nil {
			// The kernel is that of the flow, so it is valid.
			panic(err)
		}
		w.evaluator, w.version = j, q.version
	}
	return &MetricsSnapshot{q.frame, len(q.cloud.Points), n, w.evaluator.MeasureCloud(q.cloud), w.evaluator.Floor(n), w.evaluator.Modes(), w.evaluator.Exact()}
}
