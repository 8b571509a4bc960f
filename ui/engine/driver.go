// Package engine runs a flow beside the screen. A Driver owns the flow and
// answers commands; an Engine runs a driver in a goroutine of its own at a fixed
// frame rate and leaves its newest Frames to be taken: a slow screen loses
// frames, never steps.
package engine

import (
	"fmt"
	"slices"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Driver is one to four flows in lock-step with the controls of a player. Commands
// of one flow go to the one in focus. It is not safe for concurrent use.
type Driver struct {
	*lane // in focus
	lanes []*lane
	flows int // that there have been
	view  scenarios.Window

	paused bool
	speed  int
	owed   int // single steps asked for while paused
	serial int
	note   Note
	obeyed int

	// A report is measured every so many frames, and after every command.
	reportEvery int
	functional  Functional
	shown       Shown

	training training
	watching *watching // nil where the flow is our own
	history  int       // bytes of the past
	probe    *scenarios.Point
	gesture
}

// Shown says which instruments are seen: the others are not computed.
type Shown struct {
	// Fields are velocity, weight and compression on the nodes, in every frame;
	// Lines need them as often as a report.
	Fields, Lines              bool
	Response, Effort, Identity bool
}

// Note is a message to the user; Serial tells a new one from the last. An Alert says
// what went wrong.
type Note struct {
	Serial int
	Text   string
	Alert  bool
}

// Speeds are steps a frame.
const mostSpeed = 64

// NewDriver prepares a flow, running at one step a frame.
func NewDriver(s scenarios.Scenario, settings sim.Settings, choice Choice, functional Functional) (*Driver, error) {
	flow, err := sim.New(s, settings)
	if err != nil {
		return nil, err
	}
	first := newLane(flow, settings, choice)
	d := &Driver{lane: first, lanes: []*lane{first}, speed: 1, reportEvery: 1, view: lookAt(first.flow.Target(), first.flow.Scenario().Window), functional: functional, history: DefaultHistory}
	d.number(first)
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
	own := d.watching == nil
	return sim.Instruments{Functional: d.functional.measure,
		Response: own && d.shown.Response, Effort: d.shown.Effort, Identity: own && d.shown.Identity}
}

// Advance takes the steps of one frame and tells whether there were any.
func (d *Driver) Advance() bool {
	d.settle()
	if d.watching != nil {
		return d.watchOn()
	}
	news := d.trainOn()
	steps := d.speed
	if d.paused || d.held {
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

// tell leaves a message for the user; one with an error is an alert.
func (d *Driver) tell(format string, args ...any) {
	wrong := slices.ContainsFunc(args, func(a any) bool {
		_, ok := a.(error)
		return ok
	})
	d.note = Note{d.note.Serial + 1, fmt.Sprintf(format, args...), wrong}
}

// tellPlaces says where the particles are not as many as the points that they begin at.
func (d *Driver) tellPlaces() {
	places, ok := d.base.Start.Sampler.(*scenarios.Places)
	if !ok || d.watching != nil {
		return
	}
	if text := places.Asked(d.settings.Particles); text != "" {
		d.tell("%s", text)
	}
}

// remeasure brings the report up to date without a step.
func (d *Driver) remeasure() {
	if d.watching != nil {
		d.relook()
		return
	}
	for _, l := range d.lanes {
		l.flow.Report(&l.report, d.instruments(l))
		l.flow.HistogramLogR(l.histogram, HistogramLo, HistogramHi)
	}
}

// TogglePause pauses or resumes, a sampler in training as well.
func (d *Driver) TogglePause() {
	d.setPaused(!d.paused)
	// Standing still, the digits are those of the last step.
	d.remeasure()
}

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
	if d.foreign("no restart") {
		return
	}
	d.restart(func(l *lane) { l.flow.Restart() })
	d.training.tell((*Studio).Restart)
	d.remeasure()
}

// restart puts every flow to a start. Edits of the target stay in force, those of the
// cloud went with it.
func (d *Driver) restart(begin func(*lane)) {
	d.Drop()
	for _, l := range d.lanes {
		begin(l)
		l.hand = hand{edits: l.hand.ofTarget()}
		l.rewind()
	}
	d.undone = nil
}

// Reseed restarts with the next seed.
func (d *Driver) Reseed() { d.SetSeed(d.settings.Seed + 1) }

// SetSeed restarts with a seed.
func (d *Driver) SetSeed(seed uint64) {
	if d.foreign("no other seed") {
		return
	}
	d.restart(func(l *lane) {
		l.settings.Seed = seed
		l.flow.Reseed(seed)
	})
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
	if d.speed == 1 {
		d.tell("1 step a frame")
		return
	}
	d.tell("%d steps a frame", d.speed)
}

// Open starts another scenario with its own defaults and the divergences in force.
func (d *Driver) Open(id string) {
	s, err := scenarios.Named(id)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.OpenScenario(s)
}

// OpenAt starts a scenario at one of its initial clouds.
func (d *Driver) OpenAt(s scenarios.Scenario, start string) {
	with, err := s.WithStart(start)
	if err != nil {
		d.tell("%v", err)
		return
	}
	d.OpenScenario(with)
}

// OpenScenario starts a scenario of one's own.
func (d *Driver) OpenScenario(s scenarios.Scenario) { d.open(s, func(*lane) {}) }

// OpenUnder is OpenScenario with the flow in focus under a rule.
func (d *Driver) OpenUnder(s scenarios.Scenario, r Rule) {
	drift, err := r.drift()
	if err != nil {
		d.tell("%v", err)
		return
	}
	focus := d.lane.id
	d.open(s, func(l *lane) {
		if l.id != focus {
			return
		}
		r.Custom = l.choice.Custom // stays at hand
		l.choice, l.settings.Drift, l.settings.Velocity = r.Choice, drift, r.Velocity
		if r.Bandwidth != 0 {
			l.settings.Bandwidth = r.Bandwidth
		}
	})
}

// open starts a scenario with its own defaults and what is changed of them.
func (d *Driver) open(s scenarios.Scenario, change func(*lane)) {
	if d.foreign("no other target") {
		return
	}
	if d.rebuild(s, func(l *lane) {
		l.settings.Particles, l.settings.Bandwidth, l.settings.Spacing = s.Particles, s.Bandwidth, 0
		change(l)
	}) {
		d.tell("%s", strings.TrimSuffix(s.ID+": "+s.Story, ": "))
		d.tellPlaces()
	}
}

// SetParticles restarts with another number of particles.
func (d *Driver) SetParticles(n int) {
	if d.foreign("no other number of particles") {
		return
	}
	edits := d.hand.ofTarget()
	if d.rebuild(d.base, func(l *lane) { l.settings.Particles = n }, edits...) {
		d.tell("%d particles", n)
		d.tellPlaces()
	}
}

// StartFrom restarts from another initial cloud, one of the scenario's StartNames.
func (d *Driver) StartFrom(name string) {
	if d.foreign("no other start") {
		return
	}
	s, err := d.base.WithStart(name)
	if err != nil {
		d.tell("%v", err)
		return
	}
	edits := d.hand.ofTarget()
	if d.rebuild(s, func(*lane) {}, edits...) {
		d.tell("start %s: %s", name, s.Start.Text)
	}
}

// NextStart restarts from the next of the scenario's initial clouds.
func (d *Driver) NextStart() { d.StartFrom(d.base.NextStart()) }

// rebuild makes every flow anew with changed settings and edits of the target, or says
// why it cannot. What is changed is a draft of each flow, with its id.
func (d *Driver) rebuild(s scenarios.Scenario, change func(draft *lane), edits ...scenarios.Edit) bool {
	var lanes []*lane
	for _, old := range d.lanes {
		draft := &lane{id: old.id, choice: old.choice, settings: old.settings}
		draft.settings.Bandwidth = old.flow.Settings().Bandwidth
		change(draft)
		flow, err := sim.New(s, draft.settings)
		if err != nil {
			d.tell("%v", err)
			return false
		}
		l := newLane(flow, draft.settings, draft.choice)
		if err := l.takeUp(hand{edits: edits}); err != nil {
			d.tell("%v", err)
			return false
		}
		lanes = append(lanes, l)
	}
	for _, l := range lanes {
		d.number(l)
	}
	d.lane, d.lanes = lanes[slices.Index(d.lanes, d.lane)], lanes
	d.view, d.gesture = lookAt(d.flow.Target(), d.flow.Scenario().Window), gesture{}
	d.share()
	for _, l := range d.lanes {
		l.rewind()
	}
	d.retrain()
	d.remeasure()
	return true
}

// Obeyed notes how many of a player's commands have been carried out.
func (d *Driver) Obeyed(n int) { d.obeyed = n }

// Probe reads the flow in focus at a place from now on; nil ends it.
func (d *Driver) Probe(at *scenarios.Point) { d.probe = at }
