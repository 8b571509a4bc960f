package baseline

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/metrics"
)

// Parameters of AdaGrad as in the authors' code: the decay of the mean square, and the constant
// added to the denominator.
const (
	memory = 0.9
	fudge  = 1e-6
)

// stein is the method of Liu, Wang (2016), Stein variational gradient descent,
// NeurIPS: x ← x + ε φ(x) with
//
//	φ(x) = mean_j [k(xⱼ, x) ∇log p(xⱼ) + ∇ₓⱼ k(xⱼ, x)], k = exp(−d²/2σ²),
//
// σ² = med²/(2 ln N) by the median rule, and steps scaled by AdaGrad. The pair sums
// are grid.KernelSums; ∇ₓⱼ k = (x − xⱼ)k/σ² needs two more of them.
func stein(points []scenarios.Point, target scenarios.Target, w scenarios.Window, step float64, budget int, rng *rand.Rand) (evaluations int) {
	s := newSteinState(len(points))
	seed := rng.Uint64()
	for ; evaluations+len(points) <= budget; evaluations += len(points) {
		s.direction(points, target, w, seed)
		for i := range points {
			points[i].X += step * s.scaled(2*i, s.phi[i].X, evaluations == 0)
			points[i].Y += step * s.scaled(2*i+1, s.phi[i].Y, evaluations == 0)
		}
	}
	return evaluations
}

type steinState struct {
	phi                    []scenarios.Point
	past                   []float64 // mean square of φ
	x, y, gx, gy           []float64
	mass, sx, sy, spx, spy []float64
}

func newSteinState(n int) *steinState {
	s := &steinState{phi: make([]scenarios.Point, n), past: make([]float64, 2*n)}
	for _, v := range []*[]float64{&s.x, &s.y, &s.gx, &s.gy, &s.mass, &s.sx, &s.sy, &s.spx, &s.spy} {
		*v = make([]float64, n)
	}
	return s
}

// direction computes φ at the points. In the pair sums, points outside the window are clamped
// to its edge.
func (s *steinState) direction(points []scenarios.Point, target scenarios.Target, w scenarios.Window, seed uint64) {
	n := float64(len(points))
	sigma := metrics.MedianDistance(points, seed) / math.Sqrt(2*math.Log(n))
	if sigma == 0 {
		sigma = 1
	}
	for i, p := range points {
		s.x[i], s.y[i] = min(max(p.X, w.XMin), w.XMax), min(max(p.Y, w.YMin), w.YMax)
		s.gx[i], s.gy[i] = target.Score(p.X, p.Y)
	}
	k := grid.NewKernelSums(w, sigma)
	for _, sum := range []struct{ of, to []float64 }{{nil, s.mass}, {s.x, s.sx}, {s.y, s.sy}, {s.gx, s.spx}, {s.gy, s.spy}} {
		k.Set(points, sum.of)
		k.Evaluate(sum.to, points)
	}
	for i := range points {
		s.phi[i] = scenarios.Point{
			X: (s.spx[i] + (s.x[i]*s.mass[i]-s.sx[i])/(sigma*sigma)) / n,
			Y: (s.spy[i] + (s.y[i]*s.mass[i]-s.sy[i])/(sigma*sigma)) / n,
		}
	}
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
