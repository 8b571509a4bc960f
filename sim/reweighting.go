package sim

import (
	"math"

	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// reweighting is the part of a response that is due to birth–death. With g = δF/δq of a quantity F
// and the signed probability s = ±p of an event, positive for a death,
//
//	Population   −λ dt Cov(g, Φ) over the particles
//	Taken        −Cov(g, s): p in place of λ dt |Φ − E Φ|
//	FirstOrder   ∫ g δq dx with the expected change of the smoothed density
//
//	δq = K_h * (1/N) Σᵢ pᵢ (J * m − δ_xᵢ)    for the deaths,
//	     K_h * (1/N) Σᵢ pᵢ (J * δ_xᵢ − m)    for the births,
//
// where m is the deposited mass and J the Gaussian by which a copy is set off from its source.
// Events of one step that meet each other are of second order in p. Measured is after the events
// minus before them, when the particles have moved.
type reweighting struct {
	responseSums
	total Change // of the functional

	change         []float64 // δq at the nodes
	deaths, births *eventMass
	jitter         *grid.Convolution // with J
	copies, spread []float64         // masses of copies at their sources, and with J
	first, last    []int

	regionTotals    // before the events
	objectiveBefore float64
}

func newReweighting(e *DrivenEstimator, regions int) *reweighting {
	g, w := e.grid, e.workers
	n := g.Len()
	r := &reweighting{responseSums: newResponseSums(regions), change: make([]float64, n),
		deaths: newEventMass(g, w, true), births: newEventMass(g, w, false), jitter: newJitter(g, e.bandwidth(), w),
		copies: make([]float64, n), spread: make([]float64, n)}
	r.first, r.last = grid.AllColumns(g)
	return r
}

// newJitter is the convolution with J. KernelTaps takes off the variance of a deposit, which is not
// deposited again here.
func newJitter(g grid.Grid, bandwidth float64, w *grid.Workers) *grid.Convolution {
	const reach = 4
	spread := copySpread * bandwidth
	wide := math.Sqrt(spread*spread + g.Spacing*g.Spacing/6)
	return grid.NewConvolution(g, w, grid.KernelTaps(wide, g.Spacing, int(math.Ceil(reach*spread/g.Spacing))), 1)
}

// predict computes the predictions for a step with birth–death, whose response to the drift is known.
func (r *reweighting) predict(of *response) {
	e, s := of.making.estimator, &of.making.step
	r.follow(e.density, s.rates)
	r.clear()
	r.covariances(of)
	of.firstOrder(&r.responseSums, r.change, 0, e.grid.Len())
	of.addParts(&r.responseSums, r.change)
	r.total = Change{Measured: math.NaN()}
	for k := range r.functional {
		r.total.plus(r.functional[k])
	}
}

// follow computes the expected change of the smoothed density.
func (r *reweighting) follow(e *density.Estimator, b *birthDeath) {
	r.deaths.follow(e, b)
	r.births.follow(e, b)
	mass := e.Deposit().Mass
	for i, m := range mass {
		r.copies[i] = r.births.mass[i] + r.deaths.total*m
	}
	r.jitter.Smooth(r.spread, r.copies, r.first, r.last)
	for i, m := range mass {
		r.spread[i] -= r.deaths.mass[i] + r.births.total*m
	}
	e.Smooth(r.change, r.spread, r.first, r.last)
}

// covariances adds −λ dt Cov(g, Φ) and −Cov(g, s), over the particles in each region.
func (r *reweighting) covariances(of *response) {
	e, b := of.making.estimator, of.making.step.rates
	var potential, sign float64 // means
	e.field.eachExpected(func(i int, mass float64) {
		p := of.steepest.potential[i]
		potential += mass * p
		sign += mass * b.signed(p)
	})
	e.field.eachExpected(func(i int, mass float64) {
		p := of.steepest.potential[i]
		// The rates of change of the mass at the node, relative to it.
		formula, taken := -b.time*(potential-p), sign-b.signed(p)
		formula, taken = mass*formula, mass*taken
		k := e.target.Regions.Labels[i]
		variation := of.variation.At(clipLog(e.field.logR[i]))
		r.mass[k].cross(formula, taken)
		r.functional[k].cross(formula*variation, taken*variation)
		r.objective.cross(-formula*p, -taken*p)
	})
}

// before keeps the totals and the objective before the events.
func (r *reweighting) before(t *density.Totals, objective float64) {
	r.regionTotals.copy(t)
	r.objectiveBefore = objective
}

// after sets the measured changes from the totals and the objective after the events.
func (r *reweighting) after(now *regionTotals, objective float64) {
	r.objective.Measured = objective - r.objectiveBefore
	r.total.Measured = 0
	for k := range r.mass {
		r.mass[k].Measured = now.masses[k] - r.masses[k]
		r.functional[k].Measured = now.under[k] - r.under[k]
		r.total.Measured += r.functional[k].Measured
	}
}

// addTo adds the changes to a report.
func (r *reweighting) addTo(report *Report) {
	report.UnderCoverageReweighted, report.ActiveReweighted = r.total, r.objective
	for k := range report.Regions {
		report.Regions[k].Reweighted, report.Regions[k].UnderCoverageReweighted = r.mass[k], r.functional[k]
	}
}
