package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/stream"
)

// exampleShown is how many draws of an example there are for each that is shown as a particle: all of them cover each
// other, and are slow to be compared with exact samples.
const exampleShown = 20

// showChains shows the chains of an example, as a file of them is watched.
func (c *SceneControl) showChains(to Setup) {
	s := c.s
	d := to.Chains.Draws(to.Scenario, to.Seed)
	table := &Table{Draws: d, Pair: [2]int{0, 1}}
	points := thinned(table.Points(), exampleShown)
	frames := []scenarios.Cloud{{Points: points}}
	w := Watch{Source: &given{frames: frames, taken: 1}, First: &stream.Frame{Number: 1, Points: points, Pooled: 1}, Input: to.Chains.ID, Shuffled: true, PerTick: 1,
		Table: table, MetricsInline: true, Example: &to}
	settings := sim.DefaultSettings(to.Scenario, to.Motions[0].Drift)
	settings.Seed, settings.Smoothing = to.Seed, to.Smoothing
	o, err := w.open(to.Scenario, settings)
	if err != nil {
		s.tell("%v", err)
		return
	}
	s.forget()
	s.mode.close()
	m := &watching{}
	s.mode = m
	m.begin(s, o)
	s.Edits.forget()
	s.Regions.Choose(0)
	s.Examine()
}

// example is the setup of the example whose chains are shown, nil without one.
func (s *Session) example() *Setup {
	if w, ok := s.mode.(*watching); ok {
		return w.Example
	}
	return nil
}

// EndExample begins the flow of an example's setup, if one is shown.
func (c *SceneControl) EndExample() {
	if shown := c.s.example(); shown != nil {
		flow := *shown
		flow.Chains = nil
		c.SetUp(flow)
	}
}
