package grid

import (
	"undercurrent/internal/portable"
	"undercurrent/internal/vectors"
)

// gaussianTaps is the Gaussian of the given variance sampled at the nodes
// −radius..radius and scaled to sum to one.
func gaussianTaps(variance, spacing float64, radius int) []float64 {
	taps := make([]float64, 2*radius+1)
	sum := 0.0
	for j := range taps {
		u := float64(j-radius) * spacing
		taps[j] = portable.Exp(-u * u / (2 * variance))
		sum += taps[j]
	}
	for j := range taps {
		taps[j] /= sum
	}
	return taps
}

// KernelTaps returns the kernel of bandwidth h at the nodes −radius..radius, to be applied to
// a deposit: its variance is h² − dx²/6, less the variance of the deposit. The broadening by
// bilinear interpolation is corrected by Grid.Gradient.
func KernelTaps(bandwidth, spacing float64, radius int) []float64 {
	return gaussianTaps(bandwidth*bandwidth-spacing*spacing/6, spacing, radius)
}

// Convolution smooths a field on the nodes with a separable kernel. Outside the
// grid the field counts as zero.
type Convolution struct {
	grid    Grid
	workers *Workers
	taps    []float64 // along x
	scaled  []float64 // along y: taps times the scale of the result
	radius  int

	src, dst    []float64
	first, last []int     // columns of src that may be non-zero
	rows        []float64 // src smoothed along x, a row every stride; lent by the workers
	stride      int
	padded      [][]float64 // by worker: a row of src between zeros
	reach       span        // of the rows and columns of rows that may be non-zero

	alongX, alongY func(worker, from, to int)
}

// span is a range of rows and one of columns, empty where the first is beyond the last.
type span struct{ bottom, top, left, right int }

// NewConvolution returns a convolution with an odd number of taps along each axis; its results
// are multiplied by scale.
func NewConvolution(g Grid, w *Workers, taps []float64, scale float64) *Convolution {
	v := &Convolution{grid: g, workers: w, taps: taps, scaled: make([]float64, len(taps)), radius: len(taps) / 2,
		padded: make([][]float64, w.Size()), stride: apart(g.NX)}
	for j, t := range taps {
		v.scaled[j] = scale * t
	}
	for k := range v.padded {
		v.padded[k] = make([]float64, g.NX+4*v.radius)
	}
	v.alongX, v.alongY = v.rowsAlongX, v.rowsAlongY
	return v
}

// cacheLine is a line of the cache, in numbers.
const cacheLine = 8

// apart is the distance in memory of rows of n numbers, an odd number of lines of a cache, so that nodes above one another
// are in different sets of it. At a power of two they would all be in one or two.
func apart(n int) int { return ((n+cacheLine-1)/cacheLine | 1) * cacheLine }

// Radius is the distance, in nodes along either axis, of the furthest node that a node is smoothed over.
func (v *Convolution) Radius() int { return v.radius }

// Smooth writes the smoothed and scaled src to dst. Row iy of src is zero outside the
// columns first[iy]..last[iy].
func (v *Convolution) Smooth(dst, src []float64, first, last []int) {
	v.dst, v.src, v.first, v.last = dst, src, first, last
	v.rows = v.workers.scratch.lendRows(v.stride * v.grid.NY)
	v.reach = v.reached()
	v.workers.Rows(v.grid.NY, v.alongX)
	v.workers.Rows(v.grid.NY, v.alongY)
}

// reached bounds what is non-zero after smoothing along x.
func (v *Convolution) reached() span {
	s := span{v.grid.NY, -1, v.grid.NX, -1}
	for iy, last := range v.last {
		if first := v.first[iy]; first <= last {
			s = span{min(s.bottom, iy), iy, min(s.left, first-v.radius), max(s.right, last+v.radius)}
		}
	}
	// From the beginning of a line of the cache to the end of one: what crosses two takes twice as long to read.
	s.left, s.right = max(s.left, 0)/cacheLine*cacheLine, min(s.right|(cacheLine-1), v.grid.NX-1)
	return s
}

func (v *Convolution) rowsAlongX(worker, from, to int) {
	nx := v.grid.NX
	for iy := from; iy < to; iy++ {
		v.rowAlongX(v.rows[iy*v.stride:iy*v.stride+nx], v.src[iy*nx:(iy+1)*nx], v.padded[worker], v.first[iy], v.last[iy])
	}
}

// rowAlongX smooths the columns first..last of src, which is zero elsewhere.
func (v *Convolution) rowAlongX(dst, src, padded []float64, first, last int) {
	if last < first {
		clear(dst)
		return
	}
	n, zeros := last-first+1, 2*v.radius
	clear(padded[:zeros])
	copy(padded[zeros:], src[first:last+1])
	clear(padded[zeros+n : 2*zeros+n])
	left, right := max(first-v.radius, 0), min(last+v.radius, v.grid.NX-1)
	clear(dst[:left])
	clear(dst[right+1:])
	// Node x of src is at x − first + zeros of padded.
	vectors.WeightedSums(dst[left:right+1], padded[left-v.radius-first+zeros:2*zeros+n], 1, v.taps)
}

func (v *Convolution) rowsAlongY(_, from, to int) {
	s := v.reach
	for iy := from; iy < to; iy++ {
		dst := v.dst[iy*v.grid.NX : (iy+1)*v.grid.NX]
		clear(dst[:min(s.left, v.grid.NX)])
		clear(dst[s.right+1:])
	}
	// The rows around that some columns are summed over stay in the cache.
	for left := s.left; left <= s.right; left += columnsAtOnce {
		// The last columns overlap those before, so that they are as many.
		left := max(min(left, s.right+1-columnsAtOnce), s.left)
		for iy := from; iy < to; iy++ {
			v.columnsAlongY(iy, left, min(left+columnsAtOnce, s.right+1))
		}
	}
}

// columnsAtOnce is the number of columns that are smoothed in one row after the other.
const columnsAtOnce = 64

// columnsAlongY smooths the columns from..to−1 in row iy.
func (v *Convolution) columnsAlongY(iy, from, to int) {
	dst, s := v.dst[iy*v.grid.NX+from:iy*v.grid.NX+to], v.reach
	bottom, top := max(iy-v.radius, s.bottom), min(iy+v.radius, s.top)
	if top < bottom {
		clear(dst)
		return
	}
	tap := bottom - iy + v.radius
	vectors.WeightedSums(dst, v.rows[bottom*v.stride+from:top*v.stride+to], v.stride, v.scaled[tap:tap+top-bottom+1])
}

// AllColumns returns the first and last columns of a field that may be non-zero anywhere.
func AllColumns(g Grid) (first, last []int) {
	first, last = make([]int, g.NY), make([]int, g.NY)
	for iy := range last {
		last[iy] = g.NX - 1
	}
	return first, last
}
