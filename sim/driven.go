package sim

import (
	"fmt"
	"math/rand/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// DrivenEstimator is an Estimator of density with a drift: it gives the velocity V that the
// density of any points has towards the target, and where a step would take them. A Flow is
// one with particles of its own that it moves; a sampler in training asks it about its
// samples. It is not safe for concurrent use.
type DrivenEstimator struct {
	scenario scenarios.Scenario
	settings Settings // Particles is the number of the points, those outside included
	initial  int      // points of the initial cloud

	workers *grid.Workers
	targets *target.Cache // of this target, nil where none are shared
	grid    grid.Grid
	target  *target.OnGrid
	density *density.Estimator
	field   *field
	mover   *mover
	drift   *gridDrift
	weights weights // memory of step

	points []scenarios.Point // in the padded window
	fresh  bool              // the density is that of the points
}

// NewDrivenEstimator prepares one at the initial cloud of the settings. The error says which
// setting cannot be used and what was expected.
func NewDrivenEstimator(s scenarios.Scenario, settings Settings) (*DrivenEstimator, error) {
	e, err := newDriven(nil, s, settings)
	if err != nil {
		return nil, err
	}
	points, _ := e.initialCloud()
	e.use(points, len(points))
	return e, e.checkReference()
}

// newDriven prepares one without points, with the targets of a cache.
func newDriven(targets *target.Cache, s scenarios.Scenario, settings Settings) (*DrivenEstimator, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	e := &DrivenEstimator{scenario: s, initial: settings.Particles, workers: grid.NewWorkers(), targets: targets}
	return e, e.build(settings)
}

// build makes everything that depends on the grid, or leaves the estimator as it is.
func (e *DrivenEstimator) build(s Settings) error {
	g, err := grid.New(e.scenario.Window, s.Bandwidth, s.Spacing)
	if err != nil {
		return err
	}
	d, err := s.Drift.Build()
	if err != nil {
		return err
	}
	t, err := e.targets.New(e.scenario, g, s.Bandwidth, s.Smoothing, e.workers)
	if err != nil {
		return err
	}
	e.settings, e.grid, e.target = s, g, t
	e.density = density.NewOn(t, s.Kernel(), e.workers)
	e.field = newField(e.density, e.workers)
	e.mover = newMover(g, s.Bandwidth, s.Fraction, e.workers)
	e.drift = e.prepare(d, s.Velocity)
	e.fresh = false
	return nil
}

// prepare makes a drift ready for the grid.
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

// checkReference refuses the drift where its reference does not cover the points.
func (e *DrivenEstimator) checkReference() error {
	e.evaluate(false)
	return e.field.checkReference()
}

// Scenario is whose target drives the points.
func (e *DrivenEstimator) Scenario() scenarios.Scenario { return e.scenario }

// Settings are the present ones.
func (e *DrivenEstimator) Settings() Settings { return e.settings }

// Drift is the present one, built of that in the settings.
func (e *DrivenEstimator) Drift() divergences.Drift { return e.drift.Drift }

// Target is what drives the points, on the grid.
func (e *DrivenEstimator) Target() *target.OnGrid { return e.target }

// SetDrift changes the drift and by which velocity it moves. It stays as it was on an
// error, which says why the new one cannot be used where the points are.
func (e *DrivenEstimator) SetDrift(spec divergences.Spec, v VelocityRule) error {
	s, old := e.settings, e.drift
	s.Drift, s.Velocity = spec, v
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

// SetKernel changes bandwidth and spacing, and with them grid, target and regions. The
// points stay where they are but for the edge of the padded window. The estimator is
// unchanged on an error.
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

// initialCloud draws the start of the seed, with the number of points that were outside.
func (e *DrivenEstimator) initialCloud() (points []scenarios.Point, outside int) {
	points = make([]scenarios.Point, e.initial)
	e.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(e.settings.Seed, 0)))
	return points, clampAll(points, e.grid.Bounds())
}

// clampAll moves points into a window and returns how many were outside.
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

// Place makes other points the ones that are driven, moves those outside of the padded
// window to its edge and returns how many. They are copied.
func (e *DrivenEstimator) Place(points []scenarios.Point) (outside int) {
	e.use(append(e.points[:0], points...), len(points))
	return clampAll(e.points, e.grid.Bounds())
}

// use makes points the ones that are driven, all of which lie in the padded window, out of
// n. The slice is kept; whoever changes it must use it again.
func (e *DrivenEstimator) use(points []scenarios.Point, n int) {
	e.points, e.settings.Particles, e.fresh = points, n, false
}

// refresh brings the density up to date with the points.
func (e *DrivenEstimator) refresh() {
	if e.fresh {
		return
	}
	e.density.SetInside(e.points, e.settings.Particles)
	e.fresh = true
}

// totals are the integrals of the present density.
func (e *DrivenEstimator) totals(u divergences.Functional, histogram bool) *density.Totals {
	e.refresh()
	return e.density.Totals(u, histogram)
}

// evaluate brings density, log r, weight and V up to date, wherever there is q if wide.
func (e *DrivenEstimator) evaluate(wide bool) {
	e.refresh()
	e.field.evaluate(e.drift, wide)
}

// outsideShare is the share of the points that lie outside.
func (e *DrivenEstimator) outsideShare() float64 {
	n := e.settings.Particles
	return float64(n-len(e.points)) / float64(n)
}

// step makes the next step from the velocities, which have been evaluated. It holds until
// the next is made.
func (e *DrivenEstimator) step() step {
	dt := e.settings.DT
	if e.settings.Time == UnitEffort {
		dt = unitEffort(e.settings.Bandwidth, e.field.meanEffort(&e.weights))
	}
	return e.mover.step(e.field, dt*e.settings.Fraction)
}

// Ahead writes where so many times the next step would take the first points, as many as
// dst has room for, without taking it.
func (e *DrivenEstimator) Ahead(dst []scenarios.Point, times float64) {
	e.evaluate(false)
	s := e.step()
	g, inv := e.grid, 1/e.grid.Spacing
	for k := range dst {
		p := e.points[k]
		d := s.at((p.X-g.X0)*inv, (p.Y-g.Y0)*inv)
		dst[k] = scenarios.Point{X: p.X + times*d.X, Y: p.Y + times*d.Y}
	}
}

// ReferenceAt is log ρ and its gradient at a point, where the drift has a reference that is
// a density of its own: the bilinear value of the nodes.
func (e *DrivenEstimator) ReferenceAt(p scenarios.Point) (logRho, gx, gy float64) {
	return e.grid.LookUp(e.drift.rho.log, p)
}

func mustMatch(what string, got, want int) {
	if got != want {
		panic(fmt.Sprintf("sim: length of %s is %d, expected %d", what, got, want))
	}
}
