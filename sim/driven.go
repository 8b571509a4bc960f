package sim

import (
	"fmt"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/movers"
	"undercurrent/sim/target"
)

// DrivenEstimator is a density.Estimator with a drift: it computes the velocity V of any
// points from their density and the target, and their positions after a step. A Flow uses
// one for its particles, the training of a sampler for its samples. It is not safe for
// concurrent use.
type DrivenEstimator struct {
	scenario scenarios.Scenario
	settings Settings // Particles is the number of points, including those outside
	initial  int      // number of points of the initial cloud

	workers  *grid.Workers
	targets  *target.Cache // of this target and those before it, nil to keep none
	grid     grid.Grid
	fine     *target.OnGrid     // the target at the bandwidth h of the settings
	blurrer  *target.Blurrer    // of the target, nil without a coarse schedule
	finest   *density.Estimator // at h while a wider bandwidth is in force; see atFinest
	times    float64            // the bandwidth in force, in units of h
	target   *target.OnGrid     // at the bandwidth in force
	peak     float64            // the largest P of it
	density  *density.Estimator
	field    *field
	mover    *mover
	drift    *gridDrift
	sampling *movers.Mover // in place of the drift, nil for none
	effort   *effortMean
	rates    *birthDeath // nil before the first step with birth–death

	at     int // step of the flow, for the schedule
	points density.Contents
	// Whether the density, and the finest one, are up to date with the points.
	fresh, finestFresh bool
}

// NewDrivenEstimator returns an estimator for the initial cloud of the settings. The error
// names an invalid setting and what was expected.
func NewDrivenEstimator(s scenarios.Scenario, settings Settings) (*DrivenEstimator, error) {
	e, err := newDriven(nil, s, settings)
	if err != nil {
		return nil, err
	}
	points, _ := e.initialCloud().draw()
	e.use(density.AllEqual(points, len(points)))
	return e, e.checkReference()
}

// newDriven returns an estimator without points, with the targets of a cache.
func newDriven(targets *target.Cache, s scenarios.Scenario, settings Settings) (*DrivenEstimator, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	e := &DrivenEstimator{scenario: s, initial: settings.Particles, workers: grid.NewWorkers(), targets: targets}
	return e, e.build(settings)
}

// build builds everything that depends on the grid. The estimator is unchanged on an error.
func (e *DrivenEstimator) build(s Settings) error {
	g, err := grid.New(e.scenario.Window, s.Bandwidth, s.Spacing)
	if err != nil {
		return divergences.SettingError{Name: "bandwidth", Problem: err.Error()}
	}
	d, err := s.Drift.Build()
	if err != nil {
		return err
	}
	t, err := e.targets.New(e.scenario, g, s.Bandwidth, s.Smoothing, e.workers)
	if err != nil {
		return err
	}
	blurrer, err := newBlurrer(e.scenario, s.Coarse, g, e.workers)
	if err != nil {
		return err
	}
	sampling, err := e.newMoverOn(g, s)
	if err != nil {
		return err
	}
	e.sampling = sampling
	e.settings, e.grid, e.fine, e.blurrer, e.finest, e.finestFresh = s, g, t, blurrer, nil, false
	e.focus(d, s.Coarse.Times(e.at))
	return nil
}

// newBlurrer is nil without a schedule.
func newBlurrer(s scenarios.Scenario, c Coarse, g grid.Grid, w *grid.Workers) (*target.Blurrer, error) {
	if !c.On() {
		return nil, nil
	}
	return target.NewBlurrer(s.Target, g, w)
}

// focus builds everything that depends on the bandwidth in force, given in units of h.
func (e *DrivenEstimator) focus(d divergences.Drift, times float64) {
	if e.times, e.target = times, e.fine; times != 1 {
		e.target = e.fine.At(e.bandwidth(), e.blurrer)
	}
	e.peak = slices.Max(e.target.P)
	e.density = density.NewOn(e.target, e.kernel(), e.workers)
	e.field = newField(e.density, e.workers)
	e.effort = newEffortMean(e.field)
	e.mover = newMover(e.grid, e.bandwidth(), e.settings.Fraction, e.workers)
	e.drift, e.rates = e.prepare(d, e.settings.Velocity), nil
	e.fresh = false
}

// follow sets the step of the schedule, and reports whether another bandwidth is in force.
func (e *DrivenEstimator) follow(step int) (changed bool) {
	e.at = step
	times := e.settings.Coarse.Times(step)
	if times == e.times {
		return false
	}
	e.focus(e.drift.Drift, times)
	return true
}

// bandwidth is the bandwidth in force.
func (e *DrivenEstimator) bandwidth() float64 { return e.times * e.settings.Bandwidth }

// kernel is the kernel of the bandwidth in force.
func (e *DrivenEstimator) kernel() density.Kernel {
	k := e.settings.Kernel()
	k.Bandwidth = e.bandwidth()
	return k
}

// atFinest is the density at the bandwidth h of the settings, whatever is in force.
func (e *DrivenEstimator) atFinest() *density.Estimator {
	if e.times == 1 {
		e.refresh()
		return e.density
	}
	if e.finest == nil {
		e.finest = density.NewOn(e.fine, e.settings.Kernel(), e.workers)
	}
	if !e.finestFresh {
		e.finest.SetContents(e.points)
		e.finestFresh = true
	}
	return e.finest
}

// prepare returns a drift prepared for the grid.
func (e *DrivenEstimator) prepare(d divergences.Drift, v VelocityRule) *gridDrift {
	p := &gridDrift{Drift: d, ref: d.Reference(), rho: e.referenceFor(d.Reference())}
	if !p.hasReference() {
		p.table = newWeightTable(d)
	}
	if v == Blob {
		p.blob = newBlob(e.grid, e.kernel(), e.workers)
	}
	return p
}

// checkReference returns a VanishedError if the reference does not cover the points.
func (e *DrivenEstimator) checkReference() error {
	e.evaluate(occupied)
	return e.field.checkReference()
}

// Scenario returns the scenario.
func (e *DrivenEstimator) Scenario() scenarios.Scenario { return e.scenario }

// Settings returns the current settings.
func (e *DrivenEstimator) Settings() Settings { return e.settings }

// Drift returns the current drift, built from that of the settings.
func (e *DrivenEstimator) Drift() divergences.Drift { return e.drift.Drift }

// Target returns the target on the grid, at the bandwidth of the settings.
func (e *DrivenEstimator) Target() *target.OnGrid { return e.fine }

// SetDrift changes the drift and the velocity rule. Nothing changes on an error; it is a
// VanishedError if the reference of the drift does not cover the points.
func (e *DrivenEstimator) SetDrift(spec divergences.Spec, v VelocityRule) error {
	s := e.settings
	s.Drift, s.Velocity = spec, v
	return e.setDynamics(s)
}

// setDynamics is SetDrift with the birth–death and the coarse schedule of other settings, which are
// otherwise the same.
func (e *DrivenEstimator) setDynamics(s Settings) error {
	if err := s.Validate(); err != nil {
		return err
	}
	d, err := s.Drift.Build()
	if err != nil {
		return err
	}
	sampling, err := e.newMoverOn(e.grid, s)
	if err != nil {
		return err
	}
	old := *e
	e.sampling = sampling
	if e.settings = s; s.Coarse != old.settings.Coarse {
		if err = e.setCoarse(d); err != nil {
			*e = old
			return err
		}
	} else {
		e.drift = e.prepare(d, s.Velocity)
	}
	if err := e.checkReference(); err != nil {
		*e = old
		return err
	}
	return nil
}

// setCoarse prepares the schedule of the settings.
func (e *DrivenEstimator) setCoarse(d divergences.Drift) (err error) {
	if e.blurrer, err = newBlurrer(e.scenario, e.settings.Coarse, e.grid, e.workers); err != nil {
		return err
	}
	e.focus(d, e.settings.Coarse.Times(e.at))
	return nil
}

// SetKernel changes bandwidth and spacing, and with them grid, target and regions. Points
// outside the new padded window are moved to its edge. The estimator is unchanged on an
// error.
func (e *DrivenEstimator) SetKernel(bandwidth, spacing float64) error {
	if err := e.setKernel(bandwidth, spacing); err != nil {
		return err
	}
	clampAll(e.points.Points, e.grid.Bounds())
	return nil
}

func (e *DrivenEstimator) setKernel(bandwidth, spacing float64) error {
	s := e.settings
	s.Bandwidth, s.Spacing = bandwidth, spacing
	return e.build(s)
}

// setScenario changes the target, in the same window.
func (e *DrivenEstimator) setScenario(s scenarios.Scenario) error {
	old := e.scenario
	e.scenario = s
	if err := e.build(e.settings); err != nil {
		e.scenario = old
		return err
	}
	return nil
}

// initialCloud is the initial cloud of the settings.
func (e *DrivenEstimator) initialCloud() *initialCloud {
	return &initialCloud{e.scenario.Start.Sampler, e.settings.Seed, e.initial, e.grid.Bounds()}
}

// clampAll moves points into a window and returns the number of those that were outside.
func clampAll(points []scenarios.Point, w scenarios.Window) (outside int) {
	for i, p := range points {
		q, out := grid.Clamp(p, w)
		if out {
			outside++
		}
		points[i] = q
	}
	return outside
}

// SetPoints sets the points to a copy of the given ones, moves those outside the padded
// window to its edge and returns their number.
func (e *DrivenEstimator) SetPoints(points []scenarios.Point) (outside int) {
	e.use(density.AllEqual(append(e.points.Points[:0], points...), len(points)))
	return clampAll(e.points.Points, e.grid.Bounds())
}

// use sets the points. Their slices are kept; use must be called again after they change.
func (e *DrivenEstimator) use(points density.Contents) {
	e.points, e.settings.Particles, e.fresh, e.finestFresh = points, points.N, false, false
}

// refresh updates the density if the points have changed.
func (e *DrivenEstimator) refresh() {
	if e.fresh {
		return
	}
	e.density.SetContents(e.points)
	e.fresh = true
}

// totals returns the integrals of the current density.
func (e *DrivenEstimator) totals(u divergences.Functional, histogram bool) *density.Totals {
	e.refresh()
	return e.density.Totals(u, histogram)
}

// evaluate updates density, log r, and weight and V at the nodes of a scope.
func (e *DrivenEstimator) evaluate(at scope) {
	e.refresh()
	e.field.evaluate(e.drift, at)
}

// outsideShare is the share of the mass of the points that lies outside.
func (e *DrivenEstimator) outsideShare() float64 { return e.points.OutsideShare() }

// step returns the next step from the evaluated velocities. It is valid until the next call.
func (e *DrivenEstimator) step() step {
	dt := e.settings.DT
	if e.settings.Time == UnitEffort {
		dt = unitEffort(e.bandwidth(), e.effort.mean())
	}
	s := e.mover.step(e.field, dt*e.settings.Fraction)
	if e.settings.BirthDeath > 0 {
		if e.rates == nil {
			e.rates = newBirthDeath(e.grid, e.bandwidth(), e.workers)
		}
		e.rates.follow(e.field, e.settings.BirthDeath*s.dt)
		s.rates = e.rates
	}
	return s
}

// Ahead writes xᵢ + times·dxᵢ to dst for the first len(dst) points, where dxᵢ is the
// displacement in the next step, without taking it. Births and deaths are not in it.
func (e *DrivenEstimator) Ahead(dst []scenarios.Point, times float64) {
	e.evaluate(occupied)
	s := e.step()
	g, inv := e.grid, 1/e.grid.Spacing
	for k := range dst {
		p := e.points.Points[k]
		d := s.displacement((p.X-g.X0)*inv, (p.Y-g.Y0)*inv)
		dst[k] = scenarios.Point{X: p.X + times*d.X, Y: p.Y + times*d.Y}
	}
}

// ReferenceAt returns log ρ and its gradient at a point by bilinear interpolation, for a
// drift with an external reference.
func (e *DrivenEstimator) ReferenceAt(p scenarios.Point) (logRho, gx, gy float64) {
	return e.grid.Interpolate(e.drift.rho.log, p)
}

func mustMatch(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("sim: length of %s is %d, expected %d", what, got, want))
	}
}
