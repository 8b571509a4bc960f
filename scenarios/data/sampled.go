package data

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Sampled is a target of which only draws are known: their kernel density estimate, and with
// weight 10⁻³ a wide Gaussian with the estimate's mean and covariance, so that the gradient
// does not vanish far from the draws,
//
//	p = (1 − 10⁻³) · (1/n) Σᵢ N(x; xᵢ, kernel²) + 10⁻³ · N(x; wide).
//
// Its logarithm is tabulated once on a lattice of spacing kernel/3 and interpolated by a
// cubic B-spline: the cost of a value does not depend on the number of points, and the score
// is the exact derivative of the spline. Outside the lattice, which ends eleven kernels from
// the points, p is the wide Gaussian alone. Sample draws exactly from p.
//
// Of weighted draws the first sum is Σ wᵢ N(x; xᵢ, kernel²)/Σ wᵢ.
type Sampled struct {
	points  []scenarios.Point
	weights *scenarios.Weights // nil if all are equal
	kernel  scenarios.Point    // standard deviations along the axes
	wide    scenarios.Normal
	log     spline
}

var (
	_ scenarios.RowTarget = (*Sampled)(nil)
	_ scenarios.Sampler   = (*Sampled)(nil)
)

const (
	// wideShare is the weight of the wide Gaussian.
	wideShare = 1e-3
	// wideDeviations bounds the distance of the points from the mean of the wide Gaussian, in
	// its standard deviations; for more distant points it is widened.
	wideDeviations = 6
	// maxCoordinate bounds the points: squares of numbers far above it overflow.
	maxCoordinate = 1e100
	// minSpan is the smallest extent of the points, relative to their coordinates; below it
	// they count as one point.
	minSpan = 1e-9
)

// NewSampled smooths at least two distinct points with a Gaussian kernel of the given standard
// deviation. A kernel of 0 selects Scott's rule along each axis,
//
//	kernel = n^(−1/6) · min(standard deviation, interquartile range/1.34)
//
// (D. W. Scott, Multivariate Density Estimation, 1992; the second measure of spread is
// Silverman's guard against several modes), raised to the smallest kernel of the lattice.
// The target keeps the points, which must not change. Errors count them from 0.
func NewSampled(points []scenarios.Point, kernel float64) (*Sampled, error) {
	return NewWeighted(points, nil, kernel)
}

// NewWeighted is NewSampled of points with weights of 0 or more; nil stands for equal ones. In Scott's
// rule the number of points is then their effective size, and standard deviation and quartiles are
// weighted.
func NewWeighted(points []scenarios.Point, weights []float64, kernel float64) (*Sampled, error) {
	if len(weights) != len(points) && weights != nil {
		return nil, fmt.Errorf("%d weights of %d points, expected one for each", len(weights), len(points))
	}
	x, y, err := checkPoints(points)
	if err != nil {
		return nil, err
	}
	s := &Sampled{points: points, kernel: scenarios.Point{X: kernel, Y: kernel}}
	if weights != nil {
		if s.weights, err = scenarios.NewWeights(weights); err != nil {
			return nil, err
		}
	}
	switch smallest := max(x.minKernel(), y.minKernel()); {
	case kernel == 0:
		s.kernel = s.scottsRule(x, y)
	case !(kernel > 0) || !scenarios.IsFinite(kernel):
		return nil, fmt.Errorf("kernel is %g, expected a positive number, or 0 for a rule of thumb", kernel)
	case kernel < smallest:
		return nil, fmt.Errorf("kernel is %g, expected at least %.3g for points that span %.3g by %.3g", kernel, smallest, x.length(), y.length())
	}
	s.tabulate(x, y, weights)
	return s, nil
}

// span is the range of the coordinates along an axis.
type span struct{ lo, hi float64 }

func (s span) length() float64 { return s.hi - s.lo }

// size is the largest absolute coordinate.
func (s span) size() float64 { return max(math.Abs(s.lo), math.Abs(s.hi)) }

// minKernel is the narrowest kernel for which the lattice is not too large and its nodes are
// distinct.
func (s span) minKernel() float64 { return max(s.length()/maxKernels, minSpan*s.size()) }

func checkPoints(points []scenarios.Point) (x, y span, err error) {
	if len(points) < 2 {
		return x, y, fmt.Errorf("the number of points is %d, expected at least two", len(points))
	}
	x, y = span{math.Inf(1), math.Inf(-1)}, span{math.Inf(1), math.Inf(-1)}
	for i, p := range points {
		if !(math.Abs(p.X) <= maxCoordinate && math.Abs(p.Y) <= maxCoordinate) {
			return x, y, fmt.Errorf("point %d is (%g, %g), expected two numbers up to %g", i, p.X, p.Y, maxCoordinate)
		}
		x, y = span{min(x.lo, p.X), max(x.hi, p.X)}, span{min(y.lo, p.Y), max(y.hi, p.Y)}
	}
	if max(x.length(), y.length()) <= max(minSpan*max(x.size(), y.size()), 1/maxCoordinate) {
		return x, y, fmt.Errorf("all %d points are at (%g, %g), expected at least two distinct ones", len(points), x.lo, y.lo)
	}
	return x, y, nil
}

// scottsRule returns a kernel for each axis. An axis along which nothing varies gets the
// kernel of the other.
func (s *Sampled) scottsRule(x, y span) scenarios.Point {
	along, n := make([]float64, len(s.points)), float64(len(s.points))
	if s.weights != nil {
		n = s.weights.EffectiveSize()
	}
	rule := func(coordinate func(scenarios.Point) float64) float64 {
		for i, p := range s.points {
			along[i] = coordinate(p)
		}
		if s.weights != nil {
			return weightedSpread(along, s.weights) * portable.Pow(n, -1.0/6)
		}
		return spread(along) * portable.Pow(n, -1.0/6)
	}
	kernel := scenarios.Point{X: rule(func(p scenarios.Point) float64 { return p.X }), Y: rule(func(p scenarios.Point) float64 { return p.Y })}
	if kernel.X == 0 {
		kernel.X = kernel.Y
	}
	if kernel.Y == 0 {
		kernel.Y = kernel.X
	}
	return scenarios.Point{X: max(kernel.X, x.minKernel()), Y: max(kernel.Y, y.minKernel())}
}

// spread is the smaller of the standard deviation and, if positive, the interquartile range
// over 1.34. It sorts the values.
func spread(values []float64) float64 {
	mean, variance := 0.0, 0.0
	for i, v := range values {
		mean += (v - mean) / float64(i+1)
	}
	for _, v := range values {
		variance += square(v-mean) / float64(len(values))
	}
	slices.Sort(values)
	interquartile := values[len(values)*3/4] - values[len(values)/4]
	if interquartile > 0 {
		return min(math.Sqrt(variance), interquartile/1.34)
	}
	return math.Sqrt(variance)
}

// weightedSpread is spread of weighted values. A quartile is the first value up to which there is
// more than a quarter, or three, of the weight; what is more by rounding alone is not.
func weightedSpread(values []float64, weights *scenarios.Weights) float64 {
	mean, variance, order := 0.0, 0.0, make([]int, len(values))
	for i, v := range values {
		order[i], mean = i, mean+weights.Share(i)*v
	}
	for i, v := range values {
		variance += weights.Share(i) * square(v-mean)
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(values[i], values[j]) })
	const rounding = 1e-9
	sum, lower, upper := 0.0, math.NaN(), math.NaN()
	for _, i := range order {
		sum += weights.Share(i)
		if math.IsNaN(lower) && sum > 0.25+rounding {
			lower = values[i]
		}
		if math.IsNaN(upper) && sum > 0.75+rounding {
			upper = values[i]
		}
	}
	if upper > lower {
		return min(math.Sqrt(variance), (upper-lower)/1.34)
	}
	return math.Sqrt(variance)
}

// wideGaussian has the mean and the covariance of the estimate, scaled up if a point is more
// than wideDeviations away.
func wideGaussian(points []scenarios.Point, weights []float64, kernel scenarios.Point) scenarios.Normal {
	mean, c := scenarios.WeightedMoments(points, weights)
	c.XX, c.YY = c.XX+kernel.X*kernel.X, c.YY+kernel.Y*kernel.Y
	wide, furthest := scenarios.NewNormal(mean, c), 0.0
	for _, p := range points {
		u, v := wide.Whiten(p.X, p.Y)
		furthest = max(furthest, u*u+v*v)
	}
	if f := furthest / (wideDeviations * wideDeviations); f > 1 {
		wide = scenarios.NewNormal(mean, scenarios.Cov{XX: f * c.XX, XY: f * c.XY, YY: f * c.YY})
	}
	return wide
}

// tabulate computes the spline of log p.
func (s *Sampled) tabulate(xs, ys span, weights []float64) {
	x, y := axisOver(xs.lo, xs.hi, s.kernel.X), axisOver(ys.lo, ys.hi, s.kernel.Y)
	var logs []float64
	atOnce(
		func() { logs = s.kernelDensity(x, y) },
		func() { s.wide = wideGaussian(s.points, weights, s.kernel) },
	)
	logWide, logNear := math.Log(wideShare), math.Log1p(-wideShare)
	inStripes(y.n, func(from, to int) {
		for i := from * x.n; i < to*x.n; i++ {
			wide := logWide + s.wide.LogDensity(x.node(i%x.n), y.node(i/x.n))
			logs[i] = logAdd(logNear+math.Log(logs[i]), wide)
		}
	})
	// At its edge the density is the wide Gaussian.
	curvatureX, curvatureY := s.wide.Curvature()
	s.log = newSpline(logs, x, y, curvatureX, curvatureY)
}

// LogDensity is log p up to the error of the spline: the integral of p is close to one.
func (s *Sampled) LogDensity(x, y float64) float64 {
	if s.log.contains(x, y) {
		return s.log.value(x, y)
	}
	return math.Log(wideShare) + s.wide.LogDensity(x, y)
}

// LogDensityRow writes LogDensity at (x0 + i·dx, y) to dst[i]; what depends on y alone is computed once.
func (s *Sampled) LogDensityRow(dst []float64, x0, dx, y float64) {
	onLattice := s.log.y.contains(y)
	j, u := s.log.y.cell(y)
	wy := bSpline(u)
	for i := range dst {
		x := x0 + float64(i)*dx
		if !onLattice || !s.log.x.contains(x) {
			dst[i] = math.Log(wideShare) + s.wide.LogDensity(x, y)
			continue
		}
		k, t := s.log.x.cell(x)
		dst[i] = s.log.sum(k, j, bSpline(t), wy)
	}
}

// Score is the derivative of LogDensity.
func (s *Sampled) Score(x, y float64) (gx, gy float64) {
	if s.log.contains(x, y) {
		return s.log.slope(x, y)
	}
	return s.wide.Score(x, y)
}

// Sample chooses a point and adds the kernel's noise, or draws from the wide Gaussian.
func (s *Sampled) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		if rng.Float64() < wideShare {
			dst[i] = s.wide.Draw(rng)
			continue
		}
		p := s.points[s.draw(rng)]
		dst[i] = scenarios.Point{X: p.X + s.kernel.X*rng.NormFloat64(), Y: p.Y + s.kernel.Y*rng.NormFloat64()}
	}
}

// draw returns the index of a point, chosen by weight.
func (s *Sampled) draw(rng *rand.Rand) int {
	if s.weights != nil {
		return s.weights.Draw(rng)
	}
	return rng.IntN(len(s.points))
}

// Kernel returns the standard deviations of the kernel along the axes.
func (s *Sampled) Kernel() scenarios.Point { return s.kernel }

// around returns the bounding box of the points with a margin of four kernels plus a tenth of
// its longer side.
func (s *Sampled) around() scenarios.Window {
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for _, p := range s.points {
		w.XMin, w.XMax = min(w.XMin, p.X), max(w.XMax, p.X)
		w.YMin, w.YMax = min(w.YMin, p.Y), max(w.YMax, p.Y)
	}
	const kernels, fraction = 4, 0.1
	room := kernels*max(s.kernel.X, s.kernel.Y) + fraction*max(w.XMax-w.XMin, w.YMax-w.YMin)
	return scenarios.Window{XMin: w.XMin - room, XMax: w.XMax + room, YMin: w.YMin - room, YMax: w.YMax + room}
}
