package sim_test

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// oracleCloud is a kernel density estimate by sums over all particles, with the whole kernel.
type oracleCloud struct {
	points []scenarios.Point
	h      float64
}

// peak is the density of one particle at its place.
func (c oracleCloud) peak() float64 { return 1 / (2 * math.Pi * c.h * c.h * float64(len(c.points))) }

// log is log q and its gradient.
func (c oracleCloud) log(x, y float64) (logQ float64, score vec) {
	sum := 0.0
	for _, b := range c.points {
		dx, dy := (b.X-x)/c.h, (b.Y-y)/c.h
		k := math.Exp(-(dx*dx + dy*dy) / 2)
		sum += k
		score = score.plus(vec{k * dx / c.h, k * dy / c.h})
	}
	return math.Log(sum * c.peak()), score.times(1 / sum)
}

// onLattice is q at every point of a lattice, a line of constant y after the other. The kernel is a
// product of one along x and one along y, so the exponentials are tabulated by line.
func (c oracleCloud) onLattice(xs, ys []float64) []float64 {
	n := len(c.points)
	alongX, alongY := make([]float64, len(xs)*n), make([]float64, len(ys)*n)
	for j, b := range c.points {
		for i, x := range xs {
			alongX[i*n+j] = math.Exp(-squareOf((x-b.X)/c.h) / 2)
		}
		for i, y := range ys {
			alongY[i*n+j] = math.Exp(-squareOf((y-b.Y)/c.h) / 2)
		}
	}
	q := make([]float64, 0, len(xs)*len(ys))
	for iy := range ys {
		b := alongY[iy*n : (iy+1)*n]
		for ix := range xs {
			q = append(q, c.peak()*product(alongX[ix*n:(ix+1)*n], b))
		}
	}
	return q
}

// product is the inner product of two vectors, in four sums that do not wait for one another.
func product(a, b []float64) float64 {
	var s0, s1, s2, s3 float64
	j := 0
	for ; j+4 <= len(a) && j+4 <= len(b); j += 4 {
		u, v := a[j:j+4:j+4], b[j:j+4:j+4]
		s0 += u[0] * v[0]
		s1 += u[1] * v[1]
		s2 += u[2] * v[2]
		s3 += u[3] * v[3]
	}
	for ; j < len(a); j++ {
		s0 += a[j] * b[j]
	}
	return s0 + s1 + s2 + s3
}

// lattice is a product rule for integrals, with the target at its points.
type lattice struct {
	xs, ys []float64
	area   float64 // of a point
	logP   []float64
	labels []int // regions of the points, nil if not used

	points  []point // that are not empty
	regions []int   // of those
}

// latticeDensity is the number of points per bandwidth, which are not those of the program's grid.
const latticeDensity = 4.3

// newLattice is a midpoint rule over the padded window.
func newLattice(w scenarios.Window, h float64, mixture bumps) *lattice {
	nx, ny := math.Ceil((w.XMax-w.XMin)/h*latticeDensity), math.Ceil((w.YMax-w.YMin)/h*latticeDensity)
	dx, dy := (w.XMax-w.XMin)/nx, (w.YMax-w.YMin)/ny
	l := &lattice{area: dx * dy}
	for i := range int(nx) {
		l.xs = append(l.xs, w.XMin+(float64(i)+0.5)*dx)
	}
	for i := range int(ny) {
		l.ys = append(l.ys, w.YMin+(float64(i)+0.5)*dy)
	}
	l.tabulate(mixture)
	return l
}

// newRegionLattice is the Gauss–Legendre rule of two points along each axis in the cells of which
// regions are made: that around every node of a grid.
func newRegionLattice(g grid.Grid, regions *target.Regions, mixture bumps) *lattice {
	gauss := []float64{-g.Spacing / math.Sqrt(12), g.Spacing / math.Sqrt(12)}
	l := &lattice{area: squareOf(g.Spacing / 2)}
	for ix := range g.NX {
		for _, d := range gauss {
			l.xs = append(l.xs, g.X0+float64(ix)*g.Spacing+d)
		}
	}
	for iy := range g.NY {
		for _, d := range gauss {
			l.ys = append(l.ys, g.Y0+float64(iy)*g.Spacing+d)
		}
	}
	for iy := range l.ys {
		for ix := range l.xs {
			l.labels = append(l.labels, int(regions.Labels[iy/2*g.NX+ix/2]))
		}
	}
	l.tabulate(mixture)
	return l
}

// tabulate sets the target at the points.
func (l *lattice) tabulate(mixture bumps) {
	log := mixture.logarithm()
	for _, y := range l.ys {
		for _, x := range l.xs {
			logP, _ := log.at(x, y)
			l.logP = append(l.logP, logP)
		}
	}
}

// point is a point of a lattice. A density below 10⁻¹² p counts as that.
type point struct{ x, y, p, q, logP, logQ, logR float64 }

// emptyDensity is a density below which a point of a lattice does not count.
const emptyDensity = 1e-18

// set sets q at the points.
func (l *lattice) set(c oracleCloud) {
	l.points, l.regions = l.points[:0], l.regions[:0]
	for i, q := range c.onLattice(l.xs, l.ys) {
		at := point{x: l.xs[i%len(l.xs)], y: l.ys[i/len(l.xs)], p: math.Exp(l.logP[i]), logP: l.logP[i]}
		if at.q = math.Max(q, 1e-12*at.p); math.Max(at.p, at.q) < emptyDensity {
			continue
		}
		at.logQ = math.Log(at.q)
		at.logR = at.logP - at.logQ
		l.points = append(l.points, at)
		if l.labels != nil {
			l.regions = append(l.regions, l.labels[i])
		}
	}
}

// integral is Σ area·f.
func (l *lattice) integral(f func(at *point) float64) float64 {
	sum := 0.0
	for i := range l.points {
		sum += f(&l.points[i])
	}
	return sum * l.area
}

// byRegion is the integral over every one of n regions.
func (l *lattice) byRegion(n int, f func(at *point) float64) []float64 {
	sums := make([]float64, n)
	for i := range l.points {
		sums[l.regions[i]] += f(&l.points[i]) * l.area
	}
	return sums
}
