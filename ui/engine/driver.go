// Package engine runs a flow beside the screen. A Driver owns the flow and
// answers commands; an Engine runs a driver in a goroutine of its own at a fixed
// frame rate and leaves its newest Frame to be taken: a slow screen loses
// frames, never steps.
package engine

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Driver is a flow with the controls of a player. It is not safe for concurrent use.
type Driver struct {
	flow     *sim.Flow
	choice   Choice
	settings sim.Settings // what the user asked for, before a scenario's defaults
	view     scenarios.Window

	paused bool
	speed  int
	owed   int // single steps asked for while paused
	serial int
	note   Note

	// A report is measured every so many frames, and after every command.
	reportEvery int
	report      sim.Report
	histogram   []float64
	velocities  bool // a map shows more than densities
}

// Choice is which divergence drives the flow: a catalogue entry with its
// parameters, or a custom one.
type Choice struct {
	ID         string
	Parameters divergences.Parameters
	// Custom is the divergence of --weight, nil without one.
	Custom divergences.Divergence
}

// customID is the id of the divergence that is typed.
const customID = "custom"

// IDs are the divergences that can be chosen.
func (c Choice) IDs() []string {
	ids := divergences.IDs()
	if c.Custom != nil {
		ids = append(ids, customID)
	}
	return ids
}

func (c Choice) divergence() (divergences.Divergence, error) {
	if c.ID == customID && c.Custom != nil {
		return c.Custom, nil
	}
	return divergences.New(c.ID, c.Parameters)
}

// Note is a message to the user; Serial tells a new one from the last.
type Note struct {
	Serial int
	Text   string
}

// Speeds are steps a frame.
const mostSpeed = 64

// NewDriver prepares a flow, running at one step a frame.
func NewDriver(s scenarios.Scenario, settings sim.Settings, choice Choice) (*Driver, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	d := &Driver{flow: flow, choice: choice, settings: settings, speed: 1, reportEvery: 1, view: lookAt(flow)}
	d.histogram = make([]float64, histogramBins)
	d.remeasure()
	return d, nil
}

// ReportEvery measures only every n-th frame: digits that change faster than ten
// times a second are not read.
func (d *Driver) ReportEvery(n int) { d.reportEvery = max(n, 1) }

// WantVelocities says whether frames need weight and velocity on the nodes.
func (d *Driver) WantVelocities(want bool) { d.velocities = want }

// Advance takes the steps of one frame and tells whether there were any.
func (d *Driver) Advance() bool {
	steps := d.speed
	if d.paused {
		steps, d.owed = d.owed, 0
	}
	due := d.paused || d.serial%d.reportEvery == 0
	for i := range steps {
		if i < steps-1 || !due {
			d.flow.Step()
			continue
		}
		d.flow.StepReport(&d.report, nil)
		d.flow.HistogramLogR(d.histogram, HistogramLo, HistogramHi)
	}
	return steps > 0
}

// tell leaves a message for the user.
func (d *Driver) tell(format string, args ...any) {
	d.note = Note{d.note.Serial + 1, fmt.Sprintf(format, args...)}
}

// remeasure brings the report up to date without a step.
func (d *Driver) remeasure() {
	d.flow.Report(&d.report, nil)
	d.flow.HistogramLogR(d.histogram, HistogramLo, HistogramHi)
}

// TogglePause pauses or resumes.
func (d *Driver) TogglePause() { d.paused = !d.paused }

// SingleStep pauses and owes one step.
func (d *Driver) SingleStep() { d.paused, d.owed = true, d.owed+1 }

// Restart puts the particles back to the start.
func (d *Driver) Restart() {
	d.flow.Restart()
	d.remeasure()
}

// Reseed restarts with the next seed.
func (d *Driver) Reseed() {
	d.settings.Seed++
	d.flow.Reseed(d.settings.Seed)
	d.remeasure()
	d.tell("seed %d", d.settings.Seed)
}

// Faster doubles or halves the steps a frame.
func (d *Driver) Faster(up bool) {
	if up {
		d.speed = min(d.speed*2, mostSpeed)
	} else {
		d.speed = max(d.speed/2, 1)
	}
	d.tell("%d steps a frame", d.speed)
}

// Next switches to the divergence that is by places further in the list.
func (d *Driver) Next(by int) {
	ids := d.choice.IDs()
	for i, id := range ids {
		if id == d.choice.ID {
			d.Choose(ids[(i+by+len(ids))%len(ids)])
			return
		}
	}
}

// Choose switches to a divergence; the particles stay where they are.
func (d *Driver) Choose(id string) {
	c := d.choice
	c.ID = id
	d.adopt(c)
}

// ChooseNumber switches to the n-th divergence of the list, counted from 0.
func (d *Driver) ChooseNumber(n int) {
	if ids := d.choice.IDs(); n < len(ids) {
		d.Choose(ids[n])
	}
}

// adopt makes a choice the one in force.
func (d *Driver) adopt(c Choice) {
	v, err := c.divergence()
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.choice, d.settings.Divergence = c, v
	d.flow.SetDivergence(v)
	d.remeasure()
	info := v.Info()
	d.tell("%s: %s", info.Name, info.Character)
}

// Steps of the parameters by key.
const (
	alphaStep     = 0.25
	lambdaStep    = 0.05
	bandwidthStep = 1.1
)

// Turn changes the parameter of the divergence in force: λ for the skewed ones,
// otherwise α, which switches to the alpha family.
func (d *Driver) Turn(up bool) {
	sign := -1.0
	if up {
		sign = 1
	}
	c := d.choice
	switch c.ID {
	case "skew-forward-kl", "skew-reverse-kl":
		c.Parameters.Lambda = round(c.Parameters.Lambda + sign*lambdaStep)
	case "alpha":
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
	h := d.flow.Settings().Bandwidth
	if up {
		h *= bandwidthStep
	} else {
		h /= bandwidthStep
	}
	h = roundTo(h, 3)
	if err := d.flow.SetBandwidth(h); err != nil {
		d.tell("%v", err)
		return
	}
	d.report = sim.Report{}
	d.remeasure()
	d.tell("bandwidth h = %g", h)
}

// roundTo keeps the given number of significant digits.
func roundTo(v float64, digits int) float64 {
	scale := math.Pow(10, float64(digits-1)-math.Floor(math.Log10(v)))
	return math.Round(v*scale) / scale
}

// Open starts another scenario with its own defaults and the divergence in force.
func (d *Driver) Open(id string) {
	s, err := scenarios.Named(id)
	if err != nil {
		d.tell("%v", err)
		return
	}
	settings := d.settings
	settings.Particles, settings.Bandwidth, settings.Spacing = s.Particles, s.Bandwidth, 0
	flow, err := sim.New(s, settings)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.flow, d.settings, d.report, d.view = flow, settings, sim.Report{}, lookAt(flow)
	d.remeasure()
	d.tell("%s: %s", s.ID, s.Story)
}
