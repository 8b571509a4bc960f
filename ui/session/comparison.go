package session

import (
	"reflect"
	"slices"

	"undercurrent/divergences"
	"undercurrent/sim"
	"undercurrent/sim/movers"
	"undercurrent/sim/replay"
)

// MaxRuns is the largest number of flows in a comparison.
const MaxRuns = 4

// ComparisonControl adds and removes flows that run in lock-step.
type ComparisonControl struct{ s *Session }

// contrasts are the divergences that a comparison begins with next to the current one: they
// differ most in which regions gain first.
func contrasts() []string {
	return []string{"reverse-kl", "forward-kl", "neyman", "jensen-shannon", "pearson"}
}

// Toggle begins a comparison at the initial cloud, where divergences differ most, or ends it and keeps the
// flow in focus.
func (c *ComparisonControl) Toggle() {
	s := c.s
	if len(s.runs) > 1 {
		s.Clock.stay()
		s.runs = []*run{s.focus}
		s.shareHistory()
		s.measure()
		s.tell("left comparison, continuing with %s", s.flow().Drift().Info().Name)
		return
	}
	c.Start()
}

// Start begins a comparison at the initial cloud.
func (c *ComparisonControl) Start() {
	c.begin("the initial cloud", func() {
		if c.s.flow().Progress().Step > 0 {
			c.s.Scene.restart((*replay.Run).Restart)
			c.s.Training.do((*trainer).restart)
		}
	})
}

// Here begins a comparison at the current particles.
func (c *ComparisonControl) Here() { c.begin("these particles", func() {}) }

// begin compares the flow in focus with others, after prepare.
func (c *ComparisonControl) begin(where string, prepare func()) {
	s := c.s
	if s.refused("comparison") {
		return
	}
	s.Clock.stay()
	s.runs = []*run{s.focus}
	prepare()
	refused := false
	for _, id := range contrasts() {
		if id != s.Motion.Drift().ID() && len(s.runs) < MaxRuns {
			refused = !c.addFamily(id) || refused
		}
	}
	s.measure()
	if !refused {
		s.tell("%d flows from %s; %s", len(s.runs), where, c.heldEqual())
	}
}

// heldEqual says what the steps of all flows have in common.
func (c *ComparisonControl) heldEqual() string {
	if c.s.flow().Settings().Time == sim.Physical {
		return "equal in each step: dt"
	}
	return "equal in each step: mean w·dt"
}

// Under compares the flow in focus with others from its particles, under the drifts or movers of motions.
func (c *ComparisonControl) Under(motions ...sim.Motion) error {
	for _, m := range motions {
		if err := c.add(m); err != nil {
			return err
		}
	}
	c.s.measure()
	return nil
}

// Across compares the flow in focus, at its initial cloud, with flows of other settings: they may differ in all that a
// motion has.
func (c *ComparisonControl) Across(others ...sim.Settings) error {
	for _, settings := range others {
		own, err := replay.NewRun(c.s.flow().Scenario(), settings)
		if err != nil {
			return err
		}
		c.join(newRun(own, own))
	}
	c.s.measure()
	return nil
}

// Add adds a flow under the first divergence that none of the others has.
func (c *ComparisonControl) Add() {
	s := c.s
	if s.refused("comparison") {
		return
	}
	s.Clock.stay()
	if len(s.runs) >= MaxRuns {
		s.tell("%d flows are compared, expected at most %d", len(s.runs), MaxRuns)
		return
	}
	for _, id := range append(contrasts(), s.Motion.catalogue.IDs()...) {
		taken := slices.ContainsFunc(s.runs, func(r *run) bool { return r.motion().Drift.ID() == id })
		if !taken && c.addFamily(id) {
			break
		}
	}
	s.measure()
}

// addFamily is add with the family of an id, with its last parameters. It reports whether it could, and
// notes why not.
func (c *ComparisonControl) addFamily(id string) bool {
	s := c.s
	family, err := s.Motion.catalogue.Family(id)
	if err == nil {
		err = c.add(sim.Motion{Drift: s.focus.settings().Drift.WithFamily(family)})
	}
	if err != nil {
		s.tell("%v", err)
	}
	return err == nil
}

// add adds a flow under the drift of a motion, or what is in place of it, with the particles and the history of the
// one in focus.
func (c *ComparisonControl) add(m sim.Motion) error {
	s := c.s
	settings := s.focus.settings()
	settings.Drift, settings.Velocity, settings.Mover, settings.Adaptive = m.Drift, sim.Plugin, m.Mover, m.Adaptive
	if built, err := m.Drift.Build(); err == nil && !built.IsGradientFlow() || !m.Mover.IsZero() {
		settings.BirthDeath = 0
	}
	if !m.Mover.IsZero() {
		settings.Coarse = sim.Coarse{}
	}
	branch, err := s.focus.own.Branch(settings)
	if err != nil {
		return err
	}
	c.join(newRun(branch, branch))
	return nil
}

// motions are the drifts and movers of all flows, where these are alike but for them and began together
// at the initial cloud, without a change since; otherwise none.
func (c *ComparisonControl) motions() (list []sim.Motion) {
	if len(c.s.runs) < 2 {
		return nil
	}
	alike := func(settings sim.Settings) sim.Settings {
		settings.Drift, settings.Mover, settings.Adaptive = divergences.Spec{}, movers.Spec{}, false
		return settings
	}
	first := alike(c.s.runs[0].Recipe().Settings)
	for _, r := range c.s.runs {
		recipe := r.Recipe()
		if len(recipe.Events) > 0 || !reflect.DeepEqual(alike(recipe.Settings), first) {
			return nil
		}
		list = append(list, sim.Motion{Drift: recipe.Settings.Drift, Mover: recipe.Settings.Mover, Adaptive: recipe.Settings.Adaptive})
	}
	return list
}

// Remove ends the flow in focus, unless it is the only one.
func (c *ComparisonControl) Remove() {
	s := c.s
	if len(s.runs) == 1 {
		s.tell("only one flow, nothing to remove")
		return
	}
	at := slices.Index(s.runs, s.focus)
	s.runs = slices.Delete(slices.Clone(s.runs), at, at+1)
	s.focus = s.runs[min(at, len(s.runs)-1)]
	s.shareHistory()
	s.measure()
}

// Focus moves the focus by a number of flows.
func (c *ComparisonControl) Focus(by int) {
	s := c.s
	n := len(s.runs)
	s.focus = s.runs[((slices.Index(s.runs, s.focus)+by)%n+n)%n]
	s.measure()
}
