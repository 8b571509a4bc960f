// Package sim moves a cloud of particles to a target along the Wasserstein
// gradient flow of a divergence, and measures what happens on the way.
//
// One regular grid is the stage for flow and pictures alike. A step deposits
// the particles on it (cloud in cell), smooths that with a Gaussian kernel into
// the density q, takes log r = log p − log q and its gradient β at the nodes,
// and moves each particle by the bilinear value of w(r)·β·dt: the cost per
// particle does not grow with their number.
//
// A Flow owns the particles. Settings choose how it moves, Step moves it, a
// Report is what is measured of it, a Snapshot is a copy for a screen.
package sim

import (
	"math"
	"math/rand/v2"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Flow is a cloud of particles on its way to a target. It is not safe for
// concurrent use; what it hands out are copies.
type Flow struct {
	scenario scenarios.Scenario
	settings Settings

	workers *grid.Workers
	known   *target.Cache // of this target, nil where none are shared
	grid    grid.Grid
	target  *target.OnGrid
	regions *target.Regions
	density *density.Estimator
	field   *field
	mover   *mover
	law     *law
	spread  weights

	// What measuring needs, made where it is first asked for.
	response *response
	motion   motion
	held     []float64

	points []scenarios.Point
	// frame is what is watched, nil otherwise: points are then what of it lies in the
	// padded window, and members their numbers in it, nil where that is all of it.
	frame   []scenarios.Point
	members []int32
	starts  []scenarios.Point // where each particle began, nil if unknown; shared with moments, never written
	origin  []uint16          // region each particle started in, nil if unknown
	asked   int               // particles that the flow starts with

	seen *sight // of the last frame that was watched

	progress Progress
	fresh    bool // the field's density belongs to the points
}

// Progress says how far a flow has come and how its last step went.
type Progress struct {
	Step int
	// Time is the sum of all dt since the start.
	Time float64
	// DT is the length of the last step.
	DT float64
	// Capped is the share of the particles whose w·dt was cut to 2c·h².
	Capped float64
	// Limited is the share of the particles whose displacement was cut to h/2.
	Limited float64
	// Held counts the particles that met the edge of the padded window; of a frame that
	// is watched those beyond it.
	Held int
}

// New prepares a flow at its initial cloud. The error says which setting cannot
// be used and what was expected.
func New(s scenarios.Scenario, settings Settings) (*Flow, error) { return NewOn(nil, s, settings) }

// NewOn is New with the targets of a cache; what is tabulated is added to it. A nil cache
// keeps none.
func NewOn(known *target.Cache, s scenarios.Scenario, settings Settings) (*Flow, error) {
	if err := settings.Validate(); err != nil {
		return nil, err
	}
	f := &Flow{scenario: s, settings: settings, workers: grid.NewWorkers(), known: known, asked: settings.Particles}
	if err := f.build(settings); err != nil {
		return nil, err
	}
	f.Restart()
	return f, f.checkReference()
}

// Sibling is a flow of the same scenario under settings of its own, at its initial cloud.
// Where grid and kernel are those of f, it shares what follows from the target and costs
// no tabulation.
func (f *Flow) Sibling(settings Settings) (*Flow, error) {
	return NewOn(target.NewCache(f.target), f.scenario, settings)
}

// build makes everything that depends on the grid, or leaves the flow as it is.
func (f *Flow) build(s Settings) error {
	g, err := grid.New(f.scenario.Window, s.Bandwidth, s.Spacing)
	if err != nil {
		return err
	}
	t, err := f.known.New(f.scenario, g, s.Bandwidth, s.Smoothing, f.workers)
	if err != nil {
		return err
	}
	f.settings, f.grid, f.target, f.regions = s, g, t, t.Regions
	f.density = density.NewOn(t, s.Kernel(), f.workers)
	f.field = newField(f.density, f.workers)
	f.mover = newMover(g, s.Bandwidth, s.Fraction, f.workers)
	f.law = f.lawOf(s.Drift, s.Velocity)
	f.response, f.seen = nil, nil
	f.fresh = false
	return nil
}

// lawOf makes a drift ready for the grid in force.
func (f *Flow) lawOf(d divergences.Drift, v VelocityRule) *law {
	l := &law{drift: d, ref: d.Reference(), rho: f.referenceFor(d.Reference())}
	if l.ref.Kind == divergences.NoReference {
		l.table = newWeightTable(d)
	}
	if v == Blob {
		l.blob = newBlob(f.grid, f.settings.Kernel(), f.workers)
	}
	return l
}

// checkReference refuses the law in force where its reference does not cover the cloud.
func (f *Flow) checkReference() error {
	f.evaluate()
	return f.field.checkReference()
}

// Scenario is what flows.
func (f *Flow) Scenario() scenarios.Scenario { return f.scenario }

// Settings are those in force.
func (f *Flow) Settings() Settings { return f.settings }

// Grid is the grid in force.
func (f *Flow) Grid() grid.Grid { return f.grid }

// Regions are the scenario's or the target's, at the present bandwidth.
func (f *Flow) Regions() *target.Regions { return f.regions }

// Target is what the flow goes to, on the grid.
func (f *Flow) Target() *target.OnGrid { return f.target }

// LogZ is the logarithm of the target's normalizing constant, by quadrature
// over the padded window.
func (f *Flow) LogZ() float64 { return f.target.LogZ }

// Progress is how far the flow has come.
func (f *Flow) Progress() Progress { return f.progress }

// Restart puts the particles back to the initial cloud of the seed, as many as the
// flow was made with.
func (f *Flow) Restart() {
	points, held := f.initialCloud()
	f.take(points)
	f.starts = slices.Clone(f.points)
	f.noteOrigins()
	f.progress = Progress{Held: held}
}

// take makes points the particles.
func (f *Flow) take(points []scenarios.Point) {
	f.resize(len(points))
	f.points, f.frame, f.members, f.fresh = points, nil, nil, false
}

// resize makes the number of particles n.
func (f *Flow) resize(n int) {
	f.settings.Particles = n
}

// Reseed restarts from the initial cloud of another seed.
func (f *Flow) Reseed(seed uint64) {
	f.settings.Seed = seed
	f.Restart()
}

// SetDrift changes what moves the particles and by which velocity. The particles
// stay where they are; so does the drift on an error, which says why the new one
// cannot be used here.
func (f *Flow) SetDrift(d divergences.Drift, v VelocityRule) error {
	s, old := f.settings, f.law
	s.Drift, s.Velocity = d, v
	if err := s.Validate(); err != nil {
		return err
	}
	f.law = f.lawOf(d, v)
	if err := f.checkReference(); err != nil {
		f.law = old
		return err
	}
	f.settings = s
	return nil
}

// SetBandwidth changes the kernel, and with it grid, target and regions; the
// particles stay where they are. The flow is unchanged on an error.
func (f *Flow) SetBandwidth(bandwidth float64) error {
	return f.SetKernel(bandwidth, f.settings.Spacing)
}

// SetKernel changes bandwidth and spacing; see Settings.
func (f *Flow) SetKernel(bandwidth, spacing float64) error {
	s := f.settings
	s.Bandwidth, s.Spacing = bandwidth, spacing
	if err := f.build(s); err != nil {
		return err
	}
	f.noteOrigins()
	if f.frame != nil {
		f.sift()
		f.progress.Held = f.strays()
		return nil
	}
	f.holdAll(f.points)
	return nil
}

// initialCloud draws the start of the seed in force, with how many were beyond the padded
// window.
func (f *Flow) initialCloud() (points []scenarios.Point, held int) {
	points = make([]scenarios.Point, f.asked)
	f.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(f.settings.Seed, 0)))
	return points, f.holdAll(points)
}

// holdAll holds points in the padded window and tells how many were beyond it.
func (f *Flow) holdAll(points []scenarios.Point) (held int) {
	bounds := f.grid.Bounds()
	for i, p := range points {
		q, out := grid.Clamp(p, bounds)
		if out {
			held++
		}
		points[i] = q
	}
	return held
}

// noRegion is the origin of a particle that began beyond the padded window.
const noRegion = math.MaxUint16

func (f *Flow) noteOrigins() {
	if f.starts == nil {
		f.origin = nil
		return
	}
	f.origin = make([]uint16, len(f.starts))
	bounds := f.grid.Bounds()
	for i, p := range f.starts {
		f.origin[i] = uint16(f.regions.At(p))
		if _, out := grid.Clamp(p, bounds); out && f.frame != nil {
			f.origin[i] = noRegion
		}
	}
}

// Points copies the particles' places to dst, which must have length N.
func (f *Flow) Points(dst []scenarios.Point) {
	mustMatch("points", len(dst), f.settings.Particles)
	copy(dst, f.all())
}

// Velocities writes V at every particle to dst, which must have length N. Of a frame that
// is watched they are those in the padded window, in their order.
func (f *Flow) Velocities(dst []scenarios.Point) {
	mustMatch("velocities", len(dst), len(f.points))
	f.evaluate()
	f.field.velocities(dst, f.points)
}

// Step moves the particles once.
func (f *Flow) Step() Progress {
	f.evaluate()
	return f.move(f.aim())
}

// plan is a step that is ready to be taken.
type plan struct {
	dt float64
	cuts
}

// aim makes the displacements of the next step from the velocities.
func (f *Flow) aim() plan {
	p := plan{dt: f.settings.DT}
	if f.settings.Time == UnitEffort {
		p.dt = unitEffort(f.settings.Bandwidth, f.field.meanEffort(&f.spread))
	}
	p.dt *= f.settings.Fraction
	p.cuts = f.mover.displacements(f.field, p.dt)
	return p
}

// move takes the step that was aimed.
func (f *Flow) move(taken plan) Progress {
	p := &f.progress
	p.DT, p.Capped, p.Limited = taken.dt, taken.capped, taken.limited
	p.Held = f.mover.move(f.points)
	p.Step++
	p.Time += p.DT
	f.fresh = false
	return *p
}

// refresh brings the density up to date with the particles.
func (f *Flow) refresh() {
	if f.fresh {
		return
	}
	f.density.SetInside(f.points, f.settings.Particles)
	f.fresh = true
}

// totals are the integrals of the present density.
func (f *Flow) totals(u divergences.Functional, histogram bool) *density.Totals {
	f.refresh()
	return f.density.Totals(u, histogram)
}

// evaluate brings density, log r, weight and V up to date.
func (f *Flow) evaluate() { f.evaluateOver(false) }

// evaluateOver does so wherever there is q, if wide.
func (f *Flow) evaluateOver(wide bool) {
	f.refresh()
	f.field.evaluate(f.law, wide)
}
