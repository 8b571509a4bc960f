package grid

import (
	"math"

	"undercurrent/scenarios"
)

// KernelSums are sums over pairs of points,
//
//	S(x) = Σⱼ vⱼ exp(−|x − xⱼ|²/2h²),
//
// in a time that grows with the number of points, not of pairs: the values vⱼ are
// deposited on a grid, convolved and gathered again. With eight nodes to a
// bandwidth a pair is right to six parts in a thousand, more or less by where in
// their cells the points lie, and many pairs are right on average.
type KernelSums struct {
	grid   Grid
	kernel *Convolution
	bounds scenarios.Window
	first  []int
	last   []int
	mass   []float64
	values []float64
}

const (
	// sumNodes to a bandwidth, and the reach of the kernel in bandwidths, where it
	// is 4·10⁻⁶.
	sumNodes = 8
	sumReach = 5
	// maxSumNodes along a side; in wider windows the grid is coarser.
	maxSumNodes = 512
)

// minSumNodes to a bandwidth are needed for sums that mean something.
const minSumNodes = 3

// Resolves reports whether the grid of sums over a window is fine enough for a bandwidth.
func Resolves(w scenarios.Window, bandwidth float64) bool {
	return max(w.XMax-w.XMin, w.YMax-w.YMin)/maxSumNodes <= bandwidth/minSumNodes
}

// NewKernelSums is for points inside the window; those outside count as at its edge.
func NewKernelSums(w scenarios.Window, bandwidth float64) *KernelSums {
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	d := max(bandwidth/sumNodes, max(width, height)/maxSumNodes)
	g := Grid{X0: w.XMin - d, Y0: w.YMin - d, Spacing: d, NX: int(width/d) + 4, NY: int(height/d) + 4}
	// Deposit and gather broaden by dx²/6 each.
	variance := max(bandwidth*bandwidth-d*d/3, bandwidth*bandwidth/2)
	taps := gaussianTaps(variance, d, int(math.Ceil(sumReach*bandwidth/d)))
	s := &KernelSums{grid: g, bounds: w, mass: make([]float64, g.Len()), values: make([]float64, g.Len()),
		kernel: NewConvolution(g, NewWorkers(), taps, 2*math.Pi*bandwidth*bandwidth/g.Area())}
	s.first, s.last = AllColumns(g)
	return s
}

// Of prepares the sums of the values at the points; nil values are ones.
func (s *KernelSums) Of(points []scenarios.Point, values []float64) {
	clear(s.mass)
	v := 1.0
	for j, p := range points {
		if values != nil {
			v = values[j]
		}
		i, fx, fy := s.cell(p)
		s.mass[i] += v * (1 - fx) * (1 - fy)
		s.mass[i+1] += v * fx * (1 - fy)
		s.mass[i+s.grid.NX] += v * (1 - fx) * fy
		s.mass[i+s.grid.NX+1] += v * fx * fy
	}
	s.kernel.Smooth(s.values, s.mass, s.first, s.last)
}

// cell is the node below and to the left of a point, and how far the point is from
// it in units of the spacing.
func (s *KernelSums) cell(p scenarios.Point) (i int, fx, fy float64) {
	p, _ = Clamp(p, s.bounds)
	u, v := (p.X-s.grid.X0)/s.grid.Spacing, (p.Y-s.grid.Y0)/s.grid.Spacing
	ix, iy := int(u), int(v)
	return iy*s.grid.NX + ix, u - float64(ix), v - float64(iy)
}

// At writes S at the points to dst.
func (s *KernelSums) At(dst []float64, points []scenarios.Point) {
	for k, p := range points {
		i, fx, fy := s.cell(p)
		up := i + s.grid.NX
		dst[k] = (1-fy)*((1-fx)*s.values[i]+fx*s.values[i+1]) + fy*((1-fx)*s.values[up]+fx*s.values[up+1])
	}
}
