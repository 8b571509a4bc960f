// Package baseline is the methods that a flow is compared with: chains and
// particles that move by the target's score. Each moves a cloud from where it
// starts within a budget of evaluations of the target; asking log p, its score, or
// both at one point is one evaluation.
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
	// ULA is the unadjusted Langevin algorithm, a chain a point.
	ULA Method = "ula"
	// MALA is Langevin's with the correction of Metropolis and Hastings.
	MALA Method = "mala"
	// SVGD is Stein variational gradient descent with the median rule.
	SVGD Method = "svgd"
)

// Methods are the baselines there are.
func Methods() []Method { return []Method{ULA, MALA, SVGD} }

// Ladder is the step sizes that a method is tuned over, in units of h² for the
// chains (the ε of x + ε∇log p + √(2ε)ξ) and of h for SVGD's AdaGrad.
func (m Method) Ladder() []float64 {
	if m == SVGD {
		return []float64{1. / 64, 1. / 16, 1. / 4, 1, 4}
	}
	return []float64{1. / 16, 1. / 4, 1, 4, 16, 64}
}

// Run moves the points in place, as many steps as the budget pays for, and returns
// the evaluations it made. h is the length that the step is in units of; see Ladder.
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

// farthest is how far a chain may get; scenarios' densities are defined to there.
const farthest = 1e150

// finite tells whether a chain can go on from a point. An unadjusted step that is
// too long for a steep target leads further and further out.
func finite(p scenarios.Point) bool { return math.Abs(p.X) < farthest && math.Abs(p.Y) < farthest }

// here is what a chain knows of its place.
type here struct{ logP, gx, gy float64 }

func look(target scenarios.Target, p scenarios.Point) here {
	gx, gy := target.Score(p.X, p.Y)
	return here{target.LogDensity(p.X, p.Y), gx, gy}
}

// metropolis proposes as langevin does and accepts with probability
// min(1, p(y)k(y→x)/p(x)k(x→y)).
func metropolis(points []scenarios.Point, target scenarios.Target, epsilon float64, budget int, rng *rand.Rand) (evaluations int) {
	if budget < len(points) {
		return 0
	}
	noise, at := math.Sqrt(2*epsilon), make([]here, len(points))
	for i, p := range points {
		at[i] = look(target, p)
	}
	for evaluations = len(points); evaluations+len(points) <= budget; evaluations += len(points) {
		for i, p := range points {
			a := at[i]
			q := scenarios.Point{X: p.X + epsilon*a.gx + noise*rng.NormFloat64(), Y: p.Y + epsilon*a.gy + noise*rng.NormFloat64()}
			u := rng.Float64()
			if !finite(q) {
				continue
			}
			b := look(target, q)
			if math.Log(u) < b.logP-a.logP+proposal(q, p, b, epsilon)-proposal(p, q, a, epsilon) {
				points[i], at[i] = q, b
			}
		}
	}
	return evaluations
}

// proposal is log k(x→y) of a Langevin step, up to its constant.
func proposal(x, y scenarios.Point, at here, epsilon float64) float64 {
	dx, dy := y.X-x.X-epsilon*at.gx, y.Y-x.Y-epsilon*at.gy
	return -(dx*dx + dy*dy) / (4 * epsilon)
}
