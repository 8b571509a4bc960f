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
	responseSums
	total      Change // of the functional
	reweighted *reweighting
	stripes    [grid.Stripes]responseSums
	rate       *rate
	steepest   *smoothedPotential
	// Of the functional, tabulated.
	of                     divergences.Functional
	variation, sensitivity *density.Curve

	making struct { // input of the workers
		estimator *DrivenEstimator
		step      step
	}
	run func(worker, from, to int)
}

// responseSums are sums over nodes and borders.
type responseSums struct {
	objective  Change
	mass       []Change // by region
	functional []Change // by region
	gross      float64  // E|κ V·β| dt over the particles, with the limits of the step
	square     MeanSquare
}

// MeanSquare is E|V|², and E[V·dx]/dt with the displacements dx that the limits of a step leave.
type MeanSquare struct{ Velocity, Taken float64 }

func newResponse(e *DrivenEstimator, regions int) *response {
	r := &response{rate: newRate(e.grid, e.workers), steepest: newSmoothedPotential(e.grid, e.kernel(), e.workers)}
	r.responseSums = newResponseSums(regions)
	for k := range r.stripes {
		r.stripes[k] = newResponseSums(regions)
	}
	r.run = grid.OneByOne(r.predictStripe)
	return r
}

func newResponseSums(regions int) responseSums {
	return responseSums{mass: make([]Change, regions), functional: make([]Change, regions)}
}

// clear sets the sums to zero; nothing is measured.
func (r *responseSums) clear() {
	unmeasured := Change{Measured: math.NaN()}
	r.objective, r.gross, r.square = unmeasured, 0, MeanSquare{}
	for k := range r.mass {
		r.mass[k], r.functional[k] = unmeasured, unmeasured
	}
}

// plus adds other predictions.
func (r *responseSums) plus(o *responseSums) {
	r.objective.plus(o.objective)
	for k := range r.mass {
		r.mass[k].plus(o.mass[k])
		r.functional[k].plus(o.functional[k])
	}
	r.gross += o.gross
	r.square.Velocity += o.square.Velocity
	r.square.Taken += o.square.Taken
}

// plus adds another prediction.
func (c *Change) plus(o Change) {
	c.Population += o.Population
	c.Taken += o.Taken
	c.FirstOrder += o.FirstOrder
}

// use tabulates a functional.
func (r *response) use(u divergences.Functional) {
	if r.of != u {
		r.of, r.variation, r.sensitivity = u, density.NewCurve(u.Variation), density.NewCurve(u.Sensitivity)
	}
}

// begin prepares the predictions for a step, of which expectation.sum adds the populations. V is known near the occupied
// nodes.
func (r *response) begin(e *DrivenEstimator, s step, u divergences.Functional) {
	r.use(u)
	r.steepest.follow(e.field)
	r.making.estimator, r.making.step = e, s
	for k := range r.stripes {
		r.stripes[k].clear()
	}
}

// reweigh computes the part of the predictions that is due to birth–death, of the particles where they are.
func (r *response) reweigh() {
	if r.making.step.rates == nil {
		return
	}
	if r.reweighted == nil {
		r.reweighted = newReweighting(r.making.estimator, len(r.mass))
	}
	r.reweighted.predict(r)
}

// complete adds up the predictions. The rate is that of the step; the fields are still those before it.
func (r *response) complete() {
	r.making.estimator.workers.Stripes(r.run)
	r.clear()
	r.total = Change{Measured: math.NaN()}
	for k := range r.stripes {
		r.plus(&r.stripes[k])
	}
	r.addParts(&r.responseSums, r.rate.change)
	if r.making.step.rates != nil {
		r.plus(&r.reweighted.responseSums)
	}
	for k := range r.functional {
		r.total.plus(r.functional[k])
	}
}

func (r *response) predictStripe(stripe int) {
	e, sums := r.making.estimator, &r.stripes[stripe]
	from, to := grid.Stripe(e.grid.NY, stripe)
	r.firstOrder(sums, r.rate.change, from*e.grid.NX, to*e.grid.NX)
	for iy := from; iy < min(to, e.grid.NY-1); iy++ {
		r.flux(sums, iy)
	}
}

// block is the number of nodes whose values of a curve are computed at once.
const block = 128

// firstOrder adds ∫ (δF/δq) δq dx for every F, over the nodes from..to−1, for a change δq of the
// density.
func (r *response) firstOrder(sums *responseSums, changes []float64, from, to int) {
	e := r.making.estimator
	var memory [block]float64
	for ; from < to; from += block {
		end := min(from+block, to)
		variation := memory[:end-from]
		r.variation.Values(variation, e.field.logR[from:end])
		r.firstOrderOf(sums, changes[from:end], variation, from)
	}
}

// firstOrderOf is firstOrder over the nodes from one on, given δU/δq there. The sums of a region go through memory
// where the region changes.
func (r *response) firstOrderOf(sums *responseSums, changes, variation []float64, from int) {
	e, n := r.making.estimator, len(changes)
	labels, q, p, potential := e.target.Regions.Labels[from:from+n], e.field.q[from:from+n], e.target.P[from:from+n], r.steepest.potential[from:from+n]
	area, objective, k := e.grid.Area(), sums.objective.FirstOrder, labels[0]
	mass, functional := sums.mass[k].FirstOrder, sums.functional[k].FirstOrder
	for j, change := range changes {
		if change == 0 || q[j] == 0 {
			continue
		}
		if labels[j] != k {
			sums.mass[k].FirstOrder, sums.functional[k].FirstOrder = mass, functional
			k = labels[j]
			mass, functional = sums.mass[k].FirstOrder, sums.functional[k].FirstOrder
		}
		change *= area
		mass += change
		if q[j] < density.NegligibleDensity && p[j] < density.NegligibleDensity {
			continue
		}
		functional += change * variation[j]
		// Φ, with the support of the particles, is what has been smoothed.
		objective -= change * potential[j]
	}
	sums.mass[k].FirstOrder, sums.functional[k].FirstOrder, sums.objective.FirstOrder = mass, functional, objective
}

// addParts adds the parts of cells to regions other than their nodes', or takes them off.
func (r *response) addParts(sums *responseSums, changes []float64) {
	e := r.making.estimator
	f := e.field
	for _, c := range e.target.Regions.Parts {
		change := c.Share * changes[c.Node] * e.grid.Area()
		if change == 0 || f.q[c.Node] == 0 {
			continue
		}
		sums.mass[c.Region].FirstOrder += change
		if f.q[c.Node] >= density.NegligibleDensity || e.target.P[c.Node] >= density.NegligibleDensity {
			sums.functional[c.Region].FirstOrder += change * r.variation.At(f.logR[c.Node])
		}
	}
}

// population adds −dt E[κ V·β], −dt E[∇(K_h * Φ)·V] and E|V|² of a row.
func (r *response) population(sums *responseSums, m *rowMemory, iy int) {
	if len(m.motions) == 0 {
		return
	}
	e := r.making.estimator
	e.grid.Derivatives(m.vectors, r.steepest.smoothed, m.first, iy)
	start := iy*e.grid.NX + m.first
	var logs, values [block]float64
	for motions := m.motions; len(motions) > 0; motions = motions[min(block, len(motions)):] {
		some := motions[:min(block, len(motions))]
		for k := range some {
			logs[k] = clipLog(e.field.logR[some[k].node])
		}
		r.sensitivity.Values(values[:len(some)], logs[:len(some)])
		for k := range some {
			r.populate(sums, &some[k], values[k], m.vectors[some[k].node-start])
		}
	}
}

// populate adds a node to the population, with κ and ∇(K_h * Φ) there.
func (r *response) populate(sums *responseSums, m *nodeMotion, sensitivity float64, steepest grid.Vector) {
	e, time := r.making.estimator, m.mass*r.making.step.dt
	square := m.mass * m.velocity.Dot(m.velocity)
	sums.square.Velocity += square
	sums.square.Taken += square * m.left
	fall := time * steepest.Dot(m.velocity)
	sums.objective.cross(-fall, -fall*m.left)
	repair := sensitivity * m.beta.Dot(m.velocity)
	own := time * repair
	sums.functional[e.target.Regions.Labels[m.node]].cross(-own, -own*m.left)
	// The masses of an expectation have both signs, so their sizes do not sum to one.
	sums.gross += time * math.Abs(repair) * m.left
}

// flux adds the flux across the borders of regions from row iy to the right and up: of mass
// q V·n, and of the functional q V·n δU/δq.
func (r *response) flux(sums *responseSums, iy int) {
	e, s := r.making.estimator, &r.making.step
	g, f, labels := e.grid, e.field, e.target.Regions.Labels
	for ix := range g.NX - 1 {
		i := iy*g.NX + ix
		if right := i + 1; labels[i] != labels[right] && min(f.q[i], f.q[right]) > 0 {
			flux, taken := f.massFlux(s, ix, iy, ix+1, iy)
			r.cross(sums, i, right, flux.X*g.Spacing, taken.X*g.Spacing)
		}
		if up := i + g.NX; labels[i] != labels[up] && min(f.q[i], f.q[up]) > 0 {
			flux, taken := f.massFlux(s, ix, iy, ix, iy+1)
			r.cross(sums, i, up, flux.Y*g.Spacing, taken.Y*g.Spacing)
		}
	}
}

// cross adds the mass that crosses the border from the region of node i to that of node j.
func (r *response) cross(sums *responseSums, i, j int, mass, taken float64) {
	e := r.making.estimator
	a, b := e.target.Regions.Labels[i], e.target.Regions.Labels[j]
	psi := (r.variation.At(clipLog(e.field.logR[i])) + r.variation.At(clipLog(e.field.logR[j]))) / 2
	sums.mass[a].cross(-mass, -taken)
	sums.mass[b].cross(mass, taken)
	sums.functional[a].cross(-mass*psi, -taken*psi)
	sums.functional[b].cross(mass*psi, taken*psi)
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
		weight, velocity := f.at(i, n[0], n[1])
		shift, _, _ := s.cut(velocity, weight)
		formula = formula.Plus(velocity.Times(f.q[i] * s.dt / 2 * f.resolvedPart(i)))
		taken = taken.Plus(shift.Times(f.q[i] / 2))
	}
	return formula, taken
}

// measure sets the measured changes from the objective and the totals by region before and
// after the step.
func (r *response) measure(before, after *regionTotals, objectiveBefore, objectiveAfter float64) {
	r.objective.Measured = objectiveAfter - objectiveBefore
	r.total.Measured = 0
	for k := range r.mass {
		r.functional[k].Measured = after.under[k] - before.under[k]
		r.mass[k].Measured = after.masses[k] - before.masses[k]
		r.total.Measured += r.functional[k].Measured
	}
}
