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
// take that off again, where δ² is the second difference. The sum of each stripe of rows has a
// list of its own.
type expectation struct {
	motions [grid.Stripes][]nodeMotion // at the nodes with mass, in their order

	making struct { // input of the workers
		field *field
		step  step
	}
	run func(worker, from, to int)
}

// move computes the motions in a step.
func (x *expectation) move(f *field, s step) {
	if x.run == nil {
		x.run = grid.OneByOne(x.moveStripe)
	}
	x.making.field, x.making.step = f, s
	f.workers.Stripes(x.run)
}

func (x *expectation) moveStripe(stripe int) {
	f, list := x.making.field, x.motions[stripe][:0]
	from, to := grid.Stripe(f.grid.NY, stripe)
	if room := f.near(from, to); room > cap(list) {
		// By appending, it would grow in many steps and leave several times as much behind. A cloud that spreads
		// needs a little more at every step.
		list = make([]nodeMotion, 0, min(room+room/4, (to-from)*f.grid.NX))
	}
	for iy := from; iy < to; iy++ {
		first, last := f.deposit.Around(iy, 1)
		for ix := first; ix <= last; ix++ {
			i := iy*f.grid.NX + ix
			if mass := expectedMass(f.deposit, f.grid, ix, iy); mass != 0 && f.q[i] > 0 {
				list = append(list, f.motionOf(&x.making.step, i, mass))
			}
		}
	}
	x.motions[stripe] = list
}

// near is the number of nodes of the rows from..to−1 that may have mass for an expectation.
func (f *field) near(from, to int) (nodes int) {
	for iy := from; iy < to; iy++ {
		if first, last := f.deposit.Around(iy, 1); first <= last {
			nodes += last - first + 1
		}
	}
	return nodes
}

// expectedMass is the mass of a node for an expectation. A second difference needs both
// neighbours, so there is none across the border of the grid.
func expectedMass(d *grid.Deposit, g grid.Grid, ix, iy int) float64 {
	i := iy*g.NX + ix
	return d.Mass[i] - (secondDifference(d.Mass, i, 1, ix, g.NX)+secondDifference(d.Mass, i, g.NX, iy, g.NY))/12
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

// motionOf returns the motion at a node in a step; V has been evaluated there.
func (f *field) motionOf(s *step, i int, mass float64) nodeMotion {
	m := nodeMotion{node: i, mass: mass, beta: f.grid.Derivative(f.logR, i), left: 1}
	if f.drift.table != nil {
		m.velocity = m.beta.Times(f.drift.table.value(f.logR[i]))
		m.direct = m.velocity
	} else {
		c := f.drift.Velocity(f.logRatios(i))
		m.velocity, m.direct = m.beta.Times(c.Beta), m.beta.Times(c.Direct)
		if f.drift.rho != nil {
			m.velocity = m.velocity.Plus(f.grid.Derivative(f.logRho, i).Times(c.Gamma))
		}
	}
	if f.drift.blob != nil {
		m.velocity = f.grid.Derivative(f.drift.blob.smoothed, i)
	}
	shift, capped, limited := s.cut(f.velocity[i], f.weight[i])
	if square := f.velocity[i].Dot(f.velocity[i]); (capped || limited) && square > 0 {
		m.left = math.Sqrt(shift.Dot(shift)/square) / s.dt
	}
	return m
}

// each visits the motions in the order of the nodes.
func (x *expectation) each(visit func(m *nodeMotion)) {
	for stripe := range x.motions {
		for k := range x.motions[stripe] {
			visit(&x.motions[stripe][k])
		}
	}
}
