package scenarios_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// randomMixture has tilted components of all sizes and weights.
func randomMixture(n int, rng *rand.Rand) *scenarios.Mixture {
	list := make([]scenarios.Component, n)
	for k := range list {
		size := math.Exp(1.5 * rng.NormFloat64())
		list[k] = scenarios.Component{
			Mean:   scenarios.Point{20 * rng.NormFloat64(), 20 * rng.NormFloat64()},
			Cov:    scenarios.Ellipse(size, size*math.Exp(rng.NormFloat64()), 360*rng.Float64()),
			Weight: math.Exp(5 * rng.NormFloat64()),
		}
	}
	return scenariotest.Must(scenarios.NewMixture(list))
}

func TestRowsOfRandomMixturesEqualTheirNodes(t *testing.T) {
	for _, n := range []int{1, 2, 3, 40, 1000, 10_000} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			rng := scenariotest.Seeded(uint64(n))
			m := randomMixture(n, rng)
			for range max(1, 20_000/(n+100)) {
				scenariotest.CheckRow(t, m, 1+rng.IntN(700), -60-rng.Float64(), 120*rng.Float64()/500, 60*rng.NormFloat64())
			}
		})
	}
}

// Far out, exponents overflow and differ by rounding alone.
func TestRowsFarFromAllModesEqualTheirNodes(t *testing.T) {
	m := randomMixture(50, scenariotest.Seeded(5))
	for _, far := range []float64{1e3, 1e8, 1e20, 1e80, 1e150} {
		for _, y := range []float64{0, far, -far} {
			for _, x0 := range []float64{-far, 0, far / 2} {
				row := make([]float64, 100)
				scenarios.LogDensityRow(m, row, x0, far/99, y)
				for i, got := range row {
					if want := m.LogDensity(x0+float64(i)*(far/99), y); got != want && !scenariotest.Near(got, want, 1e-14) {
						t.Fatalf("at (%g, %g) the row has %g, alone it is %g", x0+float64(i)*(far/99), y, got, want)
					}
				}
			}
		}
	}
}

func BenchmarkLogDensityRowOf10000(b *testing.B) {
	target, row := randomMixture(10_000, scenariotest.Seeded(1)), make([]float64, 1027)
	for i := 0; b.Loop(); i++ {
		scenarios.LogDensityRow(target, row, -56, 112./1026, -56+112*float64(i%97)/96)
	}
}
