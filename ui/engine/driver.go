// Package engine runs a flow beside the screen. A Driver owns the flow and
// answers commands; an Engine runs a driver in a goroutine of its own at a fixed
// frame rate and leaves its newest Frame to be taken: a slow screen loses
// frames, never steps.
package engine

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Driver is one to four flows in lock-step with the controls of a player. Commands
// of one flow go to the one in focus. It is not safe for concurrent use.
type Driver struct {
	*lane // in focus
	lanes []*lane
	view  scenarios.Window

	paused bool
	speed  int
	owed   int // single steps asked for while paused
	serial int
	note   Note

	// A report is measured every so many frames, and after every command.
	reportEvery int
	functional  Functional
	shown       Shown

	training training
	history  int // bytes of the past
	probe    *scenarios.Point
}

// Shown says which instruments are seen: the others are not computed.
type Shown struct {
	// Fields are velocity, weight and compression on the nodes, in every frame;
	// Lines need them as often as a report.
	Fields, Lines              bool
	Response, Effort, Identity bool
}

// Functional is the choice of how coverage is measured.
type Functional struct {
	ID      string
	Tau, S  float64
	measure divergences.Functional
}

// NewFunctional is the functional of that name and those parameters.
func NewFunctional(id string, tau, s float64) (Functional, error) {
	u, err := divergences.NewFunctional(id, tau, s)
	return Functional{id, tau, s, u}, err
}

// Text is the functional with its parameters.
func (f Functional) Text() string {
	if f.ID == "deficit" {
		return fmt.Sprintf("soft deficit s %g", f.S)
	}
	return fmt.Sprintf("under-coverage τ %g s %g", f.Tau, f.S)
}

// Measure is the functional itself.
func (f Functional) Measure() divergences.Functional { return f.measure }

// Note is a message to the user; Serial tells a new one from the last.
type Note struct {
	Serial int
	Text   string
}

// Speeds are steps a frame.
const mostSpeed = 64

// NewDriver prepares a flow, running at one step a frame.
func NewDriver(s scenarios.Scenario, settings sim.Settings, choice Choice, functional Functional) (*Driver, error) {
	first, err := newLane(s, settings, choice)
	if err != nil {
		return nil, err
	}
	d := &Driver{lane: first, lanes: []*lane{first}, speed: 1, reportEvery: 1, view: lookAt(first.flow), functional: functional, history: DefaultHistory}
	d.share()
	d.changed()
	d.remeasure()
	return d, nil
}

// ReportEvery measures only every n-th frame: digits that change faster than ten
// times a second are not read.
func (d *Driver) ReportEvery(n int) { d.reportEvery = max(n, 1) }

// Show says which instruments are seen from now on.
func (d *Driver) Show(shown Shown) {
	if d.shown != shown {
		d.shown = shown
		d.remeasure()
	}
}

// instruments of a flow: those that are seen of the one in focus, of the others
// what a comparison shows.
func (d *Driver) instruments(l *lane) sim.Instruments {
	if l != d.lane {
		return sim.Instruments{Functional: d.functional.measure}
	}
	return sim.Instruments{Functional: d.functional.measure,
		Response: d.shown.Response, Effort: d.shown.Effort, Identity: d.shown.Identity}
}

// Advance takes the steps of one frame and tells whether there were any.
func (d *Driver) Advance() bool {
	news := d.trainOn()
	steps := d.speed
	if d.paused {
		steps, d.owed = d.owed, 0
	}
	due := d.due()
	for i := range steps {
		for _, l := range d.lanes {
			d.step(l, due && i == steps-1)
			l.tape.record(l)
			if err := l.follow(); err != nil {
				d.tell("%v", err)
			}
		}
	}
	return steps > 0 || news
}

// step moves a flow once and measures it where that is due.
func (d *Driver) step(l *lane, due bool) {
	if !due {
		l.flow.Step()
		return
	}
	l.flow.StepReport(&l.report, d.instruments(l))
	l.flow.HistogramLogR(l.histogram, HistogramLo, HistogramHi)
}

// due tells whether this frame measures.
func (d *Driver) due() bool { return d.paused || d.serial%d.reportEvery == 0 }

// tell leaves a message for the user.
func (d *Driver) tell(format string, args ...any) {
	d.note = Note{d.note.Serial + 1, fmt.Sprintf(format, args...)}
}

// remeasure brings the report up to date without a step.
func (d *Driver) remeasure() {
	for _, l := range d.lanes {
		l.flow.Report(&l.report, d.instruments(l))
		l.flow.HistogramLogR(l.histogram, HistogramLo, HistogramHi)
	}
}

// TogglePause pauses or resumes, a sampler in training as well.
func (d *Driver) TogglePause() { d.setPaused(!d.paused) }

// SingleStep pauses and owes one step, and a sampler one iteration.
func (d *Driver) SingleStep() {
	d.setPaused(true)
	d.owed++
	d.training.tell((*Studio).Train)
}

func (d *Driver) setPaused(paused bool) {
	d.paused = paused
	if a := d.training.apprentice; a != nil {
		a.pause(paused)
	}
}

// Restart puts the particles back to the start.
func (d *Driver) Restart() {
	for _, l := range d.lanes {
		l.flow.Restart()
		l.rewind()
	}
	d.training.tell((*Studio).Restart)
	d.remeasure()
}

// Reseed restarts with the next seed.
func (d *Driver) Reseed() { d.SetSeed(d.settings.Seed + 1) }

// SetSeed restarts with a seed.
func (d *Driver) SetSeed(seed uint64) {
	for _, l := range d.lanes {
		l.settings.Seed = seed
		l.flow.Reseed(l.settings.Seed)
		l.rewind()
	}
	d.retrain()
	d.remeasure()
	d.tell("seed %d", d.settings.Seed)
}

// Faster doubles or halves the steps a frame.
func (d *Driver) Faster(up bool) {
	if up {
		d.SetSpeed(2 * d.speed)
	} else {
		d.SetSpeed(d.speed / 2)
	}
}

// SetSpeed changes the steps a frame, 1 to 64.
func (d *Driver) SetSpeed(steps int) {
	d.speed = min(max(steps, 1), mostSpeed)
	d.tell("%d steps a frame", d.speed)
}

// Next switches to the divergence that is by places further in the list, passing
// over those that cannot be used where the cloud is.
func (d *Driver) Next(by int) {
	ids := d.choice.IDs()
	i, n := slices.Index(ids, d.choice.ID), len(ids)
	for range n {
		i = (i + by + n) % n
		if d.Choose(ids[i]) {
			return
		}
	}
}

// Take switches to a divergence with its parameters and tells whether it can be used;
// the particles stay where they are.
func (d *Driver) Take(c Choice) bool { return d.adopt(c) }

// Choose switches to a divergence and tells whether it can be used; the particles
// stay where they are.
func (d *Driver) Choose(id string) bool {
	c := d.choice
	c.ID = id
	return d.adopt(c)
}

// ChooseNumber switches to the n-th divergence of the list, counted from 0.
func (d *Driver) ChooseNumber(n int) {
	if ids := d.choice.IDs(); n < len(ids) {
		d.Choose(ids[n])
	}
}

// adopt makes a choice the one in force, or says why it cannot be.
func (d *Driver) adopt(c Choice) (adopted bool) {
	v, err := c.drift()
	if err == nil && !v.Steepest() {
		d.settings.Velocity = sim.Plugin
	}
	if err == nil {
		err = d.flow.SetDrift(v, d.settings.Velocity)
	}
	if err != nil {
		d.tell("%v", err)
		return false
	}
	d.choice, d.settings.Drift = c, v
	d.changed()
	d.training.tell(func(s *Studio) { s.SetDrift(v) })
	d.tried = slices.Index(divergences.References(), c.Parameters.Reference)
	d.remeasure()
	info := v.Info()
	d.tell("%s: %s", info.Name, info.Character)
	return true
}

// NextReference switches ρ to the next one in the list. One that does not cover the
// cloud is refused in a note, and passed over by the next press.
func (d *Driver) NextReference() {
	c := d.choice
	if !c.hasReference() {
		d.tell("%s has no reference; lv and lv-surrogate do", c.ID)
		return
	}
	names := divergences.References()
	d.tried = (d.tried + 1) % len(names)
	c.Parameters.Reference = names[d.tried]
	d.adopt(c)
}

// ToggleVelocity changes between the plug-in and the blob velocity.
func (d *Driver) ToggleVelocity() {
	v := sim.Blob
	if d.settings.Velocity == sim.Blob {
		v = sim.Plugin
	}
	if err := d.flow.SetDrift(d.settings.Drift, v); err != nil {
		d.tell("%v", err)
		return
	}
	d.settings.Velocity = v
	d.changed()
	d.remeasure()
	d.tell("velocity %s: %s", v, [...]string{"V from the densities at each place", "the exact gradient flow of the smoothed objective"}[v])
}

// NextFunctional changes how coverage is measured.
func (d *Driver) NextFunctional() {
	ids := divergences.FunctionalIDs()
	d.MeasureBy(ids[(slices.Index(ids, d.functional.ID)+1)%len(ids)], d.functional.Tau, d.functional.S)
}

// Threshold doubles or halves τ.
func (d *Driver) Threshold(up bool) {
	d.MeasureBy(d.functional.ID, scaled(d.functional.Tau, 2, up), d.functional.S)
}

// Soften makes s a quarter larger, or smaller again.
func (d *Driver) Soften(up bool) {
	d.MeasureBy(d.functional.ID, d.functional.Tau, roundTo(scaled(d.functional.S, softStep, up), 2))
}

func scaled(v, by float64, up bool) float64 {
	if up {
		return v * by
	}
	return v / by
}

// MeasureBy changes the functional, or says why it cannot be.
func (d *Driver) MeasureBy(id string, tau, s float64) {
	f, err := NewFunctional(id, tau, s)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.functional = f
	d.remeasure()
	d.tell("coverage is measured by %s", f.Text())
}

// Steps of the parameters by key.
const (
	alphaStep     = 0.25
	lambdaStep    = 0.05
	bandwidthStep = 1.1
	softStep      = 1.25
)

// Turn changes the parameter of the divergence in force: λ for the skewed ones and
// the mixture reference, otherwise α, which switches to the alpha family.
func (d *Driver) Turn(up bool) {
	sign := -1.0
	if up {
		sign = 1
	}
	c := d.choice
	switch {
	case c.ID == "skew-forward-kl" || c.ID == "skew-reverse-kl" || c.hasReference() && c.Parameters.Reference == divergences.Mixture.String():
		c.Parameters.Lambda = round(c.Parameters.Lambda + sign*lambdaStep)
	case c.ID == "alpha":
		c.Parameters.Alpha = round(c.Parameters.Alpha + sign*alphaStep)
	default:
		c.ID = "alpha"
	}
	d.adopt(c)
}

// round takes the dust of repeated additions off a parameter.
func round(v float64) float64 { return math.Round(v*1000) / 1000 }

// Widen makes the bandwidth a tenth larger or smaller; the particles stay.
func (d *Driver) Widen(up bool) {
	d.SetBandwidth(roundTo(scaled(d.flow.Settings().Bandwidth, bandwidthStep, up), 3))
}

// SetBandwidth changes the kernel of the flow in focus; the particles stay.
func (d *Driver) SetBandwidth(h float64) {
	if err := d.flow.SetBandwidth(h); err != nil {
		d.tell("%v", err)
		return
	}
	d.report = sim.Report{}
	d.changed()
	d.retrain()
	d.remeasure()
	d.tell("bandwidth h = %g", h)
}

// roundTo keeps the given number of significant digits.
func roundTo(v float64, digits int) float64 {
	scale := math.Pow(10, float64(digits-1)-math.Floor(math.Log10(v)))
	return math.Round(v*scale) / scale
}

// Open starts another scenario with its own defaults and the divergences in force.
func (d *Driver) Open(id string) {
	s, err := scenarios.Named(id)
	if err != nil {
		d.tell("%v", err)
		return
	}
	if d.rebuild(s, func(settings *sim.Settings) {
		settings.Particles, settings.Bandwidth, settings.Spacing = s.Particles, s.Bandwidth, 0
	}) {
		d.tell("%s: %s", s.ID, s.Story)
	}
}

// SetParticles restarts with another number of particles.
func (d *Driver) SetParticles(n int) {
	if d.rebuild(d.flow.Scenario(), func(settings *sim.Settings) { settings.Particles = n }) {
		d.tell("%d particles", n)
	}
}

// rebuild makes every flow anew with changed settings, or says why it cannot.
func (d *Driver) rebuild(s scenarios.Scenario, change func(*sim.Settings)) bool {
	var lanes []*lane
	for _, old := range d.lanes {
		settings := old.settings
		settings.Bandwidth = old.flow.Settings().Bandwidth
		change(&settings)
		l, err := newLane(s, settings, old.choice)
		if err != nil {
			d.tell("%v", err)
			return false
		}
		lanes = append(lanes, l)
	}
	d.lane, d.lanes = lanes[slices.Index(d.lanes, d.lane)], lanes
	d.view = lookAt(d.flow)
	d.share()
	for _, l := range d.lanes {
		l.rewind()
	}
	d.retrain()
	d.remeasure()
	return true
}

// Probe reads the flow in focus at a place from now on; nil ends it.
func (d *Driver) Probe(at *scenarios.Point) { d.probe = at }
