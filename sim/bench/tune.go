package bench

import (
	"context"

	"undercurrent/sim/baseline"
	"undercurrent/sim/metrics"
)

// pilot is the seed for tuning steps, distinct from those of a benchmark.
const pilot = 1 << 40

// Tunable reports whether a method has a step size to tune.
func (m Method) Tunable() bool {
	for _, b := range baseline.Methods() {
		if string(b) == string(m) {
			return true
		}
	}
	return false
}

// Tune returns the step of the method's ladder with the best result for the whole budget: the
// lowest sliced W2 from an exact sample, or if that is not measured the lowest TV on the grid.
// Only baselines are tuned on a metric.
func (s *Runner) Tune(ctx context.Context, m Method, progress Progress) (step float64, err error) {
	best := 0.0
	ladder := baseline.Method(m).Ladder()
	for k, candidate := range ladder {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		r, err := s.Run(ctx, Cell{m, s.scenario.ID, pilot}, candidate, progress)
		if err != nil {
			return 0, err
		}
		score, ok := r.Metrics.Of(metrics.SlicedW2)
		if !ok {
			score, _ = r.Metrics.Of(metrics.TV)
		}
		if k == 0 || score < best {
			step, best = candidate, score
		}
		progress(float64(k+1) / float64(len(ladder)))
	}
	return step, nil
}
