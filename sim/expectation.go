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
	add := func(i int, m float64) {
		if i >= 0 && i < len(x.mass) {
			x.mass[i] += m
		}
	}
	d.EachOccupied(func(i int) {
		m := d.Mass[i] / 12
		add(i, d.Mass[i]+4*m)
		add(i-1, -m)
		add(i+1, -m)
		add(i-g.NX, -m)
		add(i+g.NX, -m)
	})
}

// each visits the nodes with their masses and motions.
func (x *expectation) each(visit func(m *nodeMotion)) {
	for k := range x.motions {
		visit(&x.motions[k])
	}
}

// move computes the motions in a step. Nodes at the border, where a field has no derivative of
// fourth order, are left out.
func (x *expectation) move(f *field, s *step) {
	if n := x.grid.Len() - zeros(x.mass); cap(x.motions) < n {
		x.motions = make([]nodeMotion, 0, n+n/4)
	}
	x.motions = x.motions[:0]
	for iy := grid.Reach; iy < x.grid.NY-grid.Reach; iy++ {
		for ix := grid.Reach; ix < x.grid.NX-grid.Reach; ix++ {
			if i := iy*x.grid.NX + ix; x.mass[i] != 0 {
				x.motions = append(x.motions, f.motionOf(s, i, x.mass[i]))
			}
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

// nodeMotion is the motion at a node: β, the steepest descent ∇Φ of the objective and V, from
// derivatives of fourth order, and the part of V·dt that the limits of a step leave.
type nodeMotion struct {
	node                    int
	mass                    float64 // for the expectation
	beta, descent, velocity grid.Vector
	// direct is the part of V along β that is not due to the reference.
	direct grid.Vector
	left   float64
}

// motionOf returns the motion at a node in a step; V has been evaluated there.
func (f *field) motionOf(s *step, i int, mass float64) nodeMotion {
	l := f.logRatios(i)
	c, d := f.drift.Velocity(l), f.drift.Descent(l)
	m := nodeMotion{node: i, mass: mass, beta: f.grid.Derivative(f.logR, i), left: 1}
	m.velocity, m.descent, m.direct = m.beta.Times(c.Beta), m.beta.Times(d.Beta), m.beta.Times(c.Direct)
	if f.drift.rho != nil {
		gamma := f.grid.Derivative(f.logRho, i)
		m.velocity, m.descent = m.velocity.Plus(gamma.Times(c.Gamma)), m.descent.Plus(gamma.Times(d.Gamma))
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
