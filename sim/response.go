package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Change is the change of a quantity in one step, predicted in two ways and measured.
type Change struct {
	// Population is the prediction by the formula of the flow for infinitely many particles,
	// such as −dt·E[κ V·β], with the expectation over the particles. V is not limited.
	Population float64
	// Taken is Population with the displacements that the limits of a step leave in place of V·dt.
	Taken float64
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
	gross      float64  // E|κ V·β| dt over the particles, with the limits of the step
	square     MeanSquare

	rate     *rate
	steepest smoothedPotential
}

// MeanSquare is E|V|², and E[V·dx]/dt with the displacements dx that the limits of a step leave.
type MeanSquare struct{ Velocity, Taken float64 }

func newResponse(e *DrivenEstimator, regions int) *response {
	return &response{rate: newRate(e.grid), steepest: newSmoothedPotential(e.grid, e.settings.Kernel(), e.workers),
		mass: make([]Change, regions), functional: make([]Change, regions)}
}

// predict computes the predictions for a step. It needs a wide evaluation.
func (r *response) predict(e *DrivenEstimator, x *expectation, s step, u divergences.Functional) {
	r.objective, r.total = Change{Measured: math.NaN()}, Change{Measured: math.NaN()}
	for k := range r.mass {
		r.mass[k], r.functional[k] = r.objective, r.objective
	}
	r.rate.follow(e.density, s)
	r.firstOrder(e, u)
	r.steepest.follow(e.field)
	r.population(e, x, s, u)
	r.flux(e, s, u)
	for k := range r.mass {
		r.total.Population += r.functional[k].Population
		r.total.Taken += r.functional[k].Taken
		r.total.FirstOrder += r.functional[k].FirstOrder
	}
}

// firstOrder adds ∫ (δF/δq) δq dx for every F.
func (r *response) firstOrder(e *DrivenEstimator, u divergences.Functional) {
	f, area := e.field, e.grid.Area()
	reference := f.drift.hasReference()
	for _, c := range e.target.Regions.Parts {
		r.addPart(e, u, c, area)
	}
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

// addPart adds the part of a cell to a region other than its node's, or takes it off.
func (r *response) addPart(e *DrivenEstimator, u divergences.Functional, c target.CellPart, area float64) {
	f, change := e.field, c.Share*r.rate.change[c.Node]*area
	if change == 0 || f.q[c.Node] == 0 {
		return
	}
	r.mass[c.Region].FirstOrder += change
	if f.q[c.Node] >= density.NegligibleDensity || e.target.P[c.Node] >= density.NegligibleDensity {
		r.functional[c.Region].FirstOrder += change * u.Variation(f.logR[c.Node])
	}
}

// population is −dt E[κ V·β], −dt E[∇(K_h * Φ)·V] and E|V|².
func (r *response) population(e *DrivenEstimator, x *expectation, s step, u divergences.Functional) {
	f := e.field
	r.gross, r.square = 0, MeanSquare{}
	x.each(func(m *nodeMotion) {
		i, time := m.node, m.mass*s.dt
		square := m.mass * m.velocity.Dot(m.velocity)
		r.square.Velocity += square
		r.square.Taken += square * m.left
		fall := time * e.grid.Derivative(r.steepest.smoothed, i).Dot(m.velocity)
		r.objective.Population -= fall
		r.objective.Taken -= fall * m.left
		repair := u.Sensitivity(clipLog(f.logR[i])) * m.beta.Dot(m.velocity)
		own := time * repair
		region := &r.functional[e.target.Regions.Labels[i]]
		region.Population -= own
		region.Taken -= own * m.left
		// The masses of an expectation have both signs, so their sizes do not sum to one.
		r.gross += time * math.Abs(repair) * m.left
	})
}

// flux adds the flux across the borders of regions: of mass q V·n, and of the functional
// q V·n δU/δq.
func (r *response) flux(e *DrivenEstimator, s step, u divergences.Functional) {
	g, f, labels := e.grid, e.field, e.target.Regions.Labels
	variation := func(i int) float64 { return u.Variation(clipLog(f.logR[i])) }
	cross := func(i, j int, mass, taken float64) {
		a, b := labels[i], labels[j]
		psi := (variation(i) + variation(j)) / 2
		r.mass[a].cross(-mass, -taken)
		r.mass[b].cross(mass, taken)
		r.functional[a].cross(-mass*psi, -taken*psi)
		r.functional[b].cross(mass*psi, taken*psi)
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			i := iy*g.NX + ix
			if right := i + 1; labels[i] != labels[right] && min(f.q[i], f.q[right]) > 0 {
				flux, taken := f.massFlux(&s, ix, iy, ix+1, iy)
				cross(i, right, flux.X*g.Spacing, taken.X*g.Spacing)
			}
			if up := i + g.NX; labels[i] != labels[up] && min(f.q[i], f.q[up]) > 0 {
				flux, taken := f.massFlux(&s, ix, iy, ix, iy+1)
				cross(i, up, flux.Y*g.Spacing, taken.Y*g.Spacing)
			}
		}
	}
}

// cross adds what crosses a border.
func (c *Change) cross(formula, taken float64) {
	c.Population += formula
	c.Taken += taken
}

// resolvedPart is the part of V that is left where a weight that grows without bound is read up to
// the resolved ratio only: beyond, q V would be p²/q or more, of no particles.
func (f *field) resolvedPart(i int) float64 {
	if f.drift.blob != nil || !f.drift.GrowsWithR() || f.density.Beyond(i) == 0 {
		return 1
	}
	l := f.logRatios(i)
	return f.drift.Descent(l).Beta / f.drift.Velocity(l).Beta
}

// massFlux is the mean of q V dt over two neighbouring nodes, and of q times the displacement that
// the limits of the step leave. A node that is not solid counts as zero.
func (f *field) massFlux(s *step, ix, iy, jx, jy int) (formula, taken grid.Vector) {
	for _, n := range [][2]int{{ix, iy}, {jx, jy}} {
		i := n[1]*f.grid.NX + n[0]
		if !f.density.Solid(i, n[0], n[1]) {
			continue
		}
		shift, _, _ := s.cut(f.velocity[i], f.weight[i])
		formula = formula.Plus(f.velocity[i].Times(f.q[i] * s.dt / 2 * f.resolvedPart(i)))
		taken = taken.Plus(shift.Times(f.q[i] / 2))
	}
	return formula, taken
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
