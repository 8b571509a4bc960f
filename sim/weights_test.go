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

// The values of many numbers have the bits of those of one.
func TestTheWeightsOfManyAreThoseOfOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 1))
	table := newWeightTable(divergences.NewDrift(alphaOf(t, 3)))
	for n := range 50 {
		logR, got := make([]float64, n), make([]float64, n+1)
		for k := range logR {
			logR[k] = 10 * rng.NormFloat64()
			if rng.IntN(5) == 0 {
				logR[k] = []float64{0, ClipLogR, -ClipLogR, math.Inf(1), math.Inf(-1), 1e300, ClipLogR - tableStep, math.Nextafter(ClipLogR, 0)}[rng.IntN(8)]
			}
		}
		got[n] = 42
		table.values(got[:n], logR)
		for k, l := range logR {
			if want := table.value(l); math.Float64bits(got[k]) != math.Float64bits(want) {
				t.Fatalf("at %v it is %v, expected %v", l, got[k], want)
			}
		}
		if got[n] != 42 {
			t.Fatalf("the number behind %d values is changed", n)
		}
		// What is not a number is no index.
		table.values(got[:n], slices.Repeat([]float64{math.NaN()}, n))
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
