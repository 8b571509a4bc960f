package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// Change is what one step does to a quantity: foretold twice and measured.
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

// response foretells and measures a step.
type response struct {
	rate *rate
	held []float64 // the density of the reference before the step

	objective  Change
	mass       []Change // a region each
	functional []Change
	total      Change

	// The objective, and a region each the functional and the mass, before the step.
	value          float64
	values, masses []float64
	// gross is what the particles' own changes of the functional add up to in size,
	// Σ mass·|κ V·β| dt: the changes themselves may cancel.
	gross float64
}

func newResponse(g grid.Grid, regions int) *response {
	return &response{rate: newRate(g), held: make([]float64, g.Len()),
		mass: make([]Change, regions), functional: make([]Change, regions),
		values: make([]float64, regions), masses: make([]float64, regions)}
}

// foretell fills in what is known before the step that was aimed.
func (s *response) foretell(f *Flow, u divergences.Functional) {
	s.objective, s.total = Change{Measured: math.NaN()}, Change{Measured: math.NaN()}
	for k := range s.mass {
		s.mass[k], s.functional[k] = s.objective, s.objective
	}
	s.rate.follow(f.field, f.mover, f.points, f.settings.Particles)
	s.firstOrder(f, u)
	s.population(f, u)
	s.flux(f, u)
	for k := range s.mass {
		s.total.Population += s.functional[k].Population
		s.total.FirstOrder += s.functional[k].FirstOrder
	}
}

// firstOrder is ∫ (δF/δq) δq dx for every F.
func (s *response) firstOrder(f *Flow, u divergences.Functional) {
	d, area := f.field, f.grid.Area()
	reference := d.law.ref.Kind != divergences.NoReference
	for i, change := range s.rate.change {
		if change == 0 || d.q[i] == 0 {
			continue
		}
		change *= area
		k := f.regions.Labels[i]
		s.mass[k].FirstOrder += change
		if d.q[i] < density.NegligibleDensity && f.target.P[i] < density.NegligibleDensity {
			continue
		}
		s.functional[k].FirstOrder += change * u.Variation(d.logR[i])
		if !reference || d.density.InSupport(i) {
			s.objective.FirstOrder -= change * d.law.drift.Potential(d.place(i))
		}
	}
}

// population sums −κ V·β and −∇Φ·V over the particles.
func (s *response) population(f *Flow, u divergences.Functional) {
	d := f.field
	s.gross = 0
	d.deposit.EachOccupied(func(i int) {
		ix, iy := i%f.grid.NX, i/f.grid.NX
		step, mass := f.mover.shift[i], d.deposit.Mass[i]
		beta := f.grid.Gradient(d.logR, ix, iy)
		c := d.law.drift.Descent(d.place(i))
		descent := beta.Times(c.Beta)
		if d.law.rho != nil {
			descent = descent.Plus(f.grid.Gradient(d.logRho, ix, iy).Times(c.Gamma))
		}
		s.objective.Population -= mass * descent.Dot(step)
		own := mass * u.Sensitivity(clipLog(d.logR[i])) * beta.Dot(step)
		s.functional[f.regions.Labels[i]].Population -= own
		s.gross += math.Abs(own)
	})
}

// flux adds what crosses from region to region: q V·n takes mass along, and with
// it the variation of the functional.
func (s *response) flux(f *Flow, u divergences.Functional) {
	g := f.grid
	label := f.regions.Labels
	cross := func(i, j int, amount float64) {
		a, b := label[i], label[j]
		carried := amount * (u.Variation(f.logRAt(i)) + u.Variation(f.logRAt(j))) / 2
		s.mass[a].Population -= amount
		s.mass[b].Population += amount
		s.functional[a].Population -= carried
		s.functional[b].Population += carried
	}
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			i := iy*g.NX + ix
			if right := i + 1; label[i] != label[right] && min(f.field.q[i], f.field.q[right]) > 0 {
				cross(i, right, (f.flow(ix, iy).X+f.flow(ix+1, iy).X)/2*g.Spacing)
			}
			if up := i + g.NX; label[i] != label[up] && min(f.field.q[i], f.field.q[up]) > 0 {
				cross(i, up, (f.flow(ix, iy).Y+f.flow(ix, iy+1).Y)/2*g.Spacing)
			}
		}
	}
}

// logRAt is log r at a node with q > 0, bounded to where variations are finite.
func (f *Flow) logRAt(i int) float64 { return clipLog(f.field.logR[i]) }

// flow is q times the displacement of the aimed step at a solid node.
func (f *Flow) flow(ix, iy int) grid.Vector {
	d := f.field
	i := iy*f.grid.NX + ix
	if !d.density.Solid(i, ix, iy) {
		return grid.Vector{}
	}
	step, _, _ := f.mover.cut(d.velocity[i], d.weight[i])
	return step.Times(d.q[i])
}

// note keeps the values before the step.
func (s *response) note(f *Flow, u divergences.Functional) {
	f.field.holdReference(s.held)
	t := f.totals(u, false)
	s.value = f.law.objective(t, f.straying(), s.held)
	copy(s.values, t.Under)
	copy(s.masses, t.Masses)
}

// measure fills in what the step has changed, from a report of the state after it and
// its totals. With a reference, ρ is held as it was before the step.
func (s *response) measure(f *Flow, r *Report, t *density.Totals) {
	after := r.Active
	if f.law.ref.Kind != divergences.NoReference {
		after = f.law.objective(t, f.straying(), s.held)
	}
	s.objective.Measured = after - s.value
	s.total.Measured = 0
	for k := range s.mass {
		s.functional[k].Measured = r.Regions[k].UnderCoverage - s.values[k]
		s.mass[k].Measured = t.Masses[k] - s.masses[k]
		s.total.Measured += s.functional[k].Measured
	}
}
