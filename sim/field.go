package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// field is the weight and the velocity of a drift at the nodes, for an estimated density.
// They are known at the occupied nodes, and after a wide evaluation at every solid one.
type field struct {
	density *density.Estimator
	deposit *grid.Deposit // of the estimator
	grid    grid.Grid
	workers *grid.Workers

	drift *gridDrift // of the last evaluation
	mean  float64    // m = E_ρ[log r], zero without a reference

	q            []float64      // of the estimator
	logR         []float64      // of the estimator
	logRho       []float64      // log ρ − log q, for an external ρ
	weight       []float64      // size of the coefficients of V
	velocity     []grid.Vector  // V
	sums         []moments      // a row each
	identitySums []identitySums // a row each

	wide  bool // whether the evaluation includes all solid nodes
	tasks struct{ mean, drift, weight, blob, identity func(worker, from, to int) }
}

func newField(e *density.Estimator, w *grid.Workers) *field {
	g := e.Grid()
	n := g.Len()
	f := &field{density: e, deposit: e.Deposit(), grid: g, workers: w, q: e.Q(), logR: e.LogR(),
		weight: make([]float64, n), velocity: make([]grid.Vector, n), sums: make([]moments, g.NY), identitySums: make([]identitySums, g.NY)}
	f.tasks.mean, f.tasks.drift, f.tasks.weight = grid.OneByOne(f.meanRow), grid.OneByOne(f.driftRow), grid.OneByOne(f.weightRow)
	f.tasks.blob, f.tasks.identity = grid.OneByOne(f.blobRow), grid.OneByOne(f.identityRow)
	return f
}

// evaluate computes log r, V and its weight at the occupied nodes, or at all solid nodes if
// wide is true.
func (f *field) evaluate(d *gridDrift, wide bool) {
	f.drift, f.wide, f.mean = d, wide, 0
	if d.rho != nil {
		if len(f.logRho) == 0 {
			f.logRho = make([]float64, f.grid.Len())
		}
		f.density.LogRatios(true, d.rho.log, f.logRho)
	} else {
		f.density.LogRatios(wide || d.table == nil || d.blob != nil, nil, nil)
	}
	if d.table != nil {
		f.workers.Rows(f.grid.NY, f.tasks.weight)
	} else {
		f.workers.Rows(f.grid.NY, f.tasks.mean)
		f.mean = average(f.sums)
		f.workers.Rows(f.grid.NY, f.tasks.drift)
	}
	if d.blob != nil {
		d.blob.follow(f)
		f.workers.Rows(f.grid.NY, f.tasks.blob)
	}
}

// columns bounds the columns of row iy whose nodes are evaluated.
func (f *field) columns(iy int) (first, last int) {
	if f.wide {
		return 0, f.grid.NX - 1
	}
	return f.deposit.First[iy], f.deposit.Last[iy]
}

// evaluated reports whether a node within the columns is evaluated.
func (f *field) evaluated(i, ix, iy int) bool {
	return f.deposit.Mass[i] > 0 || f.wide && f.density.Solid(i, ix, iy)
}

// known reports whether V is known at a node after a wide evaluation.
func (f *field) known(i, ix, iy int) bool {
	return f.deposit.Mass[i] > 0 || f.density.Solid(i, ix, iy)
}

// weightRow computes V = w(r)·β in a row.
func (f *field) weightRow(iy int) {
	if !f.wide {
		f.occupiedWeights(iy)
		return
	}
	for ix := range f.grid.NX {
		if i := iy*f.grid.NX + ix; f.known(i, ix, iy) {
			w := f.drift.table.value(f.logR[i])
			f.weight[i], f.velocity[i] = w, f.grid.Gradient(f.logR, ix, iy).Times(w)
		}
	}
}

// occupiedWeights is weightRow at the occupied nodes, which every step computes.
func (f *field) occupiedWeights(iy int) {
	first, end := f.deposit.Span(iy)
	table, column := f.drift.table, first-iy*f.grid.NX
	logR, weight, velocity := f.logR[first:end], f.weight[first:end], f.velocity[first:end]
	for k, mass := range f.deposit.Mass[first:end] {
		if mass > 0 {
			weight[k] = table.value(logR[k])
			velocity[k] = f.grid.Gradient(f.logR, column+k, iy).Times(weight[k])
		}
	}
}

// driftRow computes V = a·β + b·γ and its weight |a| + |b| in a row.
func (f *field) driftRow(iy int) {
	first, last := f.columns(iy)
	for ix := first; ix <= last; ix++ {
		i := iy*f.grid.NX + ix
		if !f.evaluated(i, ix, iy) {
			continue
		}
		c := f.drift.Velocity(f.logRatios(i))
		v := f.grid.Gradient(f.logR, ix, iy).Times(c.Beta)
		if f.drift.rho != nil {
			v = v.Plus(f.grid.Gradient(f.logRho, ix, iy).Times(c.Gamma))
		}
		f.weight[i], f.velocity[i] = math.Abs(c.Beta)+math.Abs(c.Gamma), v
	}
}

// blobRow replaces V by the gradient of the smoothed potential, and the weight.
func (f *field) blobRow(iy int) {
	first, last := f.columns(iy)
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.evaluated(i, ix, iy) {
			f.velocity[i], f.weight[i] = f.grid.Gradient(f.drift.blob.smoothed, ix, iy), edge*f.drift.blob.stiffness[i]
		}
	}
}

// logRatios returns the log-ratios at a node with q > 0.
func (f *field) logRatios(i int) divergences.LogRatios {
	l := divergences.LogRatios{LogR: f.logR[i], Mean: f.mean}
	if f.drift.GrowsWithR() {
		l.Beyond = f.density.Beyond(i)
	}
	if f.drift.rho != nil {
		l.LogRho = f.logRho[i]
	} else {
		l.LogRho = f.drift.ref.LogRho(l.LogR)
	}
	return l
}

// clipLog bounds log r to ±ClipLogR.
func clipLog(logR float64) float64 { return min(max(logR, -ClipLogR), ClipLogR) }

// velocities writes V at the points to dst.
func (f *field) velocities(dst, points []scenarios.Point) {
	inv := 1 / f.grid.Spacing
	for k, p := range points {
		u, v := (p.X-f.grid.X0)*inv, (p.Y-f.grid.Y0)*inv
		d := grid.Gather(f.velocity, f.grid.NX, u, v)
		if f.drift.blob != nil {
			d = f.grid.Slope(f.drift.blob.smoothed, u, v)
		}
		dst[k] = scenarios.Point{X: d.X, Y: d.Y}
	}
}
