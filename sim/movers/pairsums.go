package movers

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

const (
	// maxSideNodes bounds the nodes along a side of the bounds; in wider bounds the grid is coarser.
	maxSideNodes = 1024
	// margin is the number of nodes outside the bounds on each side that splines reach.
	margin = 2
)

// pairSums are the sums Σⱼ k and ∇Σⱼ G of a kernel over two clouds, in a time linear in the number of
// points. k(|x − y|) is interpolated between the nodes of a grid by cubic splines in x and in y: the points
// are deposited with the weights of the splines, convolved, and interpolated.
type pairSums struct {
	grid      grid.Grid
	workers   *grid.Workers
	sums      *grid.IntegerSums
	convolver convolver
	clouds    [2]cloud
	// The coefficients of k and G for two points at one place.
	kernel, potential table
	// faint is the smallest sum whose interpolation is accurate enough. lost is that, per point of the
	// larger cloud, which is not lost in the rounding of others and in what the kernel has beyond its reach.
	faint, lost float64
	n           int // points of the larger cloud

	points       []scenarios.Point
	mass         []float64
	spread, fold func(worker, from, to int)
}

// newPairSums returns sums within bounds; points outside them are left out.
func newPairSums(k radial, l level, h float64, bounds scenarios.Window, w *grid.Workers) *pairSums {
	width, height := bounds.XMax-bounds.XMin, bounds.YMax-bounds.YMin
	d := max(h/l.nodes, max(width, height)/maxSideNodes)
	g := grid.Grid{X0: bounds.XMin - margin*d, Y0: bounds.YMin - margin*d, Spacing: d,
		NX: int(width/d) + 2*margin + 2, NY: int(height/d) + 2*margin + 2}
	s := &pairSums{grid: g, workers: w, sums: grid.NewIntegerSums(g, w), faint: l.faint}
	const safety, rounding = 100, 1e-13
	radius := max(g.NX, g.NY)
	if s.lost = rounding; l.reach > 0 {
		radius = min(radius, int(math.Ceil(l.reach*h/d)))
		s.lost += safety * k.kernel(l.reach*h)
	}
	if k.potential == nil {
		s.convolver = newSeparable(g, k, h, radius, w)
	} else {
		s.convolver = newSpectral(g, k, radius, w)
	}
	s.kernel, s.potential = s.convolver.central()
	for c := range s.clouds {
		s.clouds[c] = cloud{make([]float64, g.Len()), make([]float64, g.Len()), make([]float64, g.Len())}
	}
	s.spread, s.fold = s.spreadRange, grid.OneByOne(s.foldRow)
	return s
}

// Weights are deposited as integers, whose sums do not depend on their order.
const weightOne = 1 << 36

// set computes the sums over two clouds.
func (s *pairSums) set(points [2][]scenarios.Point) {
	s.n = max(len(points[0]), len(points[1]))
	for c := range points {
		s.points, s.mass = points[c], s.clouds[c].mass
		s.sums.Each(len(points[c]), s.spread)
		s.workers.Rows(s.grid.NY, s.fold)
	}
	s.points = nil
	s.convolver.convolve(&s.clouds)
}

func (s *pairSums) spreadRange(worker, from, to int) {
	nodes, nx := s.sums.Of(worker), s.grid.NX
	for _, p := range s.points[from:to] {
		i, x, y, ok := s.cell(p)
		if !ok {
			continue
		}
		for row, wy := range y.value {
			four := nodes[i+row*nx : i+row*nx+4]
			for k, wx := range x.value {
				four[k] += int64(weightOne * wx * wy)
			}
		}
	}
}

func (s *pairSums) foldRow(iy int) {
	sum := s.sums.Row(iy)
	row := s.mass[iy*s.grid.NX : (iy+1)*s.grid.NX]
	for ix, v := range sum {
		row[ix] = float64(v) * (1. / weightOne)
	}
	clear(sum)
}

// keeps reports whether a sum is accurate.
func (s *pairSums) keeps(sum pairSum) bool { return sum.kernel > max(s.faint, s.lost*float64(s.n)) }

// cell returns the first of the sixteen nodes around a point, with the weights of columns and rows; ok is
// false outside the bounds.
func (s *pairSums) cell(p scenarios.Point) (first int, x, y spline, ok bool) {
	g := s.grid
	u, v := (p.X-g.X0)/g.Spacing, (p.Y-g.Y0)/g.Spacing
	if !(u >= 1 && v >= 1 && u < float64(g.NX-2) && v < float64(g.NY-2)) {
		return 0, x, y, false
	}
	ix, iy := int(u), int(v)
	return (iy-1)*g.NX + ix - 1, splineAt(u - float64(ix)), splineAt(v - float64(iy)), true
}

// pairSum is Σk at a place and ∇ΣG, over one cloud.
type pairSum struct {
	kernel float64
	slope  grid.Vector
}

// at returns the sum over a cloud at a point, zero outside the bounds. If the point is its own, the sum has
// one for it, and no gradient, instead of what is interpolated.
func (s *pairSums) at(p scenarios.Point, c int, own bool) (sum pairSum) {
	first, x, y, ok := s.cell(p)
	if !ok {
		return sum
	}
	for row := range 4 {
		i := first + row*s.grid.NX
		k, g := s.clouds[c].kernel[i:i+4], s.clouds[c].potential[i:i+4]
		sum.add(k, g, x, y, row)
	}
	if own {
		ox, oy := x.overlap(), y.overlap()
		var self pairSum
		for row := range 4 {
			self.add(s.kernel[row][:], s.potential[row][:], ox, oy, row)
		}
		sum.kernel = max(sum.kernel-self.kernel, 0) + 1
		sum.slope = sum.slope.Plus(self.slope.Times(-1))
	}
	sum.slope = sum.slope.Times(1 / s.grid.Spacing)
	return sum
}

// add adds a row of four nodes.
func (s *pairSum) add(kernel, potential []float64, x, y spline, row int) {
	s.kernel += dot4(kernel, &x.value) * y.value[row]
	s.slope.X += dot4(potential, &x.slope) * y.value[row]
	s.slope.Y += dot4(potential, &x.value) * y.slope[row]
}

func dot4(v []float64, w *[4]float64) float64 {
	_ = v[3]
	return v[0]*w[0] + v[1]*w[1] + v[2]*w[2] + v[3]*w[3]
}
