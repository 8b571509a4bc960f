package sim

import (
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Flow moves particles to a target. It is not safe for concurrent use. Its results are
// copies, except for Target and Grid, which are immutable.
type Flow struct {
	driven    *DrivenEstimator
	particles particles
	progress  Progress

	reached reached

	adaptedTo int // the number of the region that the adaptive weight is for, 0 for none

	meter    meter
	previous *measuredFrame // the last watched frame
}

// Progress is the number of steps and the time of a flow, with figures of its last step.
type Progress struct {
	Step int
	// Time is the sum of all dt since the start.
	Time float64
	// DT is the length of the last step.
	DT float64
	// Capped is the fraction of the particles whose w·dt was limited to 2c·h².
	Capped float64
	// Limited is the fraction of the particles whose displacement was limited to h/2.
	Limited float64
	// Evaluations is the number of evaluations of the target since the start: those of its table where a
	// drift has moved the particles, and those of the movers.
	Evaluations int
	// Tabulated reports whether the table is among them.
	Tabulated bool
	// Accepted is the fraction of the particles whose proposal was accepted in the last step, NaN for
	// movers without proposals.
	Accepted float64
	// Outside counts the particles clamped to the edge of the padded window in the step; for
	// a watched frame, the particles beyond it.
	Outside int
}

// New returns a flow at its initial cloud. The error names an invalid setting and what was
// expected.
func New(s scenarios.Scenario, settings Settings) (*Flow, error) {
	return NewOn(&target.Cache{Nodes: keptNodes}, s, settings)
}

// keptNodes bounds the tables of targets that a flow and its siblings keep, beside those in use: four of 256² nodes,
// about 15 MB. An edit that is undone, a bandwidth that comes back and a way through the history find theirs again.
const keptNodes = 4 << 16

// NewOn is New with a cache of tabulated targets, to which it adds. The cache may be nil.
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

// Sibling returns a flow of the same scenario with other settings, at its initial cloud. Of targets, grids and kernels
// that both of them use, they share the table.
func (f *Flow) Sibling(settings Settings) (*Flow, error) {
	targets := f.driven.targets
	if targets == nil {
		targets = target.NewCache()
	}
	targets.Add(f.driven.fine)
	return NewOn(targets, f.driven.scenario, settings)
}

// Scenario returns the scenario.
func (f *Flow) Scenario() scenarios.Scenario { return f.driven.scenario }

// Settings returns the current settings.
func (f *Flow) Settings() Settings { return f.driven.settings }

// Drift returns the current drift, built from that of the settings.
func (f *Flow) Drift() divergences.Drift { return f.driven.Drift() }

// InitialParticles is the number of particles of the initial cloud; edits change the current
// number.
func (f *Flow) InitialParticles() int { return f.driven.initial }

// Grid returns the grid of the current kernel.
func (f *Flow) Grid() grid.Grid { return f.driven.grid }

// Target returns the target on the grid, at the bandwidth of the settings.
func (f *Flow) Target() *target.OnGrid { return f.driven.fine }

// Progress returns the progress after the last step.
func (f *Flow) Progress() Progress { return f.progress }

// use makes the particles the points of the estimator.
func (f *Flow) use() {
	f.driven.use(f.particles.contents())
	f.reached.noted = false
}

// Restart resets the particles to the initial cloud of the seed, with InitialParticles
// particles.
func (f *Flow) Restart() {
	cloud := f.driven.initialCloud()
	points, outside := cloud.draw()
	f.particles.begin(points, cloud, f.driven.target)
	f.use()
	f.progress, f.reached = Progress{Outside: outside}, reached{}
	f.follow()
}

// RestartCoarse makes the coarse schedule begin at step 0, for a flow that is to be restarted.
func (f *Flow) RestartCoarse() { f.driven.settings.Coarse.From = 0 }

// follow sets the bandwidth in force to that of the current step.
func (f *Flow) follow() {
	if f.driven.follow(f.progress.Step) {
		f.rebuilt()
	}
}

// BandwidthInForce is the bandwidth that measurements are stated at: that of the settings, or a wider
// one under a coarse schedule.
func (f *Flow) BandwidthInForce() float64 { return f.driven.bandwidth() }

// Reseed restarts from the initial cloud of another seed.
func (f *Flow) Reseed(seed uint64) {
	f.driven.settings.Seed = seed
	f.Restart()
}

// SetDrift changes the drift and the velocity rule; see DrivenEstimator.SetDrift. The
// particles stay in place.
func (f *Flow) SetDrift(d divergences.Spec, v VelocityRule) error { return f.driven.SetDrift(d, v) }

// SetDynamics changes the drift, the velocity rule, the rate of birth–death and the coarse schedule to
// those of a motion; its bandwidth does not count. The particles stay in place, and nothing changes on
// an error.
func (f *Flow) SetDynamics(m Motion) error {
	m.Bandwidth = f.driven.settings.Bandwidth
	was := f.driven.target
	f.driven.at = f.progress.Step
	err := f.driven.setDynamics(f.driven.settings.WithMotion(m))
	if f.driven.target != was {
		f.rebuilt()
	}
	return err
}

// SetBandwidth changes the kernel, and with it grid, target and regions; the particles stay
// in place. The flow is unchanged on an error.
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
	f.progress.Tabulated = false
	f.rebuilt()
	if f.particles.watched() {
		f.progress.Outside = f.particles.outside()
	}
	return nil
}

// rebuilt discards measurements on another grid or of another target.
func (f *Flow) rebuilt() {
	f.use()
	f.meter, f.previous = meter{}, nil
}

// Points copies the positions of the particles to dst, which must have length N.
func (f *Flow) Points(dst []scenarios.Point) {
	mustMatch("points", len(dst), f.driven.settings.Particles)
	copy(dst, f.particles.all())
}

// Shares are those of the particles of a watched frame in its mass, nil if all are equal; they must not be changed.
func (f *Flow) Shares() []float64 { return f.particles.frame.Shares }

// Cloud returns a copy of the particles, with their shares of the mass, which must not be changed.
func (f *Flow) Cloud() scenarios.Cloud {
	return scenarios.Cloud{Points: slices.Clone(f.particles.all()), Shares: f.particles.frame.Shares}
}

// Some returns every k-th particle in dst, with the smallest k that gives at most limit. Of a frame with
// shares it returns as many particles as the effective size says, up to limit, each as often as its share says:
// particle i is there n·sᵢ times, rounded up or down.
func (f *Flow) Some(dst []scenarios.Point, limit int) []scenarios.Point {
	points := f.particles.points
	if in := f.particles.contents(); in.Shares != nil {
		return someByShare(dst[:0], in, limit)
	}
	stride := (len(points) + limit - 1) / limit
	dst = dst[:0]
	for i := 0; i < len(points); i += stride {
		dst = append(dst, points[i])
	}
	return dst
}

// someByShare appends n ≤ limit points by systematic sampling, without random numbers.
func someByShare(dst []scenarios.Point, in density.Contents, limit int) []scenarios.Point {
	n := min(math.Round(in.Effective), float64(limit))
	sum := 0.0
	for i, share := range in.Shares {
		sum += share
		for float64(len(dst))+0.5 < n*sum {
			dst = append(dst, in.Points[i])
		}
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

// Velocities writes V at every particle to dst, which must have length N. For a watched
// frame, particles outside the padded window are omitted.
func (f *Flow) Velocities(dst []scenarios.Point) {
	mustMatch("velocities", len(dst), len(f.particles.points))
	f.driven.evaluate(occupied)
	f.driven.field.velocities(dst, f.particles.points)
}

// Step takes one step and returns the progress.
func (f *Flow) Step() Progress {
	if f.sampled() {
		return f.sample()
	}
	f.follow()
	f.adapt()
	f.driven.evaluate(occupied)
	f.noteReached()
	return f.move(f.driven.step())
}

// move takes a step: the drift, then birth–death.
func (f *Flow) move(s step) Progress {
	f.drift(s)
	f.exchange(s)
	return f.progress
}

// drift moves the particles, after the events of birth–death have been drawn for them where they are:
// the nodes around them are those at which the rates are known.
func (f *Flow) drift(s step) { f.driftWith(s, nil) }

// driftWith is drift that follows the change of the density on its way, unless r is nil.
func (f *Flow) driftWith(s step, r *rate) {
	if s.rates != nil {
		s.rates.begin(streams.New(f.driven.settings.Seed, f.progress.Step), f.particles.points)
	}
	p := &f.progress
	p.DT, p.Capped, p.Limited = s.dt, s.capped, s.limited
	if r != nil {
		p.Outside = r.move(f.driven.mover, f.driven.density, s, f.particles.points)
	} else {
		p.Outside = f.driven.mover.move(s, f.particles.points)
	}
	p.Step++
	p.Time += p.DT
	f.countTable()
	f.use()
}

// countTable counts the evaluations of the target for its table, once.
func (f *Flow) countTable() {
	if p := &f.progress; !p.Tabulated {
		p.Tabulated, p.Evaluations = true, p.Evaluations+f.driven.fine.Evaluations()
	}
}

// exchange makes the births and deaths that have been drawn.
func (f *Flow) exchange(s step) {
	if s.rates != nil {
		s.rates.apply(&f.particles, s.bounds)
		f.use()
	}
}
