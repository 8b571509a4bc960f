package grid

import (
	"gonum.org/v1/gonum/blas/gonum"

	"undercurrent/internal/portable"
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
	taps    []float64
	radius  int
	scale   float64 // multiplies the result

	src, dst    []float64
	first, last []int     // columns of src that may be non-zero
	rows        []float64 // src smoothed along x
	nonZero     []bool    // whether a row of rows is non-zero

	alongX, alongY func(part, parts int)
}

// NewConvolution returns a convolution with an odd number of taps along each axis; its results
// are multiplied by scale.
func NewConvolution(g Grid, w *Workers, taps []float64, scale float64) *Convolution {
	v := &Convolution{grid: g, workers: w, taps: taps, radius: len(taps) / 2, scale: scale,
		rows: make([]float64, g.Len()), nonZero: make([]bool, g.NY)}
	v.alongX, v.alongY = v.rowsPart, v.columnsPart
	return v
}

// Smooth writes the smoothed and scaled src to dst. Row iy of src is zero outside the
// columns first[iy]..last[iy].
func (v *Convolution) Smooth(dst, src []float64, first, last []int) {
	v.dst, v.src, v.first, v.last = dst, src, first, last
	v.workers.All(v.alongX)
	v.workers.All(v.alongY)
}

// rowsPart spreads every non-zero node along its row, at a cost proportional to the number of
// such nodes, not of all nodes.
func (v *Convolution) rowsPart(part, parts int) {
	from, to := Partition(v.grid.NY, part, parts)
	nx := v.grid.NX
	for iy := from; iy < to; iy++ {
		row := v.rows[iy*nx : (iy+1)*nx]
		clear(row)
		v.nonZero[iy] = v.first[iy] <= v.last[iy]
		for ix := v.first[iy]; ix <= v.last[iy]; ix++ {
			if m := v.src[iy*nx+ix]; m != 0 {
				lo, hi := max(ix-v.radius, 0), min(ix+v.radius, nx-1)
				addScaled(m, v.taps[lo-ix+v.radius:hi-ix+v.radius+1], row[lo:hi+1])
			}
		}
	}
}

func (v *Convolution) columnsPart(part, parts int) {
	from, to := Partition(v.grid.NY, part, parts)
	nx := v.grid.NX
	for iy := from; iy < to; iy++ {
		out := v.dst[iy*nx : (iy+1)*nx]
		clear(out)
		for jy := max(iy-v.radius, 0); jy <= min(iy+v.radius, v.grid.NY-1); jy++ {
			if v.nonZero[jy] {
				addScaled(v.scale*v.taps[jy-iy+v.radius], v.rows[jy*nx:(jy+1)*nx], out)
			}
		}
	}
}

// addScaled adds a·x to y.
func addScaled(a float64, x, y []float64) {
	gonum.Implementation{}.Daxpy(len(x), a, x, 1, y, 1)
}

// AllColumns returns the first and last columns of a field that may be non-zero anywhere.
func AllColumns(g Grid) (first, last []int) {
	first, last = make([]int, g.NY), make([]int, g.NY)
	for iy := range last {
		last[iy] = g.NX - 1
	}
	return first, last
}
