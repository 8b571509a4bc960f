package movers

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/metrics"
)

// Stein computes the direction of Stein variational gradient descent,
//
//	φ(x) = mean_j [k(xⱼ, x) ∇log p(xⱼ) + ∇ₓⱼ k(xⱼ, x)], k = exp(−d²/2σ²),
//
// of Liu, Wang (2016), Stein variational gradient descent, NeurIPS 29. φ is in 1/length. The pair sums
// are grid.KernelSums; ∇ₓⱼ k = (x − xⱼ)k/σ² needs two more of them.
type Stein struct {
	// Phi is φ at the points, from Direction.
	Phi                    []scenarios.Point
	steep                  []bool // the score is not finite
	x, y, gx, gy           []float64
	mass, sx, sy, spx, spy []float64
}

// NewStein returns the memory for n points.
func NewStein(n int) *Stein {
	s := &Stein{Phi: make([]scenarios.Point, n), steep: make([]bool, n)}
	for _, v := range []*[]float64{&s.x, &s.y, &s.gx, &s.gy, &s.mass, &s.sx, &s.sy, &s.spx, &s.spy} {
		*v = make([]float64, n)
	}
	return s
}

// MedianRule is the bandwidth σ of the kernel, σ² = median²/(2 ln n) with the median distance of random
// pairs drawn from seed; fallback where that is no positive number.
func MedianRule(points []scenarios.Point, seed uint64, fallback float64) float64 {
	if n := float64(len(points)); n >= 2 {
		if sigma := metrics.MedianDistance(points, seed) / math.Sqrt(2*math.Log(n)); sigma > 0 {
			return sigma
		}
	}
	return fallback
}

// SetScores evaluates the score at the points from..to−1. One that is not finite counts as zero.
func (s *Stein) SetScores(points []scenarios.Point, target scenarios.Target, from, to int) {
	for i := from; i < to; i++ {
		s.gx[i], s.gy[i] = target.Score(points[i].X, points[i].Y)
		if s.steep[i] = !scenarios.IsFinite(s.gx[i]) || !scenarios.IsFinite(s.gy[i]); s.steep[i] {
			s.gx[i], s.gy[i] = 0, 0
		}
	}
}

// Direction computes Phi at n points whose scores are set. In the pair sums, points outside the window
// are clamped to its edge.
func (s *Stein) Direction(points []scenarios.Point, w scenarios.Window, sigma float64) {
	n := float64(len(points))
	for i, p := range points {
		s.x[i], s.y[i] = min(max(p.X, w.XMin), w.XMax), min(max(p.Y, w.YMin), w.YMax)
	}
	k := grid.NewKernelSums(w, sigma)
	for _, sum := range []struct{ of, to []float64 }{{nil, s.mass}, {s.x, s.sx}, {s.y, s.sy}, {s.gx, s.spx}, {s.gy, s.spy}} {
		k.Set(points, sum.of)
		k.Evaluate(sum.to, points)
	}
	for i := range points {
		s.Phi[i] = scenarios.Point{
			X: (s.spx[i] + (s.x[i]*s.mass[i]-s.sx[i])/(sigma*sigma)) / n,
			Y: (s.spy[i] + (s.y[i]*s.mass[i]-s.sy[i])/(sigma*sigma)) / n,
		}
	}
}

// meanKernel is κ, the mean of k(xⱼ, xᵢ) over all i and j, after Direction.
func (s *Stein) meanKernel() (kappa float64) {
	n := float64(len(s.mass))
	for _, v := range s.mass {
		kappa += v / (n * n)
	}
	return kappa
}

// steinMethod is x ← x + εφ(x)/κ, with the mean κ of the kernel over all pairs. Among particles within one
// kernel φ/κ is their mean score: ε is that of a Langevin step, whatever the share of the particles that a
// kernel reaches. There is no memory of earlier steps, in contrast to the authors' AdaGrad. φ is smooth on the
// scale of σ: a displacement is at most σ, so that a steep score far out throws no particle across the window.
// A particle with a score that is not finite stays.
type steinMethod struct {
	*Stein
	config  Config
	epsilon float64
	sigma   float64
	scale   float64 // ε/κ

	points   []scenarios.Point
	evaluate func(worker, from, to int)
}

func newSteinMethod(c Config, epsilon float64) *steinMethod {
	s := &steinMethod{config: c, epsilon: epsilon, Stein: NewStein(0)}
	s.evaluate = func(_, from, to int) { s.SetScores(s.points, c.Target, from, to) }
	return s
}

func (s *steinMethod) prepare(points []scenarios.Point, key streams.Stream) (evaluations int) {
	if len(points) != len(s.Phi) {
		s.Stein = NewStein(len(points))
	}
	s.points = points
	s.config.Workers.Each(len(points), chunk, s.evaluate)
	box := boxAround(points, s.config.Bandwidth)
	s.sigma = MedianRule(points, uint64(key), s.config.Bandwidth)
	for !grid.Resolves(box, s.sigma) { // a few are far from all others
		s.sigma *= 1.1
	}
	s.Direction(points, box, s.sigma)
	s.scale = s.epsilon / s.meanKernel()
	s.points = nil
	return len(points)
}

func (s *steinMethod) move(i int, p scenarios.Point, _ *rand.Rand) outcome {
	if s.steep[i] {
		return outcome{to: p}
	}
	d := grid.Vector{X: s.Phi[i].X, Y: s.Phi[i].Y}.Times(s.scale)
	if square := d.Dot(d); square > s.sigma*s.sigma {
		d = d.Shorten(s.sigma, square)
	}
	return outcome{to: scenarios.Point{X: p.X + d.X, Y: p.Y + d.Y}}
}

// boxAround is the smallest rectangle that contains the points, with a margin.
func boxAround(points []scenarios.Point, margin float64) scenarios.Window {
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for _, p := range points {
		w.XMin, w.XMax = min(w.XMin, p.X-margin), max(w.XMax, p.X+margin)
		w.YMin, w.YMax = min(w.YMin, p.Y-margin), max(w.YMax, p.Y+margin)
	}
	return w
}
