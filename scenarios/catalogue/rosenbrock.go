package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
)

// Rosenbrock is the density of Rosenbrock's function, with y in units of ten,
//
//	log p = −0.02[(1 − x)² + 100(10y − x²)²].
//
// Its exact sampler is x ~ N(1, 5²), then 10y given x ~ N(x², ½²). Hence
// Z = 5√(2π) · ½√(2π)/10 = π/2. Its mode is (1, 1/10).
type Rosenbrock struct{}

var (
	_ scenarios.Target  = Rosenbrock{}
	_ scenarios.Sampler = Rosenbrock{}
)

// LogDensity is not normalised: log Z = ln(π/2).
func (Rosenbrock) LogDensity(x, y float64) float64 {
	return -0.02 * (square(1-x) + 100*square(10*y-x*x))
}

// Score is (0.04(1 − x) + 8x·v, −40v) with v = 10y − x².
func (Rosenbrock) Score(x, y float64) (gx, gy float64) {
	v := 10*y - x*x
	return 0.04*(1-x) + 8*x*v, -40 * v
}

// Sample draws x, then y.
func (Rosenbrock) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		x := 1 + 5*rng.NormFloat64()
		dst[i] = scenarios.Point{X: x, Y: (x*x + rng.NormFloat64()/2) / 10}
	}
}

func rosenbrock() scenarios.Scenario {
	return scenarios.Scenario{
		Name:   "Rosenbrock's valley",
		Kind:   scenarios.KindCurved,
		Story:  "the valley floor is found at once, the way along it is long",
		Source: "as in common use, but y in tens: −0.02[(1 − x)² + 100(10y − x²)²]",
		Target: Rosenbrock{},
		Truth: scenarios.Truth{
			LogZ:       math.Log(math.Pi / 2),
			Modes:      []scenarios.Point{{X: 1, Y: 0.1}},
			ModeMasses: []float64{1},
			Sampler:    Rosenbrock{},
		},
		Start:     scenarios.NewGaussianStart(-10, 10, 2),
		Window:    scenarios.Window{XMin: -20, XMax: 20, YMin: -0.9, YMax: 39.3},
		Regions:   bandsAlongX([]float64{-5.5, -1.5, 3.5, 7.5}, "left height", "left slope", "floor", "right slope", "right height"),
		Particles: 4000,
		Bandwidth: 0.34,
	}
}
