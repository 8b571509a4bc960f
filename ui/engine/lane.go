package engine

import (
	"slices"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// lane is one flow of a comparison with what is set of it alone.
type lane struct {
	id        int
	flow      *sim.Flow
	choice    Choice
	settings  sim.Settings // what the user asked for, before a scenario's defaults
	report    sim.Report
	histogram []float64
	tried     int // the reference that was asked for last, in the order of the list
	tape      tape
	base      scenarios.Scenario // before any edit
	hand      hand
	watched   bool // its particles are those of a stream
	glimpse   glimpse
}

// rule is what moves the flow now.
func (l *lane) rule() Rule {
	s := l.flow.Settings()
	return Rule{l.choice, s.Velocity, s.Bandwidth}
}

// rewind forgets the past; the present is the first moment of a new one.
func (l *lane) rewind() {
	l.tape.clear()
	l.tape.change(l)
}

func newLane(flow *sim.Flow, settings sim.Settings, choice Choice) *lane {
	return &lane{flow: flow, base: flow.Scenario(), choice: choice, settings: settings, histogram: make([]float64, histogramBins),
		tried: slices.Index(divergences.References(), choice.Parameters.Reference)}
}

// number gives a flow the next id.
func (d *Driver) number(l *lane) {
	d.flows++
	l.id = d.flows
}

// MostLanes is how many flows can be compared.
const MostLanes = 4

// rivals are the divergences a comparison begins with beside the one in force: they
// differ most in who is fed first.
func rivals() []string {
	return []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon", "pearson"}
}

// Compare puts other flows beside the one there is, from the same particles, or
// ends the comparison and keeps the one in focus.
func (d *Driver) Compare() {
	if d.foreign("no comparison") {
		return
	}
	if len(d.lanes) > 1 {
		d.lanes = []*lane{d.lane}
		d.share()
		d.remeasure()
		d.tell("the comparison is over; %s goes on", d.settings.Drift.Info().Name)
		return
	}
	for _, id := range rivals() {
		if id != d.choice.ID && len(d.lanes) < MostLanes {
			d.add(id)
		}
	}
	d.remeasure()
	d.tell("%d flows in lock-step from the same particles", len(d.lanes))
}

// AddLane puts one more flow beside the others, under the first divergence that
// none of them has.
func (d *Driver) AddLane() {
	if d.foreign("no comparison") {
		return
	}
	if len(d.lanes) >= MostLanes {
		d.tell("%d flows are compared, expected at most %d", len(d.lanes), MostLanes)
		return
	}
	for _, id := range append(rivals(), d.choice.IDs()...) {
		if !slices.ContainsFunc(d.lanes, func(l *lane) bool { return l.choice.ID == id }) && d.add(id) {
			break
		}
	}
	d.remeasure()
}

// add puts a flow under a divergence beside the others, with the particles of the
// one in focus, and tells whether it could.
func (d *Driver) add(id string) bool {
	c := d.choice
	c.ID = id
	v, err := c.drift()
	if err != nil {
		d.tell("%v", err)
		return false
	}
	settings := d.flow.Settings()
	settings.Particles = d.settings.Particles
	settings.Drift, settings.Velocity = v, sim.Plugin
	flow, err := d.flow.Sibling(settings)
	if err != nil {
		d.tell("%v", err)
		return false
	}
	l := newLane(flow, settings, c)
	d.number(l)
	l.flow.Branch(d.flow)
	l.base, l.hand = d.base, d.hand
	// Its past is that of the flow it branches from.
	l.tape.moments, l.tape.stride = slices.Clone(d.lane.tape.moments), d.lane.tape.stride
	d.lanes = append(d.lanes, l)
	d.share()
	l.tape.change(l)
	return true
}

// RemoveLane ends the flow in focus, unless it is the only one.
func (d *Driver) RemoveLane() {
	if len(d.lanes) == 1 {
		d.tell("there is one flow only")
		return
	}
	at := slices.Index(d.lanes, d.lane)
	d.lanes = slices.Delete(slices.Clone(d.lanes), at, at+1)
	d.lane = d.lanes[min(at, len(d.lanes)-1)]
	d.share()
	d.remeasure()
}

// Focus moves the focus by so many flows.
func (d *Driver) Focus(by int) {
	n := len(d.lanes)
	d.lane = d.lanes[(slices.Index(d.lanes, d.lane)+by+n)%n]
	d.remeasure()
}
