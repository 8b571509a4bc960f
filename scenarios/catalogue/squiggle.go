package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
)

// Squiggle is a Gaussian sheared along a sine,
//
//	p(x, y) = N((x, y + sin 5x); 0, [[2, ¼], [¼, ½]]).
//
// A shear preserves areas, so Z = 1, and its inverse maps Gaussian draws to exact ones. The
// mode is the origin.
type Squiggle struct{ straight scenarios.Normal }

var (
	_ scenarios.Target  = Squiggle{}
	_ scenarios.Sampler = Squiggle{}
)

// squiggleWaves is the wave number of the sine.
const squiggleWaves = 5

// NewSquiggle returns the squiggle of the mcmc-demo page.
func NewSquiggle() Squiggle {
	return Squiggle{scenarios.NewNormal(scenarios.Point{}, scenarios.Cov{XX: 2, XY: 0.25, YY: 0.5})}
}

// LogDensity is normalised.
func (s Squiggle) LogDensity(x, y float64) float64 {
	return s.straight.LogDensity(x, y+math.Sin(squiggleWaves*x))
}

// Score is Jᵀ∇log N, with J = [[1, 0], [5 cos 5x, 1]] the derivative of the shear.
func (s Squiggle) Score(x, y float64) (gx, gy float64) {
	sin, cos := math.Sincos(squiggleWaves * x)
	gu, gv := s.straight.Score(x, y+sin)
	return gu + squiggleWaves*cos*gv, gv
}

// Sample draws from the Gaussian and applies the inverse shear.
func (s Squiggle) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = s.straight.Draw(rng)
		dst[i].Y -= math.Sin(squiggleWaves * dst[i].X)
	}
}

func squiggle() scenarios.Scenario {
	target := NewSquiggle()
	return scenarios.Scenario{
		Name:   "squiggle",
		Kind:   scenarios.KindCurved,
		Story:  "a round cloud has to learn the wave, its far ends last",
		Source: "mcmc-demo: N(0, [[2, ¼], [¼, ½]]) at (x, y + sin 5x)",
		Target: target,
		Truth: scenarios.Truth{
			Modes:      []scenarios.Point{{X: 0, Y: 0}},
			ModeMasses: []float64{1},
			Sampler:    target,
		},
		Start:     scenarios.NewGaussianStart(0, 0, 0.8),
		Window:    scenarios.Window{XMin: -5.9, XMax: 5.9, YMin: -4.1, YMax: 4.1},
		Particles: 4000,
		Bandwidth: 0.1,
	}
}
