package bench

import (
	"context"

	"undercurrent/sim/baseline"
	"undercurrent/sim/metrics"
)

// pilot is the seed that steps are tuned with. It is not one of a bench's.
const pilot = 1 << 40

// Tunable tells whether a method has a step to tune.
func (m Method) Tunable() bool {
	for _, b := range baseline.Methods() {
		if string(b) == string(m) {
			return true
		}
	}
	return false
}

// Tune is the step of the method's ladder that leads closest to the target with the
// whole budget: the lowest sliced W2 from an exact sample, or where there is none
// the lowest TV on the grid. No other method gets to see how it is judged.
func (s *Stage) Tune(ctx context.Context, m Method, told Progress) (step float64, err error) {
	best := 0.0
	ladder := baseline.Method(m).Ladder()
	for k, candidate := range ladder {
		if ctx.Err() != nil {
			return 0, ctx.Err()
		}
		r, err := s.Run(ctx, Cell{m, s.scenario.ID, pilot}, candidate, told)
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
		told(float64(k+1) / float64(len(ladder)))
	}
	return step, nil
}
