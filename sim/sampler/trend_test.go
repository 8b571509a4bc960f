package sampler

import (
	"math/rand/v2"
	"testing"
)

// losses are 2·trendWindow noisy losses that fall by a share of themselves from the first to the last.
func losses(seed uint64, fall float64) (list []float64) {
	rng := rand.New(rand.NewPCG(seed, 3))
	for k := range 2 * trendWindow {
		level := 1 - fall*float64(k)/(2*trendWindow-1)
		list = append(list, level*(1+0.2*rng.NormFloat64()))
	}
	return list
}

// A loss that only scatters is seldom said to fall, one that falls by half always; of few nothing is said.
func TestTheTrendOfALoss(t *testing.T) {
	t.Parallel()
	const seeds = 200
	falls := 0
	for seed := range uint64(seeds) {
		if trendOf(losses(seed, 0)) == Falls {
			falls++
		}
		if trendOf(losses(seed, 0.5)) != Falls {
			t.Errorf("seed %d: a loss that falls by half does not fall", seed)
		}
		if trendOf(losses(seed, -0.5)) != Level {
			t.Errorf("seed %d: a loss that rises falls", seed)
		}
	}
	if falls > seeds/10 {
		t.Errorf("%d of %d losses that scatter are said to fall", falls, seeds)
	}
	if got := trendOf(losses(1, 0.5)[1:]); got != NoTrend {
		t.Errorf("too few losses have the trend %d", got)
	}
}
