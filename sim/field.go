package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// field is the density of a cloud on the nodes and what follows from it where
// the particles are: log r, the weight and the velocity. A node is occupied
// when a particle lies in one of its four cells; only there, and for log r around
// it, values are computed.
type field struct {
	grid    grid.Grid
	workers *grid.Workers
	target  *target.OnGrid
	law     *law
	wide    bool // everything wherever there is q, not only at occupied nodes
	deposit *grid.Deposit
	kernel  *grid.Convolution

	least    float64       // density from which a node counts as holding particles
	q        []float64     // density of the particles, every node
	logR     []float64     // log p − log q, unclipped, around occupied nodes
	logRho   []float64     // log ρ − log q beside it, where ρ is a density of its own
	weight   []float64     // size of the coefficients of V, occupied nodes
	velocity []grid.Vector // V, occupied nodes
	sums     []moments     // a row each
	sides    []sides       // a row each

	ratio, mean, drift, weigh, steer, compare func(part, parts int)
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

func newField(g grid.Grid, t *target.OnGrid, s Settings, c *grid.Workers) *field {
	n := g.Len()
	f := &field{grid: g, workers: c, target: t, kernel: grid.NewConvolution(g, c, s.kernelTaps(g), 1/g.Area()),
		q: make([]float64, n), logR: make([]float64, n), weight: make([]float64, n), velocity: make([]grid.Vector, n),
		sums: make([]moments, g.NY), sides: make([]sides, g.NY)}
	f.ratio, f.mean, f.drift, f.weigh = f.rows(f.ratioRow), f.rows(f.meanRow), f.rows(f.driftRow), f.rows(f.weighRow)
	f.steer, f.compare = f.rows(f.steerRow), f.rows(f.compareRow)
	f.resize(s)
	return f
}

// resize prepares the field for another number of particles.
func (f *field) resize(s Settings) {
	f.least, f.deposit = leastHeld(s.Bandwidth, s.Particles), grid.NewDeposit(f.grid, f.workers, s.Particles)
}

// rows is a task of the crew that visits the rows of its part.
func (f *field) rows(visit func(iy int)) func(part, parts int) {
	return func(part, parts int) {
		from, to := grid.Partition(f.grid.NY, part, parts)
		for iy := from; iy < to; iy++ {
			visit(iy)
		}
	}
}

// each has the crew do one of the field's tasks.
func (f *field) each(task func(part, parts int)) { f.workers.All(task) }

// density brings q up to date with the deposit.
func (f *field) density() {
	d := f.deposit
	f.kernel.Smooth(f.q, d.Mass, d.First, d.Last)
}

// evaluate computes log r, then V and its weight, at the occupied nodes, or where
// wide at every solid one.
func (f *field) evaluate(l *law, wide bool) {
	f.law, f.wide = l, wide
	if l.rho != nil && len(f.logRho) == 0 {
		f.logRho = make([]float64, f.grid.Len())
	}
	f.each(f.ratio)
	if l.table != nil {
		f.each(f.weigh)
	} else {
		f.each(f.mean)
		l.average = average(f.sums)
		f.each(f.drift)
	}
	if l.blob != nil {
		l.blob.smooth(f)
		f.each(f.steer)
	}
}

// ratioRow computes log r at the nodes of a row that the gradient at an occupied
// node reaches. The kernel is wider than that reach, so q > 0 there.
func (f *field) ratioRow(iy int) {
	first, last := f.spanAround(iy)
	row := iy * f.grid.NX
	for i := row + first; i <= row+last; i++ {
		q := f.q[i]
		if q <= 0 {
			continue
		}
		logQ := math.Log(q)
		f.logR[i] = f.target.LogP[i] - logQ
		if f.law.rho != nil {
			f.logRho[i] = f.law.rho.log[i] - logQ
		}
	}
}

// spanAround bounds the columns of row iy that a gradient reaches, or all where
// more than the gradient is asked for.
func (f *field) spanAround(iy int) (first, last int) {
	if f.wide || f.law.table == nil || f.law.blob != nil {
		return 0, f.grid.NX - 1
	}
	d := f.deposit
	first, last = f.grid.NX, -1
	for jy := max(iy-grid.Reach, 0); jy <= min(iy+grid.Reach, f.grid.NY-1); jy++ {
		first, last = min(first, d.First[jy]-grid.Reach), max(last, d.Last[jy]+grid.Reach)
	}
	return max(first, 0), min(last, f.grid.NX-1)
}

// span bounds the columns of row iy whose nodes are looked at.
func (f *field) span(iy int) (first, last int) {
	if f.wide {
		return 0, f.grid.NX - 1
	}
	return f.deposit.First[iy], f.deposit.Last[iy]
}

// looked tells whether a node within the span is one of them.
func (f *field) looked(i, ix, iy int) bool {
	return f.deposit.Mass[i] > 0 || f.wide && f.solid(i, ix, iy)
}

// solid tells whether q > 0 wherever the gradient at a node looks. The kernel's
// reach is a square, so its corners speak for all.
func (f *field) solid(i, ix, iy int) bool {
	const r = grid.Reach
	if ix < r || iy < r || ix >= f.grid.NX-r || iy >= f.grid.NY-r {
		return false
	}
	up := r * f.grid.NX
	return min(f.q[i-up-r], f.q[i-up+r], f.q[i+up-r], f.q[i+up+r], f.q[i]) > 0
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
