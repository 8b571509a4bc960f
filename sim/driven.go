package sim

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
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

	workers *grid.Workers
	targets *target.Cache // of this target, nil if not shared
	grid    grid.Grid
	target  *target.OnGrid
	peak    float64 // the largest P
	density *density.Estimator
	field   *field
	mover   *mover
	drift   *gridDrift
	effort  *effortMean
	rates   *birthDeath // nil before the first step with birth–death

	points []scenarios.Point // in the padded window
	fresh  bool              // whether the density is up to date with the points
}

// NewDrivenEstimator returns an estimator for the initial cloud of the settings. The error
// names an invalid setting and what was expected.
func NewDrivenEstimator(s scenarios.Scenario, settings Settings) (*DrivenEstimator, error) {
	e, err := newDriven(nil, s, settings)
	if err != nil {
		return nil, err
	}
	points, _ := e.initialCloud()
	e.use(points, len(points))
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
	e.settings, e.grid, e.target, e.peak = s, g, t, slices.Max(t.P)
	e.density = density.NewOn(t, s.Kernel(), e.workers)
	e.field = newField(e.density, e.workers)
	e.effort = newEffortMean(e.field)
	e.mover = newMover(g, s.Bandwidth, s.Fraction, e.workers)
	e.drift, e.rates = e.prepare(d, s.Velocity), nil
	e.fresh = false
	return nil
}

// prepare returns a drift prepared for the grid.
func (e *DrivenEstimator) prepare(d divergences.Drift, v VelocityRule) *gridDrift {
	p := &gridDrift{Drift: d, ref: d.Reference(), rho: e.referenceFor(d.Reference())}
	if !p.hasReference() {
		p.table = newWeightTable(d)
	}
	if v == Blob {
		p.blob = newBlob(e.grid, e.settings.Kernel(), e.workers)
	}
	return p
}

// checkReference returns a VanishedError if the reference does not cover the points.
func (e *DrivenEstimator) checkReference() error {
	e.evaluate(false)
	return e.field.checkReference()
}

// Scenario returns the scenario.
func (e *DrivenEstimator) Scenario() scenarios.Scenario { return e.scenario }

// Settings returns the current settings.
func (e *DrivenEstimator) Settings() Settings { return e.settings }

// Drift returns the current drift, built from that of the settings.
func (e *DrivenEstimator) Drift() divergences.Drift { return e.drift.Drift }

// Target returns the target on the grid.
func (e *DrivenEstimator) Target() *target.OnGrid { return e.target }

// SetDrift changes the drift and the velocity rule. Nothing changes on an error; it is a
// VanishedError if the reference of the drift does not cover the points.
func (e *DrivenEstimator) SetDrift(spec divergences.Spec, v VelocityRule) error {
	return e.setDrift(spec, v, e.settings.BirthDeath)
}

// setDrift is SetDrift with the rate of birth–death.
func (e *DrivenEstimator) setDrift(spec divergences.Spec, v VelocityRule, birthDeath float64) error {
	s, old := e.settings, e.drift
	s.Drift, s.Velocity, s.BirthDeath = spec, v, birthDeath
	if err := s.Validate(); err != nil {
		return err
	}
	d, err := spec.Build()
	if err != nil {
		return err
	}
	e.drift = e.prepare(d, v)
	if err := e.checkReference(); err != nil {
		e.drift = old
		return err
	}
	e.settings = s
	return nil
}

// SetKernel changes bandwidth and spacing, and with them grid, target and regions. Points
// outside the new padded window are moved to its edge. The estimator is unchanged on an
// error.
func (e *DrivenEstimator) SetKernel(bandwidth, spacing float64) error {
	if err := e.setKernel(bandwidth, spacing); err != nil {
		return err
	}
	clampAll(e.points, e.grid.Bounds())
	return nil
}

func (e *DrivenEstimator) setKernel(bandwidth, spacing float64) error {
	s := e.settings
	s.Bandwidth, s.Spacing = bandwidth, spacing
	return e.build(s)
}

// setScenario changes the target, in the same window.
func (e *DrivenEstimator) setScenario(s scenarios.Scenario) error {
	old, targets := e.scenario, e.targets
	e.scenario, e.targets = s, nil
	if err := e.build(e.settings); err != nil {
		e.scenario, e.targets = old, targets
		return err
	}
	return nil
}

// initialCloud draws the initial cloud by the seed, clamps it to the padded window, and
// returns the number of points that were outside.
func (e *DrivenEstimator) initialCloud() (points []scenarios.Point, outside int) {
	points = make([]scenarios.Point, e.initial)
	e.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(e.settings.Seed, 0)))
	return points, clampAll(points, e.grid.Bounds())
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
	e.use(append(e.points[:0], points...), len(points))
	return clampAll(e.points, e.grid.Bounds())
}

// use sets the points, which lie in the padded window; n is their number including those
// outside. The slice is kept; use must be called again after it changes.
func (e *DrivenEstimator) use(points []scenarios.Point, n int) {
	e.points, e.settings.Particles, e.fresh = points, n, false
}

// refresh updates the density if the points have changed.
func (e *DrivenEstimator) refresh() {
	if e.fresh {
		return
	}
	e.density.SetInside(e.points, e.settings.Particles)
	e.fresh = true
}

// totals returns the integrals of the current density.
func (e *DrivenEstimator) totals(u divergences.Functional, histogram bool) *density.Totals {
	e.refresh()
	return e.density.Totals(u, histogram)
}

// evaluate updates density, log r, weight and V at the occupied nodes, or at all solid nodes
// if wide is true.
func (e *DrivenEstimator) evaluate(wide bool) {
	e.refresh()
	e.field.evaluate(e.drift, wide)
}

// outsideShare is the fraction of the points that lie outside.
func (e *DrivenEstimator) outsideShare() float64 {
	n := e.settings.Particles
	return float64(n-len(e.points)) / float64(n)
}

// step returns the next step from the evaluated velocities. It is valid until the next call.
func (e *DrivenEstimator) step() step {
	dt := e.settings.DT
	if e.settings.Time == UnitEffort {
		dt = unitEffort(e.settings.Bandwidth, e.effort.mean())
	}
	s := e.mover.step(e.field, dt*e.settings.Fraction)
	if e.settings.BirthDeath > 0 {
		if e.rates == nil {
			e.rates = newBirthDeath(e.grid, e.settings.Bandwidth, e.workers)
		}
		e.rates.follow(e.field, e.settings.BirthDeath*s.dt)
		s.rates = e.rates
	}
	return s
}

// Ahead writes xᵢ + times·dxᵢ to dst for the first len(dst) points, where dxᵢ is the
// displacement in the next step, without taking it. Births and deaths are not in it.
func (e *DrivenEstimator) Ahead(dst []scenarios.Point, times float64) {
	e.evaluate(false)
	s := e.step()
	g, inv := e.grid, 1/e.grid.Spacing
	for k := range dst {
		p := e.points[k]
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
