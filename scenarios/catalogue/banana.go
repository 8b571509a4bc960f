package catalogue

import (
	"math/rand/v2"

	"undercurrent/scenarios"
)

// Banana is a Gaussian bent along a parabola,
//
//	p(x, y) = N((u, v); (0, 4), [[1, ½], [½, 1]]),  u = x/2,  v = 2y + 0.4(x² + 4).
//
// The map (x, y) → (u, v) has determinant ½ · 2 = 1, so Z = 1, and its inverse maps Gaussian
// draws to exact ones. The mode has (u, v) = (0, 4): (0, 1.2).
type Banana struct{ straight scenarios.Normal }

var (
	_ scenarios.Target  = Banana{}
	_ scenarios.Sampler = Banana{}
)

// NewBanana returns the banana of the mcmc-demo page.
func NewBanana() Banana {
	return Banana{scenarios.NewNormal(scenarios.Point{X: 0, Y: 4}, scenarios.Cov{XX: 1, XY: 0.5, YY: 1})}
}

func straighten(x, y float64) (u, v float64) { return x / 2, 2*y + 0.4*(x*x+4) }

func bend(u, v float64) scenarios.Point {
	x := 2 * u
	return scenarios.Point{X: x, Y: (v - 0.4*(x*x+4)) / 2}
}

// LogDensity is normalised.
func (b Banana) LogDensity(x, y float64) float64 {
	return b.straight.LogDensity(straighten(x, y))
}

// Score is Jᵀ∇log N, with J = [[½, 0], [0.8x, 2]] the Jacobian of (u, v).
func (b Banana) Score(x, y float64) (gx, gy float64) {
	gu, gv := b.straight.Score(straighten(x, y))
	return gu/2 + 0.8*x*gv, 2 * gv
}

// Sample draws (u, v) and applies the inverse map.
func (b Banana) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		straight := b.straight.Draw(rng)
		dst[i] = bend(straight.X, straight.Y)
	}
}

func banana() scenarios.Scenario {
	target := NewBanana()
	return scenarios.Scenario{
		Name:   "banana",
		Kind:   scenarios.KindCurved,
		Story:  "from inside the bend: the arms overfill first, the apex fills last",
		Source: "mcmc-demo: a Gaussian bent along a parabola",
		Target: target,
		Truth: scenarios.Truth{
			Modes:      []scenarios.Point{{X: 0, Y: 1.2}},
			ModeMasses: []float64{1},
			Sampler:    target,
		},
		Start:     scenarios.NewGaussianStart(0, -3, 2),
		Window:    scenarios.Window{XMin: -8.5, XMax: 8.5, YMin: -13, YMax: 4.2},
		Regions:   bandsAlongX([]float64{-2.4, -0.7, 0.7, 2.4}, "left arm", "left shoulder", "apex", "right shoulder", "right arm"),
		Particles: 4000,
		Bandwidth: 0.25,
	}
}
