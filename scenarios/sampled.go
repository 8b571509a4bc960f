package scenarios

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// Sampled is a target of which only draws are known: their kernel density estimate, and a
// thousandth of a wide Gaussian that has the estimate's mean and covariance, so that every
// place has a gradient,
//
//	p = (1 − 10⁻³) · (1/n) Σᵢ N(x; xᵢ, kernel²) + 10⁻³ · N(x; wide).
//
// Its logarithm is tabulated once on a lattice of a third of the kernel and interpolated by a
// cubic B-spline: a value costs the same however many points there are, and the score is the
// derivative of the very same spline. Outside of the lattice, eleven kernels from the
// points, there is the wide Gaussian alone. It draws exactly from p.
type Sampled struct {
	// Name is where the points came from, and Asked the kernel that was asked for: 0 has
	// it chosen by the rule of thumb.
	Name  string
	Asked float64

	points []Point
	kernel Point // standard deviations along the axes
	wide   normal
	log    spline
}

var (
	_ Target  = (*Sampled)(nil)
	_ Sampler = (*Sampled)(nil)
)

const (
	// wideShare is the weight of the wide Gaussian.
	wideShare = 1e-3
	// wideDeviations is how many of its standard deviations a point may lie out; it is
	// made wider for points further out, which would else stand above nothing.
	wideDeviations = 6
	// mostCoordinate bounds the points: squares of numbers far beyond it overflow.
	mostCoordinate = 1e100
	// leastSpan is what points must span to count as different places, relative to
	// where they are.
	leastSpan = 1e-9
)

// NewSampled smooths at least two points, at more than one place, with a Gaussian kernel of
// this standard deviation. A kernel of 0 asks for Scott's rule along either axis,
//
//	kernel = n^(−1/6) · min(standard deviation, interquartile range/1.34)
//
// (D. W. Scott, Multivariate Density Estimation, 1992; the second spread is Silverman's
// guard against several modes), raised where the lattice could not hold it. Errors count
// points from 0.
func NewSampled(points []Point, kernel float64) (*Sampled, error) {
	x, y, err := checkPoints(points)
	if err != nil {
		return nil, err
	}
	s := &Sampled{Asked: kernel, points: slices.Clone(points), kernel: Point{kernel, kernel}}
	switch least := max(x.leastKernel(), y.leastKernel()); {
	case kernel == 0:
		s.kernel = scottsRule(points, x, y)
	case !(kernel > 0) || !finite(kernel):
		return nil, fmt.Errorf("kernel is %g, expected a positive number, or 0 for a rule of thumb", kernel)
	case kernel < least:
		return nil, fmt.Errorf("kernel is %g, expected at least %.3g for points that span %.3g by %.3g", kernel, least, x.length(), y.length())
	}
	s.wide = wideGaussian(points, s.kernel)
	s.tabulate(x, y)
	return s, nil
}

// span is from the lowest to the highest coordinate along an axis.
type span struct{ lo, hi float64 }

func (s span) length() float64 { return s.hi - s.lo }

// size is the largest coordinate but for its sign.
func (s span) size() float64 { return max(math.Abs(s.lo), math.Abs(s.hi)) }

// leastKernel is the narrowest kernel for which the lattice is not too large and which
// rounding does not eat.
func (s span) leastKernel() float64 { return max(s.length()/mostKernels, leastSpan*s.size()) }

func checkPoints(points []Point) (x, y span, err error) {
	if len(points) < 2 {
		return x, y, fmt.Errorf("the number of points is %d, expected two at least", len(points))
	}
	x, y = span{math.Inf(1), math.Inf(-1)}, span{math.Inf(1), math.Inf(-1)}
	for i, p := range points {
		if !(math.Abs(p.X) <= mostCoordinate && math.Abs(p.Y) <= mostCoordinate) {
			return x, y, fmt.Errorf("point %d is (%g, %g), expected two numbers up to %g", i, p.X, p.Y, mostCoordinate)
		}
		x, y = span{min(x.lo, p.X), max(x.hi, p.X)}, span{min(y.lo, p.Y), max(y.hi, p.Y)}
	}
	if max(x.length(), y.length()) <= max(leastSpan*max(x.size(), y.size()), 1/mostCoordinate) {
		return x, y, fmt.Errorf("all %d points are at (%g, %g), expected more places than one", len(points), x.lo, y.lo)
	}
	return x, y, nil
}

// scottsRule chooses a kernel for each axis. An axis along which nothing varies has that
// of the other.
func scottsRule(points []Point, x, y span) Point {
	along := make([]float64, len(points))
	rule := func(coordinate func(Point) float64) float64 {
		for i, p := range points {
			along[i] = coordinate(p)
		}
		return spread(along) * math.Pow(float64(len(points)), -1.0/6)
	}
	kernel := Point{rule(func(p Point) float64 { return p.X }), rule(func(p Point) float64 { return p.Y })}
	if kernel.X == 0 {
		kernel.X = kernel.Y
	}
	if kernel.Y == 0 {
		kernel.Y = kernel.X
	}
	return Point{max(kernel.X, x.leastKernel()), max(kernel.Y, y.leastKernel())}
}

// spread is the smaller of the standard deviation and, where it is positive, the
// interquartile range over 1.34. It sorts the values.
func spread(values []float64) float64 {
	mean, variance := 0.0, 0.0
	for i, v := range values {
		mean += (v - mean) / float64(i+1)
	}
	for _, v := range values {
		variance += square(v-mean) / float64(len(values))
	}
	slices.Sort(values)
	middle := values[len(values)*3/4] - values[len(values)/4]
	if middle > 0 {
		return min(math.Sqrt(variance), middle/1.34)
	}
	return math.Sqrt(variance)
}

// wideGaussian has the mean and the covariance of the estimate, or as much more as takes
// every point into its reach.
func wideGaussian(points []Point, kernel Point) normal {
	mean, c := momentsOf(points)
	c.XX, c.YY = c.XX+kernel.X*kernel.X, c.YY+kernel.Y*kernel.Y
	wide, furthest := newNormal(mean, c), 0.0
	for _, p := range points {
		u, v := wide.whiten(p.X, p.Y)
		furthest = max(furthest, u*u+v*v)
	}
	if f := furthest / (wideDeviations * wideDeviations); f > 1 {
		wide = newNormal(mean, Cov{XX: f * c.XX, XY: f * c.XY, YY: f * c.YY})
	}
	return wide
}

// momentsOf is mean and covariance of points.
func momentsOf(points []Point) (mean Point, c Cov) {
	n := float64(len(points))
	for _, p := range points {
		mean.X, mean.Y = mean.X+p.X/n, mean.Y+p.Y/n
	}
	for _, p := range points {
		dx, dy := p.X-mean.X, p.Y-mean.Y
		c.XX, c.XY, c.YY = c.XX+dx*dx/n, c.XY+dx*dy/n, c.YY+dy*dy/n
	}
	return mean, c
}

// tabulate makes the spline of log p.
func (s *Sampled) tabulate(xs, ys span) {
	x, y := axisOver(xs.lo, xs.hi, s.kernel.X), axisOver(ys.lo, ys.hi, s.kernel.Y)
	logs := kernelDensity(s.points, x, y, s.kernel)
	for at, estimate := range logs {
		wide := math.Log(wideShare) + s.wide.logDensity(x.at(at%x.n), y.at(at/x.n))
		logs[at] = logAdd(math.Log1p(-wideShare)+math.Log(estimate), wide)
	}
	// −(L⁻¹)ᵀL⁻¹ is the second derivative of the wide Gaussian, which the lattice ends in.
	w := &s.wide
	s.log = newSpline(logs, x, y, -(w.w11*w.w11 + w.w21*w.w21), -w.w22*w.w22)
}

// LogDensity is log p up to what the spline makes of it: its integral is near to one.
func (s *Sampled) LogDensity(x, y float64) float64 {
	if s.log.holds(x, y) {
		return s.log.value(x, y)
	}
	return math.Log(wideShare) + s.wide.logDensity(x, y)
}

// Score is the derivative of LogDensity.
func (s *Sampled) Score(x, y float64) (gx, gy float64) {
	if s.log.holds(x, y) {
		return s.log.slope(x, y)
	}
	return s.wide.score(x, y)
}

// Sample chooses a point and adds the kernel's noise, or draws from the wide Gaussian.
func (s *Sampled) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		if rng.Float64() < wideShare {
			dst[i] = s.wide.draw(rng)
			continue
		}
		p := s.points[rng.IntN(len(s.points))]
		dst[i] = Point{p.X + s.kernel.X*rng.NormFloat64(), p.Y + s.kernel.Y*rng.NormFloat64()}
	}
}

// Kernel is its standard deviations along the axes.
func (s *Sampled) Kernel() Point { return s.kernel }

// OfSamples is a scenario of a smoothed sample, with what it needs by default; its window,
// where none is given, holds all points and what the kernel adds.
func OfSamples(t *Sampled, w Window) Scenario {
	if w == (Window{}) {
		w = t.around()
	}
	s := Scenario{ID: samplesKind, Name: samplesKind, Kind: samplesKind, Story: "density of " + t.Name, Target: t,
		Truth: Truth{LogZ: math.NaN(), Sampler: t}, Window: w}
	s.complete()
	return s
}

// around is the rectangle of the points, with room for the kernel and a tenth more.
func (s *Sampled) around() Window {
	w := Window{math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)}
	for _, p := range s.points {
		w.XMin, w.XMax = min(w.XMin, p.X), max(w.XMax, p.X)
		w.YMin, w.YMax = min(w.YMin, p.Y), max(w.YMax, p.Y)
	}
	const kernels, share = 4, 0.1
	room := kernels*max(s.kernel.X, s.kernel.Y) + share*max(w.XMax-w.XMin, w.YMax-w.YMin)
	return Window{w.XMin - room, w.XMax + room, w.YMin - room, w.YMax + room}
}
