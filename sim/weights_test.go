package sim

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

func TestWeightTableEqualsTheWeight(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, d := range append(simtest.Divergences(t), alphaOf(t, 3), alphaOf(t, -3)) {
		table := newWeightTable(divergences.NewDrift(d))
		for range 2000 {
			logR := (2*rng.Float64() - 1) * ClipLogR
			simtest.Near(t, d.Info().ID+" "+d.Info().WeightFormula, table.value(logR), d.Weight(logR), 1e-6)
		}
		simtest.Near(t, "the clipped weight", table.value(50), d.Weight(ClipLogR), 1e-9)
	}
}

func alphaOf(t *testing.T, alpha float64) divergences.Divergence {
	t.Helper()
	d, err := divergences.NewAlpha(alpha)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestQuantileOfWeightsEqualsTheSortedOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	h, w := &weights{}, make([]float64, 20_000)
	for i := range w {
		w[i] = math.Exp(3 * rng.NormFloat64())
		h.add(w[i], 1/float64(len(w)))
	}
	slices.Sort(w)
	for _, level := range []float64{0.02, 0.5, 0.9, EffortQuantile} {
		simtest.Near(t, "a quantile", h.quantile(level), w[int(level*float64(len(w)))], 0.02)
	}
}
