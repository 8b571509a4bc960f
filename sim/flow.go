package sim

import (
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
	driven    *DrivenEstimator
	particles particles
	progress  Progress

	meter    meter
	previous *measuredFrame // the last that was watched
}

// Progress is how far a flow has come and how its last step went.
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
	// Outside counts the particles that met the edge of the padded window; of a frame that
	// is watched those beyond it.
	Outside int
}

// New prepares a flow at its initial cloud. The error says which setting cannot
// be used and what was expected.
func New(s scenarios.Scenario, settings Settings) (*Flow, error) { return NewOn(nil, s, settings) }

// NewOn is New with the targets of a cache; what is tabulated is added to it. A nil cache
// keeps none.
func NewOn(targets *target.Cache, s scenarios.Scenario, settings Settings) (*Flow, error) {
	e, err := newDriven(targets, s, settings)
	if err != nil {
		return nil, err
	}
	f := &Flow{driven: e}
	f.Restart()
	if err := e.checkReference(); err != nil {
		return nil, err
	}
	return f, nil
}

// Sibling is a flow of the same scenario under settings of its own, at its initial cloud.
// Where grid and kernel are those of f, it shares what follows from the target and costs
// no tabulation.
func (f *Flow) Sibling(settings Settings) (*Flow, error) {
	return NewOn(target.NewCache(f.driven.target), f.driven.scenario, settings)
}

// Scenario is what flows.
func (f *Flow) Scenario() scenarios.Scenario { return f.driven.scenario }

// Settings are the present ones.
func (f *Flow) Settings() Settings { return f.driven.settings }

// Drift is the present one, built of that in the settings.
func (f *Flow) Drift() divergences.Drift { return f.driven.Drift() }

// InitialParticles is how many particles the flow starts with; edits of the cloud change
// how many there are later.
func (f *Flow) InitialParticles() int { return f.driven.initial }

// Grid is that of the present kernel.
func (f *Flow) Grid() grid.Grid { return f.driven.grid }

// Target is what the flow goes to, on the grid.
func (f *Flow) Target() *target.OnGrid { return f.driven.target }

// Progress is how far the flow has come.
func (f *Flow) Progress() Progress { return f.progress }

// use makes the particles the points that are driven.
func (f *Flow) use() { f.driven.use(f.particles.points, len(f.particles.all())) }

// Restart puts the particles back to the initial cloud of the seed, as many as the
// flow was made with.
func (f *Flow) Restart() {
	points, outside := f.driven.initialCloud()
	f.particles.replace(points, slices.Clone(points))
	f.particles.findOrigins(f.driven.target)
	f.use()
	f.progress = Progress{Outside: outside}
}

// Reseed restarts from the initial cloud of another seed.
func (f *Flow) Reseed(seed uint64) {
	f.driven.settings.Seed = seed
	f.Restart()
}

// SetDrift changes what moves the particles and by which velocity. The particles
// stay where they are; so does the drift on an error, which says why the new one
// cannot be used here.
func (f *Flow) SetDrift(d divergences.Spec, v VelocityRule) error { return f.driven.SetDrift(d, v) }

// SetBandwidth changes the kernel, and with it grid, target and regions; the
// particles stay where they are. The flow is unchanged on an error.
func (f *Flow) SetBandwidth(bandwidth float64) error {
	return f.SetKernel(bandwidth, f.driven.settings.Spacing)
}

// SetKernel changes bandwidth and spacing; see Settings.
func (f *Flow) SetKernel(bandwidth, spacing float64) error {
	if err := f.driven.setKernel(bandwidth, spacing); err != nil {
		return err
	}
	f.particles.findOrigins(f.driven.target)
	f.particles.fit(f.driven.grid.Bounds())
	f.rebuilt()
	if f.particles.watched() {
		f.progress.Outside = f.particles.outside()
	}
	return nil
}

// rebuilt forgets what was measured on another grid or of another target.
func (f *Flow) rebuilt() {
	f.use()
	f.meter, f.previous = meter{}, nil
}

// Points copies the particles' places to dst, which must have length N.
func (f *Flow) Points(dst []scenarios.Point) {
	mustMatch("points", len(dst), f.driven.settings.Particles)
	copy(dst, f.particles.all())
}

// Some copies every k-th particle to dst, k the smallest that keeps it within
// limit, and returns it.
func (f *Flow) Some(dst []scenarios.Point, limit int) []scenarios.Point {
	points := f.particles.points
	stride := (len(points) + limit - 1) / limit
	dst = dst[:0]
	for i := 0; i < len(points); i += stride {
		dst = append(dst, points[i])
	}
	return dst
}

// Outside counts the particles beyond each side of the padded window.
func (f *Flow) Outside() density.Outside {
	if f.particles.outside() == 0 {
		return density.Outside{}
	}
	return density.CountOutside(f.particles.all(), f.driven.grid.Bounds())
}

// Velocities writes V at every particle to dst, which must have length N. Of a frame that
// is watched they are those in the padded window, in their order.
func (f *Flow) Velocities(dst []scenarios.Point) {
	mustMatch("velocities", len(dst), len(f.particles.points))
	f.driven.evaluate(false)
	f.driven.field.velocities(dst, f.particles.points)
}

// Step moves the particles once.
func (f *Flow) Step() Progress {
	f.driven.evaluate(false)
	return f.move(f.driven.step())
}

// move takes a step.
func (f *Flow) move(s step) Progress {
	p := &f.progress
	p.DT, p.Capped, p.Limited = s.dt, s.capped, s.limited
	p.Outside = f.driven.mover.move(s, f.particles.points)
	p.Step++
	p.Time += p.DT
	f.use()
	return *p
}
