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
	background
	newest *MetricsSnapshot

	// Of the work, of which there is one at a time.
	evaluator *metrics.Evaluator
	version   string
}

// ask makes a request, unless one is being processed or was a short time ago, and reports whether it did.
func (w *metricsWorker) ask(s *Session, q func() metricsRequest) bool {
	return w.background.ask(s, func() func() func() {
		request := q()
		return func() func() {
			m := w.measure(request)
			return func() { w.newest = m }
		}
	})
}

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
