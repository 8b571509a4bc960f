package session

import (
	"slices"
	"strings"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
	"undercurrent/sim"
	"undercurrent/sim/replay"
)

// SceneControl changes the beginning of every flow: scenario, initial cloud, number of
// particles, seed.
type SceneControl struct {
	s *Session
	// asked counts the flows that were asked for: those that were made for an earlier wish are dropped.
	asked int
}

// Restart moves the particles back to the initial cloud.
func (c *SceneControl) Restart() {
	if c.s.refused("restart") {
		return
	}
	c.restart((*replay.Run).Restart)
	c.s.Training.do((*trainer).restart)
	c.s.measure()
}

func (c *SceneControl) restart(begin func(*replay.Run)) {
	c.s.Edits.EndDrag()
	c.s.Clock.stay()
	for _, r := range c.s.runs {
		begin(r.own)
	}
	c.s.Edits.undone = nil
}

// Reseed restarts with a later seed.
func (c *SceneControl) Reseed(by int) { c.SetSeed(c.s.flow().Settings().Seed + uint64(by)) }

// SetSeed restarts with a seed.
func (c *SceneControl) SetSeed(seed uint64) {
	if c.s.refused("another seed") {
		return
	}
	c.restart(func(r *replay.Run) { r.Reseed(seed) })
	for _, r := range c.s.runs {
		r.kept = nil // its particles began elsewhere
	}
	c.s.Training.restart()
	c.s.measure()
	c.s.tell("seed %d", seed)
}

// Open starts a built-in scenario with its defaults and the current divergences.
func (c *SceneControl) Open(id string) {
	s, err := catalogue.Named(id)
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.OpenScenario(s)
}

// OpenAt starts a scenario at one of its initial clouds.
func (c *SceneControl) OpenAt(s scenarios.Scenario, start string) {
	with, err := s.WithStart(start)
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.OpenScenario(with)
}

// OpenScenario starts a scenario with its defaults.
func (c *SceneControl) OpenScenario(s scenarios.Scenario) { c.open(s, func(*run, *sim.Settings) {}) }

// OpenUnder is OpenScenario with another motion of the flow in focus.
func (c *SceneControl) OpenUnder(s scenarios.Scenario, m sim.Motion) {
	c.open(s, func(r *run, settings *sim.Settings) {
		if r != c.s.focus {
			return
		}
		settings.Drift, settings.Velocity, settings.BirthDeath, settings.Coarse, settings.Adaptive, settings.Mover = m.Drift, m.Velocity, m.BirthDeath, m.Coarse, m.Adaptive, m.Mover
		if m.Bandwidth != 0 {
			settings.Bandwidth = m.Bandwidth
		}
	})
}

// open starts a scenario with its defaults after change.
func (c *SceneControl) open(s scenarios.Scenario, change func(*run, *sim.Settings)) {
	if c.s.refused("another target") {
		return
	}
	c.rebuild(s, nil, func(r *run, settings *sim.Settings) {
		settings.Particles, settings.Bandwidth, settings.Spacing = s.Particles, s.Bandwidth, 0
		change(r, settings)
	}, func() {
		c.s.Regions.Choose(0)
		c.s.tell("%s", strings.Join(slices.Concat([]string{strings.TrimSuffix(s.ID+": "+s.Story, ": ")}, s.Taken), "; "))
		c.tellPoints()
		c.s.Examine()
	})
}

// SetParticles restarts with another number of particles.
func (c *SceneControl) SetParticles(n int) {
	if c.s.refused("another number of particles") {
		return
	}
	c.rebuild(c.s.focus.Base(), c.s.focus.TargetEdits(), func(_ *run, settings *sim.Settings) { settings.Particles = n }, func() {
		c.s.tell("%d particles", n)
		c.tellPoints()
	})
}

// Divide restarts with another division of the target into regions, one of scenarios.Divisions.
func (c *SceneControl) Divide(name string) {
	if c.s.refused("other regions") {
		return
	}
	s, err := c.s.focus.Base().WithDivision(name)
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.rebuild(s, c.s.focus.TargetEdits(), func(*run, *sim.Settings) {}, func() {
		c.s.Regions.Choose(0)
		c.s.tell("%s regions: %d of them", name, len(c.s.flow().Target().Regions.List))
	})
}

// StartFrom restarts from another initial cloud, one of the scenario's StartNames.
func (c *SceneControl) StartFrom(name string) {
	if c.s.refused("another initial cloud") {
		return
	}
	s, err := c.s.focus.Base().WithStart(name)
	if err != nil {
		c.s.tell("%v", err)
		return
	}
	c.rebuild(s, c.s.focus.TargetEdits(), func(*run, *sim.Settings) {}, func() {
		c.s.tell("initial cloud %s: %s", name, s.Start.Text)
	})
}

// NextStart restarts from a later one of the scenario's initial clouds.
func (c *SceneControl) NextStart(by int) {
	s := c.s.focus.Base()
	for range (by - 1) % len(s.StartNames()) {
		// The names are those of the scenario's own clouds.
		s, _ = s.WithStart(s.NextStart())
	}
	c.StartFrom(s.NextStart())
}

// rebuild creates every flow again with changed settings and edits of the target, and then calls
// done, or notes the error. Where that takes long, the old flows go on meanwhile.
func (c *SceneControl) rebuild(scenario scenarios.Scenario, edits []scenarios.Edit, change func(*run, *sim.Settings), done func()) {
	s := c.s
	s.Clock.stay()
	c.asked++
	wish, focus := c.asked, slices.Index(s.runs, s.focus)
	var list []sim.Settings
	for _, old := range s.runs {
		settings := old.settings()
		change(old, &settings)
		list = append(list, settings)
	}
	s.beside("tabulating "+scenario.ID+" …", func() func(*Session) {
		runs, err := newRuns(scenario, list, edits)
		return func(s *Session) {
			switch {
			case wish != c.asked:
			case err != nil:
				s.tell("%v", err)
			default:
				c.adopt(runs, focus)
				done()
			}
		}
	})
}

// newRuns are runs of a scenario with the given settings.
func newRuns(scenario scenarios.Scenario, list []sim.Settings, edits []scenarios.Edit) (runs []*run, err error) {
	for _, settings := range list {
		own, err := replay.NewRun(scenario, settings, edits...)
		if err != nil {
			return nil, err
		}
		runs = append(runs, newRun(own, own))
	}
	return runs, nil
}

// adopt makes runs those of the session.
func (c *SceneControl) adopt(runs []*run, focus int) {
	s := c.s
	s.Clock.stay()
	for _, r := range runs {
		s.number(r)
	}
	s.focus, s.runs = runs[focus], runs
	s.view = viewOf(s.flow().Target(), s.flow().Scenario().Window)
	s.Edits.forget()
	s.shareHistory()
	s.Training.restart()
	s.measure()
}

// tellPoints notes that the number of particles differs from that of the points they begin
// at.
func (c *SceneControl) tellPoints() {
	points, ok := c.s.focus.Base().Start.Sampler.(*scenarios.FixedPoints)
	if !ok || c.s.focus.own == nil {
		return
	}
	if text := points.Mismatch(c.s.flow().InitialParticles()); text != "" {
		c.s.tell("%s", text)
	}
}
