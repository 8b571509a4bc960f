package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// field is what a drift makes of an estimated density where the particles are: the weight
// and the velocity. Values are computed at the occupied nodes, or where wide at every solid
// one.
type field struct {
	density *density.Estimator
	deposit *grid.Deposit // of the estimator
	grid    grid.Grid
	workers *grid.Workers
	law     *law
	wide    bool // everything wherever there is q, not only at occupied nodes

	q        []float64     // of the estimator
	logR     []float64     // of the estimator
	logRho   []float64     // log ρ − log q, where ρ is a density of its own
	weight   []float64     // size of the coefficients of V
	velocity []grid.Vector // V
	sums     []moments     // a row each
	sides    []sides       // a row each

	mean, drift, weigh, steer, compare func(part, parts int)
}

// law is a drift made ready for the nodes of a grid.
type law struct {
	drift divergences.Drift
	ref   divergences.Reference
	rho   *reference
	table *weightTable // of a drift that depends on log r alone, otherwise nil
	// average is m = E_ρ[log r] of the present cloud, where there is a reference.
	average float64
	blob    *blob // nil for the plug-in velocity
}

func newField(e *density.Estimator, w *grid.Workers) *field {
	g := e.Grid()
	n := g.Len()
	f := &field{density: e, deposit: e.Deposit(), grid: g, workers: w, q: e.Q(), logR: e.LogR(), weight: make([]float64, n), velocity: make([]grid.Vector, n),
		sums: make([]moments, g.NY), sides: make([]sides, g.NY)}
	f.mean, f.drift, f.weigh = grid.Rows(g.NY, f.meanRow), grid.Rows(g.NY, f.driftRow), grid.Rows(g.NY, f.weighRow)
	f.steer, f.compare = grid.Rows(g.NY, f.steerRow), grid.Rows(g.NY, f.compareRow)
	return f
}

// evaluate computes log r, then V and its weight, at the occupied nodes, or where
// wide at every solid one.
func (f *field) evaluate(l *law, wide bool) {
	f.law, f.wide = l, wide
	if l.rho != nil {
		if len(f.logRho) == 0 {
			f.logRho = make([]float64, f.grid.Len())
		}
		f.density.LogRatios(true, l.rho.log, f.logRho)
	} else {
		f.density.LogRatios(wide || l.table == nil || l.blob != nil, nil, nil)
	}
	if l.table != nil {
		f.workers.All(f.weigh)
	} else {
		f.workers.All(f.mean)
		l.average = average(f.sums)
		f.workers.All(f.drift)
	}
	if l.blob != nil {
		l.blob.smooth(f)
		f.workers.All(f.steer)
	}
}

// span bounds the columns of row iy whose nodes are looked at.
func (f *field) span(iy int) (first, last int) {
	if f.wide {
		return 0, f.grid.NX - 1
	}
	return f.deposit.First[iy], f.deposit.Last[iy]
}

// looked reports whether a node within the span is one of them.
func (f *field) looked(i, ix, iy int) bool {
	return f.deposit.Mass[i] > 0 || f.wide && f.density.Solid(i, ix, iy)
}

// weighRow is V = w(r)·β in a row.
func (f *field) weighRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.looked(i, ix, iy) {
			w := f.law.table.at(f.logR[i])
			f.weight[i], f.velocity[i] = w, f.grid.Gradient(f.logR, ix, iy).Times(w)
		}
	}
}

// driftRow is V = a·β + b·γ in a row, its weight |a| + |b|.
func (f *field) driftRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		i := iy*f.grid.NX + ix
		if !f.looked(i, ix, iy) {
			continue
		}
		c := f.law.drift.Velocity(f.place(i))
		v := f.grid.Gradient(f.logR, ix, iy).Times(c.Beta)
		if f.law.rho != nil {
			v = v.Plus(f.grid.Gradient(f.logRho, ix, iy).Times(c.Gamma))
		}
		f.weight[i], f.velocity[i] = math.Abs(c.Beta)+math.Abs(c.Gamma), v
	}
}

// steerRow replaces V by the gradient of the smoothed potential, and the weight.
func (f *field) steerRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.looked(i, ix, iy) {
			f.velocity[i], f.weight[i] = f.grid.Gradient(f.law.blob.smoothed, ix, iy), edge*f.law.blob.stiffness[i]
		}
	}
}

// place is what the drift sees of a node with q > 0.
func (f *field) place(i int) divergences.Place {
	at := divergences.Place{LogR: f.logR[i], Mean: f.law.average}
	if f.law.rho != nil {
		at.LogRho = f.logRho[i]
	} else {
		at.LogRho = f.law.ref.LogRho(at.LogR)
	}
	return at
}

// clipLog bounds log r to ±ClipLogR.
func clipLog(logR float64) float64 { return min(max(logR, -ClipLogR), ClipLogR) }
