// Package baseline implements the methods with which a flow is compared: ULA, MALA and SVGD.
// Each moves points within a budget of evaluations of the target; log p, its score, or both at
// one point count as one evaluation.
package baseline

import (
	"fmt"
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/movers"
)

// Method is one of the baselines.
type Method string

const (
	// ULA is the unadjusted Langevin algorithm, with one chain per point.
	ULA Method = "ula"
	// MALA is the Metropolis-adjusted Langevin algorithm.
	MALA Method = "mala"
	// SVGD is Stein variational gradient descent with the median rule.
	SVGD Method = "svgd"
)

// Methods returns all baselines.
func Methods() []Method { return []Method{ULA, MALA, SVGD} }

// Ladder returns the step sizes over which a method is tuned, in units of h² for the chains
// (the ε of x + ε∇log p + √(2ε)ξ) and of h for SVGD with AdaGrad.
func (m Method) Ladder() []float64 {
	if m == SVGD {
		return []float64{1. / 64, 1. / 16, 1. / 4, 1, 4}
	}
	return []float64{1. / 16, 1. / 4, 1, 4, 16, 64}
}

// Run moves the points in place, by as many steps as the budget allows, and returns the number
// of evaluations. h is the unit of length of the step; see Ladder.
func (m Method) Run(points []scenarios.Point, target scenarios.Target, w scenarios.Window, h, step float64, budget int, rng *rand.Rand) (evaluations int) {
	switch m {
	case ULA:
		return langevin(points, target, step*h*h, budget, rng)
	case MALA:
		return metropolis(points, target, step*h*h, budget, rng)
	case SVGD:
		return stein(points, target, w, step*h, budget, rng)
	}
	panic(fmt.Sprintf("baseline: unknown method %q", string(m)))
}

// langevin is x ← x + ε∇log p(x) + √(2ε)ξ: Roberts, Tweedie (1996), Exponential
// convergence of Langevin distributions and their discrete approximations,
// Bernoulli 2.
func langevin(points []scenarios.Point, target scenarios.Target, epsilon float64, budget int, rng *rand.Rand) (evaluations int) {
	noise := math.Sqrt(2 * epsilon)
	for ; evaluations+len(points) <= budget; evaluations += len(points) {
		for i, p := range points {
			var s movers.State
			s.GX, s.GY = target.Score(p.X, p.Y)
			if next := s.Langevin(p, epsilon, noise, rng.NormFloat64(), rng.NormFloat64()); finite(next) {
				points[i] = next
			}
		}
	}
	return evaluations
}

// maxCoordinate bounds the coordinates of a chain; targets are defined up to it.
const maxCoordinate = 1e150

// finite reports whether a point is within maxCoordinate. An unadjusted chain with too long a
// step diverges on a steep target.
func finite(p scenarios.Point) bool {
	return math.Abs(p.X) < maxCoordinate && math.Abs(p.Y) < maxCoordinate
}

// metropolis proposes like langevin and accepts by movers.LogAcceptance.
func metropolis(points []scenarios.Point, target scenarios.Target, epsilon float64, budget int, rng *rand.Rand) (evaluations int) {
	if budget < len(points) {
		return 0
	}
	noise, states := math.Sqrt(2*epsilon), make([]movers.State, len(points))
	for i, p := range points {
		states[i] = movers.At(target, p)
	}
	for evaluations = len(points); evaluations+len(points) <= budget; evaluations += len(points) {
		for i, p := range points {
			a := states[i]
			q := a.Langevin(p, epsilon, noise, rng.NormFloat64(), rng.NormFloat64())
			u := rng.Float64()
			if !finite(q) {
				continue
			}
			b := movers.At(target, q)
			if math.Log(u) < movers.LogAcceptance(p, q, a, b, epsilon) {
				points[i], states[i] = q, b
			}
		}
	}
	return evaluations
}
