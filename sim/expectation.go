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
// take that off again, where δ² is the second difference.
type expectation struct {
	grid    grid.Grid
	mass    []float64
	motions []nodeMotion // at the nodes with mass, in their order
}

// update computes the masses of a deposit.
func (x *expectation) update(g grid.Grid, d *grid.Deposit) {
	if len(x.mass) != g.Len() {
		x.mass = make([]float64, g.Len())
	}
	x.grid = g
	clear(x.mass)
	d.EachOccupied(func(i int) {
		ix, iy, m := i%g.NX, i/g.NX, d.Mass[i]/12
		x.mass[i] += d.Mass[i]
		if ix > 0 && ix < g.NX-1 {
			x.sharpen(i, 1, m)
		}
		if iy > 0 && iy < g.NY-1 {
			x.sharpen(i, g.NX, m)
		}
	})
}

// sharpen moves a mass from both neighbours of a node to the node.
func (x *expectation) sharpen(i, step int, m float64) {
	x.mass[i-step] -= m
	x.mass[i] += 2 * m
	x.mass[i+step] -= m
}

// each visits the nodes with their masses and motions.
func (x *expectation) each(visit func(m *nodeMotion)) {
	for k := range x.motions {
		visit(&x.motions[k])
	}
}

// move computes the motions in a step.
func (x *expectation) move(f *field, s *step) {
	if n := x.grid.Len() - zeros(x.mass); cap(x.motions) < n {
		x.motions = make([]nodeMotion, 0, n+n/4)
	}
	x.motions = x.motions[:0]
	for i, mass := range x.mass {
		if mass != 0 && f.q[i] > 0 {
			x.motions = append(x.motions, f.motionOf(s, i, mass))
		}
	}
}

// zeros counts the zeros of a list.
func zeros(list []float64) (n int) {
	for _, v := range list {
		if v == 0 {
			n++
		}
	}
	return n
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
	l := f.logRatios(i)
	c := f.drift.Velocity(l)
	m := nodeMotion{node: i, mass: mass, beta: f.grid.Derivative(f.logR, i), left: 1}
	m.velocity, m.direct = m.beta.Times(c.Beta), m.beta.Times(c.Direct)
	if f.drift.rho != nil {
		gamma := f.grid.Derivative(f.logRho, i)
		m.velocity = m.velocity.Plus(gamma.Times(c.Gamma))
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
