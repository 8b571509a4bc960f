package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// field is the weight and the velocity of a drift at the nodes, for an estimated density.
// They are known at the nodes of the scope of the last evaluation.
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

	scope scope      // of the last evaluation
	spans []rowRange // a row each: the columns within which nodes are evaluated
	tasks struct{ mean, drift, weight, blob, identity func(worker, from, to int) }
}

// rowRange is the columns first..last, none if last < first.
type rowRange struct{ first, last int }

// scope says at which nodes V and its weight are evaluated.
type scope int

const (
	// occupied nodes: what a step needs.
	occupied scope = iota
	// near is also the nodes with q > 0 between the columns that derivatives at occupied nodes read.
	near
	// solid is every solid node.
	solid
)

func newField(e *density.Estimator, w *grid.Workers) *field {
	g := e.Grid()
	n := g.Len()
	f := &field{density: e, deposit: e.Deposit(), grid: g, workers: w, q: e.Q(), logR: e.LogR(),
		weight: make([]float64, n), velocity: make([]grid.Vector, n), sums: make([]moments, g.NY), spans: make([]rowRange, g.NY), identitySums: make([]identitySums, g.NY)}
	f.tasks.mean, f.tasks.drift, f.tasks.weight = grid.OneByOne(f.meanRow), grid.OneByOne(f.driftRow), grid.OneByOne(f.weightRow)
	f.tasks.blob, f.tasks.identity = grid.OneByOne(f.blobRow), grid.OneByOne(f.identityRow)
	return f
}

// evaluate computes V and its weight at the nodes of a scope, and log r there; at every node for more than the occupied
// ones.
func (f *field) evaluate(d *gridDrift, at scope) {
	f.drift, f.scope, f.mean = d, at, 0
	if d.rho != nil {
		if len(f.logRho) == 0 {
			f.logRho = make([]float64, f.grid.Len())
		}
		f.density.LogRatios(true, d.rho.log, f.logRho)
	} else {
		f.density.LogRatios(at != occupied || d.table == nil || d.blob != nil, nil, nil)
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

// span bounds the columns of row iy whose nodes are to be evaluated, and keeps them.
func (f *field) span(iy int) (first, last int) {
	switch f.scope {
	case occupied:
		first, last = f.deposit.First[iy], f.deposit.Last[iy]
	case near:
		first, last = f.deposit.Around(iy, grid.Reach)
	default:
		first, last = 0, f.grid.NX-1
	}
	f.spans[iy] = rowRange{first, last}
	return first, last
}

// evaluated reports whether a node within the columns is evaluated.
func (f *field) evaluated(i, ix, iy int) bool {
	switch f.scope {
	case occupied:
		return f.deposit.Mass[i] > 0
	case near:
		return f.q[i] > 0
	default:
		return f.known(i, ix, iy)
	}
}

// known reports whether V is known at a node after an evaluation at the solid ones.
func (f *field) known(i, ix, iy int) bool {
	return f.deposit.Mass[i] > 0 || f.density.Solid(i, ix, iy)
}

// weightRow computes V = w(r)·β in a row: at all nodes between the first and the last that are evaluated, which is
// faster than at these alone. At the others it means nothing.
func (f *field) weightRow(iy int) {
	first, last := f.span(iy)
	if last < first {
		return
	}
	from, to := iy*f.grid.NX+first, iy*f.grid.NX+last+1
	weight, velocity := f.weight[from:to], f.velocity[from:to]
	f.drift.table.values(weight, f.logR[from:to])
	f.grid.Gradients(velocity, f.logR, first, iy)
	for k, w := range weight {
		velocity[k] = velocity[k].Times(w)
	}
}

// weighted is the weight and V = w(r)·β at a node.
func (f *field) weighted(i, ix, iy int) (weight float64, v grid.Vector) {
	w := f.drift.table.value(f.logR[i])
	return w, f.grid.Gradient(f.logR, ix, iy).Times(w)
}

// at is the weight and V at a solid node, which need not be in the scope of the evaluation.
func (f *field) at(i, ix, iy int) (weight float64, v grid.Vector) {
	if s := f.spans[iy]; s.first <= ix && ix <= s.last && f.evaluated(i, ix, iy) {
		return f.weight[i], f.velocity[i]
	}
	switch {
	case f.drift.blob != nil:
		return f.smoothed(i, ix, iy)
	case f.drift.table != nil:
		return f.weighted(i, ix, iy)
	}
	return f.combined(i, ix, iy)
}

// driftRow computes V = a·β + b·γ and its weight in a row.
func (f *field) driftRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		i := iy*f.grid.NX + ix
		if !f.evaluated(i, ix, iy) {
			continue
		}
		f.weight[i], f.velocity[i] = f.combined(i, ix, iy)
	}
}

// combined is the weight |a| + |b| and V = a·β + b·γ at a node.
func (f *field) combined(i, ix, iy int) (weight float64, v grid.Vector) {
	c := f.drift.Velocity(f.logRatios(i))
	v = f.grid.Gradient(f.logR, ix, iy).Times(c.Beta)
	if f.drift.rho != nil {
		v = v.Plus(f.grid.Gradient(f.logRho, ix, iy).Times(c.Gamma))
	}
	return math.Abs(c.Beta) + math.Abs(c.Gamma), v
}

// blobRow replaces V by the gradient of the smoothed potential, and the weight.
func (f *field) blobRow(iy int) {
	first, last := f.spans[iy].first, f.spans[iy].last
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.evaluated(i, ix, iy) {
			f.weight[i], f.velocity[i] = f.smoothed(i, ix, iy)
		}
	}
}

// smoothed is the weight and V of the blob velocity at a node.
func (f *field) smoothed(i, ix, iy int) (weight float64, v grid.Vector) {
	return edge * f.drift.blob.stiffness[i], f.grid.Gradient(f.drift.blob.smoothed, ix, iy)
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
