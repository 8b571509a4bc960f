package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// Change is what one step does to a quantity: predicted twice and measured.
type Change struct {
	// Population is what the formula of the flow says of the density itself, such
	// as −dt·E_q[κ w|β|²], the expectation taken over the particles.
	Population float64
	// FirstOrder is the exact derivative of the quantity on the nodes along the
	// displacements of the particles.
	FirstOrder float64
	// Measured is the value after the step minus the value before; NaN while the
	// step has not been taken.
	Measured float64
}

// response is what a step does to the objective, and to the mass and a functional of every
// region.
type response struct {
	objective  Change
	mass       []Change // a region each
	functional []Change
	total      Change // of the functional
	// gross is what the particles' own changes of the functional add up to in size,
	// Σ mass·|κ V·β| dt: the changes themselves may cancel.
	gross float64

	rate *rate
}

func newResponse(g grid.Grid, regions int) *response {
	return &response{rate: newRate(g), mass: make([]Change, regions), functional: make([]Change, regions)}
}

// predict fills in what is known before a step is taken. It needs a wide evaluation.
func (r *response) predict(e *DrivenEstimator, s step, u divergences.Functional) {
	r.objective, r.total = Change{Measured: math.NaN()}, Change{Measured: math.NaN()}
	for k := range r.mass {
		r.mass[k], r.functional[k] = r.objective, r.objective
	}
	r.rate.follow(e.density, s)
	r.firstOrder(e, u)
	r.population(e, s, u)
	r.flux(e, s, u)
	for k := range r.mass {
		r.total.Population += r.functional[k].Population
		r.total.FirstOrder += r.functional[k].FirstOrder
	}
}

// firstOrder is ∫ (δF/δq) δq dx for every F.
func (r *response) firstOrder(e *DrivenEstimator, u divergences.Functional) {
	f, area := e.field, e.grid.Area()
	reference := f.drift.hasReference()
	for i, change := range r.rate.change {
		if change == 0 || f.q[i] == 0 {
			continue
		}
		change *= area
		k := e.target.Regions.Labels[i]
		r.mass[k].FirstOrder += change
		if f.q[i] < density.NegligibleDensity && e.target.P[i] < density.NegligibleDensity {
			continue
		}
		r.functional[k].FirstOrder += change * u.Variation(f.logR[i])
		if !reference || e.density.InSupport(i) {
			r.objective.FirstOrder -= change * f.drift.Potential(f.place(i))
		}
	}
}

// population sums −κ V·β and −∇Φ·V over the particles.
func (r *response) population(e *DrivenEstimator, s step, u divergences.Functional) {
	f, g := e.field, e.grid
	r.gross = 0
	f.deposit.EachOccupied(func(i int) {
		ix, iy := i%g.NX, i/g.NX
		shift, mass := s.shift[i], f.deposit.Mass[i]
		beta := e.density.Beta(ix, iy)
		c := f.drift.Descent(f.place(i))
		descent := beta.Times(c.Beta)
		if f.drift.rho != nil {
			descent = descent.Plus(g.Gradient(f.logRho, ix, iy).Times(c.Gamma))
		}
		r.objective.Population -= mass * descent.Dot(shift)
		own := mass * u.Sensitivity(clipLog(f.logR[i])) * beta.Dot(shift)
		r.functional[e.target.Regions.Labels[i]].Population -= own
		r.gross += math.Abs(own)
	})
}

// flux adds what crosses from region to region: q V·n takes mass along, and with
// it the variation of the functional.
func (r *response) flux(e *DrivenEstimator, s step, u divergences.Functional) {
	g, f, labels := e.grid, e.field, e.target.Regions.Labels
	variation := func(i int) float64 { return u.Variation(clipLog(f.logR[i])) }
	cross := func(i, j int, amount float64) {
		a, b := labels[i], labels[j]
		carried := amount * (variation(i) + variation(j)) / 2
		r.mass[a].Population -= amount
		r.mass[b].Population += amount
		r.functional[a].Population -= carried
		r.functional[b].Population += carried
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			i := iy*g.NX + ix
			if right := i + 1; labels[i] != labels[right] && min(f.q[i], f.q[right]) > 0 {
				cross(i, right, (f.flow(&s, ix, iy).X+f.flow(&s, ix+1, iy).X)/2*g.Spacing)
			}
			if up := i + g.NX; labels[i] != labels[up] && min(f.q[i], f.q[up]) > 0 {
				cross(i, up, (f.flow(&s, ix, iy).Y+f.flow(&s, ix, iy+1).Y)/2*g.Spacing)
			}
		}
	}
}

// flow is q times the displacement of a step at a solid node, zero at others.
func (f *field) flow(s *step, ix, iy int) grid.Vector {
	i := iy*f.grid.NX + ix
	if !f.density.Solid(i, ix, iy) {
		return grid.Vector{}
	}
	shift, _, _ := s.cut(f.velocity[i], f.weight[i])
	return shift.Times(f.q[i])
}

// measure fills in what the step has changed: from the objective and the totals by region
// before it and after it.
func (r *response) measure(before, after regionTotals, objectiveBefore, objectiveAfter float64) {
	r.objective.Measured = objectiveAfter - objectiveBefore
	r.total.Measured = 0
	for k := range r.mass {
		r.functional[k].Measured = after.under[k] - before.under[k]
		r.mass[k].Measured = after.masses[k] - before.masses[k]
		r.total.Measured += r.functional[k].Measured
	}
}
