package grid

import (
	"math"

	"gonum.org/v1/gonum/blas/gonum"

	"undercurrent/internal/vectors"
)

// Fine returns the grid with half the spacing of g and two more nodes on each side. Node
// (ix, iy) of g is node (2ix+2, 2iy+2) of it.
func (g Grid) Fine() Grid {
	d := g.Spacing / 2
	return Grid{X0: g.X0 - 2*d, Y0: g.Y0 - 2*d, Spacing: d, NX: 2*g.NX + 3, NY: 2*g.NY + 3}
}

// Coarsen returns the values at the nodes of g from those at the nodes of g.Fine().
func (g Grid) Coarsen(values []float64) []float64 {
	fine, out := g.Fine(), make([]float64, g.Len())
	for iy := range g.NY {
		for ix := range g.NX {
			out[iy*g.NX+ix] = values[(2*iy+2)*fine.NX+2*ix+2]
		}
	}
	return out
}

// SmoothFine returns K_h * p at the nodes of g from a density at the nodes of g.Fine(), with the
// Gaussian K_h truncated at reach bandwidths or more. A first Gaussian, of variance 1.5 dx², leads
// to the nodes of g; it is wide enough that the trapezoidal rule there is exact to 10⁻¹⁰, and the
// rest of h² follows on those.
func (g Grid) SmoothFine(density []float64, bandwidth, reach float64, w *Workers) []float64 {
	const first = 1.5 // in dx²
	onto := g.coarsen(density, first*g.Spacing*g.Spacing, reach*first*g.Spacing*g.Spacing/bandwidth, w)
	radius := min(int(math.Ceil(reach*bandwidth/g.Spacing)), max(g.NX, g.NY))
	out := make([]float64, g.Len())
	from, to := AllColumns(g)
	NewConvolution(g, w, gaussianTaps(bandwidth*bandwidth-first*g.Spacing*g.Spacing, g.Spacing, radius), 1).Smooth(out, onto, from, to)
	return out
}

// coarsen smooths a density at the nodes of g.Fine() by a Gaussian and returns it at the nodes of
// g. The kernel is truncated where the other part of the smoothing underflows: where a deep tail
// is smoothed, the parts of the distance to its source are as the variances. reach is that part;
// beyond it the kernel is kept for eight standard deviations.
func (g Grid) coarsen(density []float64, variance, reach float64, w *Workers) []float64 {
	fine := g.Fine()
	radius := min(int(math.Ceil((reach+8*math.Sqrt(variance))/fine.Spacing)), 2*max(g.NX, g.NY))
	taps := gaussianTaps(variance, fine.Spacing, radius)
	rows := make([]float64, fine.NY*g.NX)
	w.Ranges(fine.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			line := density[iy*fine.NX : (iy+1)*fine.NX]
			for ix := range g.NX {
				lo, hi := max(2*ix+2-radius, 0), min(2*ix+2+radius, fine.NX-1)
				rows[iy*g.NX+ix] = dot(taps[lo-2*ix-2+radius:hi-2*ix-1+radius], line[lo:hi+1])
			}
		}
	})
	out := make([]float64, g.Len())
	w.Ranges(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			lo, hi := max(2*iy+2-radius, 0), min(2*iy+2+radius, fine.NY-1)
			vectors.WeightedSums(out[iy*g.NX:(iy+1)*g.NX], rows[lo*g.NX:(hi+1)*g.NX], g.NX, taps[lo-2*iy-2+radius:hi-2*iy-1+radius])
		}
	})
	return out
}

// dot is the inner product of two vectors.
func dot(x, y []float64) float64 { return gonum.Implementation{}.Ddot(len(x), x, 1, y, 1) }
