package baseline

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/movers"
)

// Parameters of AdaGrad as in the authors' code: the decay of the mean square, and the constant
// added to the denominator.
const (
	memory = 0.9
	fudge  = 1e-6
)

// stein is Stein variational gradient descent, x ← x + ε φ(x) with φ of movers.Stein and steps scaled
// by AdaGrad. In the pair sums, points outside the window are clamped to its edge.
func stein(points []scenarios.Point, target scenarios.Target, w scenarios.Window, step float64, budget int, rng *rand.Rand) (evaluations int) {
	s := steinState{Stein: movers.NewStein(len(points)), past: make([]float64, 2*len(points))}
	seed := rng.Uint64()
	for ; evaluations+len(points) <= budget; evaluations += len(points) {
		s.SetScores(points, target, 0, len(points))
		s.Direction(points, w, movers.MedianRule(points, seed, 1))
		for i, phi := range s.Phi {
			points[i].X += step * s.scaled(2*i, phi.X, evaluations == 0)
			points[i].Y += step * s.scaled(2*i+1, phi.Y, evaluations == 0)
		}
	}
	return evaluations
}

type steinState struct {
	*movers.Stein
	past []float64 // mean square of φ
}

// scaled is one component of φ divided by its root mean square.
func (s *steinState) scaled(i int, phi float64, first bool) float64 {
	if first {
		s.past[i] = phi * phi
	} else {
		s.past[i] = memory*s.past[i] + (1-memory)*phi*phi
	}
	return phi / (fudge + math.Sqrt(s.past[i]))
}
