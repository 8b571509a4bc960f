package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// Change is the change of a quantity in one step, predicted in two ways and measured.
type Change struct {
	// Population is the prediction by the formula of the flow for infinitely many particles,
	// such as −dt·E_q[κ w|β|²], with the expectation over the particles.
	Population float64
	// FirstOrder is the exact derivative of the discretised quantity along the displacements
	// of the particles.
	FirstOrder float64
	// Measured is the value after the step minus the value before; NaN before the step.
	Measured float64
}

// response is the change in a step of the objective, and of the mass and a functional in
// every region.
type response struct {
	objective  Change
	mass       []Change // by region
	functional []Change // by region
	total      Change   // of the functional
	gross      float64  // Σ mass·|κ V·β| dt over the particles

	rate *rate
}

func newResponse(g grid.Grid, regions int) *response {
	return &response{rate: newRate(g), mass: make([]Change, regions), functional: make([]Change, regions)}
}

// predict computes the predictions for a step. It needs a wide evaluation.
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

// firstOrder adds ∫ (δF/δq) δq dx for every F.
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
		support := 1.0
		if reference {
			support = e.density.Support(i)
		}
		if support > 0 {
			r.objective.FirstOrder -= change * support * f.drift.Potential(f.logRatios(i))
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
		c := f.drift.Descent(f.logRatios(i))
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

// flux adds the flux across the borders of regions: of mass q V·n, and of the functional
// q V·n δU/δq.
func (r *response) flux(e *DrivenEstimator, s step, u divergences.Functional) {
	g, f, labels := e.grid, e.field, e.target.Regions.Labels
	variation := func(i int) float64 { return u.Variation(clipLog(f.logR[i])) }
	cross := func(i, j int, mass float64) {
		a, b := labels[i], labels[j]
		carried := mass * (variation(i) + variation(j)) / 2
		r.mass[a].Population -= mass
		r.mass[b].Population += mass
		r.functional[a].Population -= carried
		r.functional[b].Population += carried
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			i := iy*g.NX + ix
			if right := i + 1; labels[i] != labels[right] && min(f.q[i], f.q[right]) > 0 {
				cross(i, right, (f.massFlux(&s, ix, iy).X+f.massFlux(&s, ix+1, iy).X)/2*g.Spacing)
			}
			if up := i + g.NX; labels[i] != labels[up] && min(f.q[i], f.q[up]) > 0 {
				cross(i, up, (f.massFlux(&s, ix, iy).Y+f.massFlux(&s, ix, iy+1).Y)/2*g.Spacing)
			}
		}
	}
}

// massFlux is q times the displacement of a step at a solid node, zero at others.
func (f *field) massFlux(s *step, ix, iy int) grid.Vector {
	i := iy*f.grid.NX + ix
	if !f.density.Solid(i, ix, iy) {
		return grid.Vector{}
	}
	shift, _, _ := s.cut(f.velocity[i], f.weight[i])
	return shift.Times(f.q[i])
}

// measure sets the measured changes from the objective and the totals by region before and
// after the step.
func (r *response) measure(before, after regionTotals, objectiveBefore, objectiveAfter float64) {
	r.objective.Measured = objectiveAfter - objectiveBefore
	r.total.Measured = 0
	for k := range r.mass {
		r.functional[k].Measured = after.under[k] - before.under[k]
		r.mass[k].Measured = after.masses[k] - before.masses[k]
		r.total.Measured += r.functional[k].Measured
	}
}
