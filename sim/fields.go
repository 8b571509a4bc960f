package sim

import (
	"math"

	"undercurrent/sim/grid"
)

// Fields are the fields of a flow on the nodes of its grid, as copies, stored
// as the grid stores them. Where there are no particles (q < p·1e-6, or q = 0)
// LogR is +Inf, Weight and velocity are NaN; where there is neither target nor
// particle LogR is NaN too.
type Fields struct {
	Grid grid.Grid
	// Complete reports that everything is filled in, not the densities alone.
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
func (f *Flow) Densities(dst *Fields) { f.driven.densities(dst) }

// Fields writes the present fields to dst.
func (f *Flow) Fields(dst *Fields) { f.driven.fields(dst) }

// HistogramLogR writes to dst the share of the particles in equal bins of log r
// over lo..hi; what lies outside counts in the first or last bin.
func (f *Flow) HistogramLogR(dst []float64, lo, hi float64) {
	f.driven.refresh()
	f.driven.density.HistogramLogR(dst, lo, hi)
}

func (e *DrivenEstimator) densities(dst *Fields) {
	e.refresh()
	dst.Grid, dst.Complete = e.grid, false
	dst.resize(e.grid.Len())
	copy(dst.P, e.target.P)
	copy(dst.Q, e.density.Q())
}

func (e *DrivenEstimator) fields(dst *Fields) {
	e.evaluate(true)
	e.densities(dst)
	dst.Complete = true
	copy(dst.LogP, e.target.LogP)
	floor := e.target.MaxLogP() - negligible
	e.workers.All(grid.Rows(e.grid.NY, func(iy int) {
		for i := iy * e.grid.NX; i < (iy+1)*e.grid.NX; i++ {
			dst.LogQ[i] = math.Log(dst.Q[i])
			l := dst.LogP[i] - dst.LogQ[i]
			switch {
			case l < ClipLogR:
				dst.LogR[i] = max(l, -ClipLogR)
			case dst.LogP[i] > floor:
				dst.LogR[i] = math.Inf(1)
			default:
				dst.LogR[i] = math.NaN()
			}
			e.field.motionAt(dst, i, iy)
		}
	}))
}

// motionAt fills in what moves at a node, after a wide evaluation.
func (f *field) motionAt(dst *Fields, i, iy int) {
	ix := i - iy*f.grid.NX
	dst.Compression[i] = math.NaN()
	if !(dst.LogR[i] <= ClipLogR) || !f.known(i, ix, iy) {
		dst.Weight[i], dst.VX[i], dst.VY[i] = math.NaN(), math.NaN(), math.NaN()
		return
	}
	v := f.velocity[i]
	dst.Weight[i], dst.VX[i], dst.VY[i] = f.weight[i], v.X, v.Y
	dst.Compression[i] = f.compression(ix, iy)
}
