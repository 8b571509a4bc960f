package sim

import (
	"math"
	"slices"

	"undercurrent/sim/grid"
)

// Fields are the fields of a flow at the nodes of its grid, in the order of the grid: those of the
// target itself, which are read only, and copies of the others. Where there are no particles (q < p·1e-6, or q = 0) LogR is +Inf, and Weight and
// velocity are NaN; where there is no target mass either LogR is NaN.
type Fields struct {
	Grid grid.Grid
	// Complete reports whether the fields of the motion are set, not only Grid, P, LogP and Q.
	Complete bool
	// P and Q are the normalised densities, LogP and LogQ their logarithms.
	P, Q, LogP, LogQ []float64
	// Peak is the largest P.
	Peak float64
	// LogR is log p − log q, clipped to ±ClipLogR.
	LogR []float64
	// Weight is the size of the coefficients of V, |a| + |b|: w(r) for an f-divergence.
	Weight []float64
	// VX and VY are the components of V.
	VX, VY []float64
	// Compression is −div V, NaN where V is not known at all nodes around.
	Compression []float64
}

// resize sets the lengths of fields to n, reusing memory.
func resize(n int, fields ...*[]float64) {
	for _, s := range fields {
		if cap(*s) < n {
			*s = make([]float64, n)
		}
		*s = (*s)[:n]
	}
}

// negligible is the difference from the highest log-density of the target below which a node
// without particles counts as having no target mass.
const negligible = 14

// Densities writes Grid, P, LogP and Q alone to dst, at the cost of a copy of Q.
func (f *Flow) Densities(dst *Fields) { f.driven.densities(dst) }

// Motions is Densities with the fields of the motion: Weight, VX, VY and Compression.
func (f *Flow) Motions(dst *Fields) { f.driven.motions(dst) }

// Fields writes all fields to dst.
func (f *Flow) Fields(dst *Fields) { f.driven.fields(dst) }

// HistogramLogR writes to dst the fraction of the particles in len(dst) equal bins of log r
// from lo to hi; values beyond count in the first or last bin.
func (f *Flow) HistogramLogR(dst []float64, lo, hi float64) {
	f.driven.refresh()
	f.driven.density.HistogramLogR(dst, lo, hi)
}

func (e *DrivenEstimator) densities(dst *Fields) {
	e.refresh()
	dst.Grid, dst.Complete = e.grid, false
	dst.P, dst.LogP, dst.Peak = e.target.P, e.target.LogP, e.peak
	resize(e.grid.Len(), &dst.Q)
	copy(dst.Q, e.density.Q())
}

func (e *DrivenEstimator) motions(dst *Fields) {
	e.evaluate(solid)
	e.densities(dst)
	dst.Complete = true
	resize(e.grid.Len(), &dst.Weight, &dst.VX, &dst.VY, &dst.Compression)
	e.workers.Rows(e.grid.NY, grid.OneByOne(func(iy int) {
		for i := iy * e.grid.NX; i < (iy+1)*e.grid.NX; i++ {
			e.field.motionAt(dst, i, iy)
		}
	}))
}

func (e *DrivenEstimator) fields(dst *Fields) {
	e.motions(dst)
	dst.LogQ, dst.LogR = dst.LogRatios()
}

// LogRatios returns LogQ and LogR, from P and Q.
func (d *Fields) LogRatios() (logQ, logR []float64) {
	logQ, logR = make([]float64, len(d.Q)), make([]float64, len(d.Q))
	floor := slices.Max(d.LogP) - negligible
	for i, q := range d.Q {
		logQ[i] = math.Log(q)
		l := d.LogP[i] - logQ[i]
		switch {
		case l < ClipLogR:
			logR[i] = max(l, -ClipLogR)
		case d.LogP[i] > floor:
			logR[i] = math.Inf(1)
		default:
			logR[i] = math.NaN()
		}
	}
	return logQ, logR
}

// motionAt writes weight, velocity and compression at a node, after an evaluation at the solid ones.
func (f *field) motionAt(dst *Fields, i, iy int) {
	ix := i - iy*f.grid.NX
	dst.Compression[i] = math.NaN()
	if !(f.q[i] > 0 && f.logR[i] < ClipLogR) || !f.known(i, ix, iy) {
		dst.Weight[i], dst.VX[i], dst.VY[i] = math.NaN(), math.NaN(), math.NaN()
		return
	}
	v := f.velocity[i]
	dst.Weight[i], dst.VX[i], dst.VY[i] = f.weight[i], v.X, v.Y
	dst.Compression[i] = f.compression(ix, iy)
}
