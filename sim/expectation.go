package sim

import (
	"math"

	"undercurrent/sim/grid"
)

// expectation computes E over the particles of functions that are known at the nodes. The deposit
// spreads a particle over four nodes, which adds dx²/12·Δf to the mean of f; the masses
//
//	m − (δₓ² + δᵧ²)m/12
//
// take that off again, where δ² is the second difference. The sums of each stripe of rows are taken by themselves.
type expectation struct {
	memory []rowMemory // by worker

	making struct { // input of the workers
		estimator *DrivenEstimator
		step      step
		sums      motionSums
	}
	run func(worker, from, to int)
}

// motionSums are what is summed over the motions, nil for nothing.
type motionSums struct {
	response  *response
	effort    *effort
	deposited bool // whether the masses of the effort are those deposited
}

// rowMemory is what a worker knows of a row.
type rowMemory struct {
	motions []nodeMotion
	vectors []grid.Vector // at the nodes from column first on
	masses  []float64     // there
	first   int
}

// sum adds the motions in a step to what is summed, row by row; they are not kept.
func (x *expectation) sum(e *DrivenEstimator, s step, to motionSums) {
	if x.run == nil {
		x.run, x.memory = x.sumStripes, make([]rowMemory, e.workers.Size())
		for k := range x.memory {
			x.memory[k] = rowMemory{motions: make([]nodeMotion, e.grid.NX), vectors: make([]grid.Vector, e.grid.NX), masses: make([]float64, e.grid.NX)}
		}
	}
	x.making.estimator, x.making.step, x.making.sums = e, s, to
	e.workers.Stripes(x.run)
}

func (x *expectation) sumStripes(worker, from, to int) {
	m, e, sums := &x.memory[worker], x.making.estimator, &x.making.sums
	for stripe := from; stripe < to; stripe++ {
		first, end := grid.Stripe(e.grid.NY, stripe)
		for iy := first; iy < end; iy++ {
			m.move(e.field, &x.making.step, iy)
			if r := sums.response; r != nil {
				r.population(&r.stripes[stripe], m, iy)
			}
			if sums.effort != nil {
				sums.effort.stripes[stripe].addRow(e, m.motions, sums.deposited)
			}
		}
	}
}

// move computes the motions of a row in a step.
func (m *rowMemory) move(f *field, s *step, iy int) {
	m.motions = m.motions[:0]
	first, last := f.deposit.Around(iy, 1)
	if last < first {
		return
	}
	n := last - first + 1
	m.first, m.vectors, m.masses = first, m.vectors[:n], m.masses[:n]
	expectedMasses(m.masses, f.deposit, f.grid, first, iy)
	f.grid.Derivatives(m.vectors, f.logR, first, iy)
	start := iy*f.grid.NX + first
	q := f.q[start : start+n]
	for k, beta := range m.vectors {
		if mass := m.masses[k]; mass != 0 && q[k] > 0 {
			n := len(m.motions)
			m.motions = m.motions[:n+1]
			m.motions[n].node, m.motions[n].mass, m.motions[n].beta = start+k, mass, beta
			f.move(&m.motions[n], s)
		}
	}
}

// eachExpected visits the nodes with mass for an expectation, in their order.
func (f *field) eachExpected(visit func(i int, mass float64)) {
	for iy := range f.grid.NY {
		first, last := f.deposit.Around(iy, 1)
		for ix := first; ix <= last; ix++ {
			i := iy*f.grid.NX + ix
			if mass := expectedMass(f.deposit, f.grid, ix, iy); mass != 0 && f.q[i] > 0 {
				visit(i, mass)
			}
		}
	}
}

// expectedMass is the mass of a node for an expectation. A second difference needs both
// neighbours, so there is none across the border of the grid.
func expectedMass(d *grid.Deposit, g grid.Grid, ix, iy int) float64 {
	i := iy*g.NX + ix
	return d.Mass[i] - (secondDifference(d.Mass, i, 1, ix, g.NX)+secondDifference(d.Mass, i, g.NX, iy, g.NY))/12
}

// expectedMasses writes expectedMass at the nodes of row iy from column first on to dst.
func expectedMasses(dst []float64, d *grid.Deposit, g grid.Grid, first, iy int) {
	from, to := g.InteriorColumns(first, iy, len(dst))
	for k := range from {
		dst[k] = expectedMass(d, g, first+k, iy)
	}
	for k := to; k < len(dst); k++ {
		dst[k] = expectedMass(d, g, first+k, iy)
	}
	if from == to {
		return
	}
	start, n := iy*g.NX+first+from, to-from
	here, below, above := d.Mass[start-1:start+n+1], d.Mass[start-g.NX:start-g.NX+n], d.Mass[start+g.NX:start+g.NX+n]
	dst, below, above = dst[from:to], below[:n], above[:n]
	for k := range dst {
		twice := -2 * here[k+1]
		dst[k] = here[k+1] - (twice+here[k]+here[k+2]+(twice+below[k]+above[k]))/12
	}
}

// secondDifference is what the second differences along one axis leave at node i, position k of n
// along it, if each takes twice the mass of its node and gives it to both neighbours.
func secondDifference(mass []float64, i, step, k, n int) (sum float64) {
	if k > 0 && k < n-1 {
		sum = -2 * mass[i]
	}
	if k > 1 {
		sum += mass[i-step]
	}
	if k < n-2 {
		sum += mass[i+step]
	}
	return sum
}

// nodeMotion is the motion at a node: β and V, from derivatives of fourth order, and the part of
// V·dt that the limits of a step leave.
type nodeMotion struct {
	node           int
	mass           float64 // for the expectation
	beta, velocity grid.Vector
	// direct is the part of V along β that is not due to the reference.
	direct grid.Vector
	left   float64
}

// move completes the motion at a node in a step; V has been evaluated there.
func (f *field) move(m *nodeMotion, s *step) {
	i, beta := m.node, m.beta
	if f.drift.table != nil {
		m.velocity = beta.Times(f.tableWeight(i))
		m.direct = m.velocity
	} else {
		c := f.drift.Velocity(f.logRatios(i))
		m.velocity, m.direct = beta.Times(c.Beta), beta.Times(c.Direct)
		if f.drift.rho != nil {
			m.velocity = m.velocity.Plus(f.grid.Derivative(f.logRho, i).Times(c.Gamma))
		}
	}
	if f.drift.blob != nil {
		m.velocity = f.grid.Derivative(f.drift.blob.smoothed, i)
	}
	m.left = 1
	shift, capped, limited := s.cut(f.velocity[i], f.weight[i])
	if square := f.velocity[i].Dot(f.velocity[i]); (capped || limited) && square > 0 {
		m.left = math.Sqrt(shift.Dot(shift)/square) / s.dt
	}
}

// tableWeight is the tabulated weight at a node near the occupied ones; the blob velocity has another one in its place.
func (f *field) tableWeight(i int) float64 {
	if f.drift.blob != nil {
		return f.drift.table.value(f.logR[i])
	}
	return f.weight[i]
}
