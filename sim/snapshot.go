package sim

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Fields are the fields of a flow on the nodes of its grid, as copies, stored
// as the grid stores them. Where there are no particles (q < p·1e-6, or q = 0)
// LogR is +Inf, Weight and velocity are NaN; where there is neither target nor
// particle LogR is NaN too.
type Fields struct {
	Grid grid.Grid
	// Complete tells that everything is filled in, not the densities alone.
	Complete bool
	// P and Q are the normalised densities, LogP and LogQ their logarithms.
	P, Q, LogP, LogQ []float64
	// LogR is log p − log q, clipped to ±ClipLogR.
	LogR []float64
	// Weight is the size of the coefficients of V, |a| + |b|: w(r) for an f-divergence.
	Weight []float64
	// VX and VY are the components of V.
	VX, VY []float64
	// Compression is −div V, NaN where V is not known all around.
	Compression []float64
}

// resize makes every field n long, keeping what memory there is.
func (d *Fields) resize(n int) {
	for _, s := range []*[]float64{&d.P, &d.Q, &d.LogP, &d.LogQ, &d.LogR, &d.Weight, &d.VX, &d.VY, &d.Compression} {
		if cap(*s) < n {
			*s = make([]float64, n)
		}
		*s = (*s)[:n]
	}
}

// negligible is the log-density, below the target's highest, under which a place
// without particles belongs to nobody.
const negligible = 14

// Densities writes grid, P and Q alone to dst: what a picture of the coverage
// needs, at the cost of a copy.
func (f *Flow) Densities(dst *Fields) {
	f.refresh()
	dst.Grid, dst.Complete = f.grid, false
	dst.resize(f.grid.Len())
	copy(dst.P, f.target.P)
	copy(dst.Q, f.field.q)
}

// Fields writes the present fields to dst.
func (f *Flow) Fields(dst *Fields) {
	f.evaluateOver(true)
	f.Densities(dst)
	dst.Complete = true
	copy(dst.LogP, f.target.LogP)
	floor := f.target.MaxLogP() - negligible
	f.workers.All(grid.Rows(f.grid.NY, func(iy int) {
		for i := iy * f.grid.NX; i < (iy+1)*f.grid.NX; i++ {
			dst.LogQ[i] = math.Log(f.field.q[i])
			l := dst.LogP[i] - dst.LogQ[i]
			switch {
			case l < ClipLogR:
				dst.LogR[i] = max(l, -ClipLogR)
			case dst.LogP[i] > floor:
				dst.LogR[i] = math.Inf(1)
			default:
				dst.LogR[i] = math.NaN()
			}
			f.motionAt(dst, i, iy)
		}
	}))
}

// motionAt fills in what moves at a node.
func (f *Flow) motionAt(dst *Fields, i, iy int) {
	ix := i - iy*f.grid.NX
	dst.Compression[i] = math.NaN()
	if !(dst.LogR[i] <= ClipLogR) || !f.field.looked(i, ix, iy) {
		dst.Weight[i], dst.VX[i], dst.VY[i] = math.NaN(), math.NaN(), math.NaN()
		return
	}
	v := f.field.velocity[i]
	dst.Weight[i], dst.VX[i], dst.VY[i] = f.field.weight[i], v.X, v.Y
	dst.Compression[i] = f.field.compression(ix, iy)
}

// HistogramLogR writes to dst the share of the particles in equal bins of log r
// over lo..hi; what lies outside counts in the first or last bin.
func (f *Flow) HistogramLogR(dst []float64, lo, hi float64) {
	f.refresh()
	f.density.HistogramLogR(dst, lo, hi)
}

// Some copies every k-th particle to dst, k the smallest that keeps it within
// most, and returns it.
func (f *Flow) Some(dst []scenarios.Point, most int) []scenarios.Point {
	stride := (len(f.points) + most - 1) / most
	dst = dst[:0]
	for i := 0; i < len(f.points); i += stride {
		dst = append(dst, f.points[i])
	}
	return dst
}
