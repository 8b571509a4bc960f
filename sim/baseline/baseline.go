// Package baseline implements the methods with which a flow is compared: ULA, MALA and SVGD.
// Each moves points within a budget of evaluations of the target; log p, its score, or both at
// one point count as one evaluation.
package baseline

import (
	"fmt"
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
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
			gx, gy := target.Score(p.X, p.Y)
			next := scenarios.Point{X: p.X + epsilon*gx + noise*rng.NormFloat64(), Y: p.Y + epsilon*gy + noise*rng.NormFloat64()}
			if finite(next) {
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

// state is log p and its gradient at the position of a chain.
type state struct{ logP, gx, gy float64 }

func newState(target scenarios.Target, p scenarios.Point) state {
	gx, gy := target.Score(p.X, p.Y)
	return state{target.LogDensity(p.X, p.Y), gx, gy}
}

// metropolis proposes like langevin and accepts with probability
// min(1, p(y)k(y→x)/p(x)k(x→y)): Roberts, Tweedie (1996).
func metropolis(points []scenarios.Point, target scenarios.Target, epsilon float64, budget int, rng *rand.Rand) (evaluations int) {
	if budget < len(points) {
		return 0
	}
	noise, states := math.Sqrt(2*epsilon), make([]state, len(points))
	for i, p := range points {
		states[i] = newState(target, p)
	}
	for evaluations = len(points); evaluations+len(points) <= budget; evaluations += len(points) {
		for i, p := range points {
			a := states[i]
			q := scenarios.Point{X: p.X + epsilon*a.gx + noise*rng.NormFloat64(), Y: p.Y + epsilon*a.gy + noise*rng.NormFloat64()}
			u := rng.Float64()
			if !finite(q) {
				continue
			}
			b := newState(target, q)
			if math.Log(u) < b.logP-a.logP+proposal(q, p, b, epsilon)-proposal(p, q, a, epsilon) {
				points[i], states[i] = q, b
			}
		}
	}
	return evaluations
}

// proposal is log k(x→y) of a Langevin step, up to its constant.
func proposal(x, y scenarios.Point, s state, epsilon float64) float64 {
	dx, dy := y.X-x.X-epsilon*s.gx, y.Y-x.Y-epsilon*s.gy
	return -(dx*dx + dy*dy) / (4 * epsilon)
}
