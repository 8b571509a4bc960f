package replay

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Event is a change at a step: of the motion or, where Edit is not nil, an edit.
type Event struct {
	Step   int
	Motion sim.Motion
	Edit   *Edit
}

// Recipe says how a flow reaches a step: its beginning, and its events.
type Recipe struct {
	// Scenario is the scenario before any edit.
	Scenario scenarios.Scenario
	// Settings are the settings at the beginning.
	Settings sim.Settings
	// Events are in the order of their steps.
	Events []Event
	Step   int
}

// Run plays the recipe. The error says which part of it is invalid.
func (p Recipe) Run() (*Run, error) {
	r, err := NewRun(p.Scenario, p.Settings)
	if err != nil {
		return nil, err
	}
	return r, r.Play(p.Events, p.Step)
}

// Recipe reproduces the run at its current step. If the history has lost its beginning,
// changes from before are not in it.
func (r *Run) Recipe() Recipe {
	settings := r.flow.Settings()
	settings.Particles = r.flow.InitialParticles()
	first := settings.Motion()
	if list := r.history.list; len(list) > 0 && list[0].Step == 0 {
		first = list[0].state.motion
	}
	return Recipe{Scenario: r.base, Settings: settings.WithMotion(first), Events: r.events(first), Step: r.step()}
}

// events are the changes up to the current step.
func (r *Run) events(motion sim.Motion) (list []Event) {
	var edits []scenarios.Edit
	for _, c := range r.history.list {
		if c.Step > r.step() {
			break
		}
		if !c.changed {
			continue
		}
		for _, e := range c.state.log.since(edits) {
			list = append(list, Event{Step: c.Step, Edit: &e})
		}
		if !c.state.motion.Equal(motion) {
			list = append(list, Event{Step: c.Step, Motion: c.state.motion})
		}
		motion, edits = c.state.motion, c.state.log.edits
	}
	return list
}
