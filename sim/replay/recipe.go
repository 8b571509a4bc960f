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
func (r *Run) Recipe() Recipe { return r.recipe(r.step()) }

// Later reproduces the run at the last step of the history, if that is later than the current one: what a
// change at the current step would lose. ok is false too if the history has lost its beginning.
func (r *Run) Later() (recipe Recipe, ok bool) {
	first, last := r.Span()
	if first > 0 || last <= r.step() {
		return Recipe{}, false
	}
	return r.recipe(last), true
}

// recipe reproduces the run at a step of its history.
func (r *Run) recipe(step int) Recipe {
	settings := r.flow.Settings()
	settings.Particles = r.flow.InitialParticles()
	first := settings.Motion()
	if list := r.history.list; len(list) > 0 && list[0].Step == 0 {
		first = list[0].state.motion
	}
	return Recipe{Scenario: r.base, Settings: settings.WithMotion(first), Events: r.events(first, step), Step: step}
}

// events are the changes up to a step.
func (r *Run) events(motion sim.Motion, step int) (list []Event) {
	var edits editLog
	for _, c := range r.history.list {
		if c.Step > step {
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
		motion, edits = c.state.motion, c.state.log
	}
	return list
}
