package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/diagnosis"
	"undercurrent/sim/replay"
	"undercurrent/sim/target"
)

// Setup is a beginning from which everything that is measured follows, whatever the session did before.
type Setup struct {
	// Scenario has the initial cloud, the number of particles and, where a motion has none of its own, the bandwidth.
	Scenario scenarios.Scenario
	// Motions are those of the flows, at least one; two to MaxRuns are a comparison, in which only drifts and movers
	// differ.
	Motions []sim.Motion
	Seed    uint64
	// Smoothing is the rule by which the target is compared.
	Smoothing target.Smoothing
	// Chains are shown in place of the flows, nil for flows.
	Chains *diagnosis.Example
}

// lessonFeature is what SetUp is for.
const lessonFeature = "a lesson"

// SetUp begins again at step 0, paused, at the default pace and settings: without sampler, chosen region or probe, and
// with the default coverage measure. It works in the session, however long that takes: what is commanded next meets the
// new flows.
func (c *SceneControl) SetUp(to Setup) {
	s := c.s
	if s.refused(lessonFeature) {
		return
	}
	if to.Chains != nil {
		c.asked++
		c.showChains(to)
		return
	}
	first := to.Motions[0]
	if first.Bandwidth == 0 {
		first.Bandwidth = to.Scenario.Bandwidth
	}
	settings := sim.DefaultSettings(to.Scenario, first.Drift).WithMotion(first)
	settings.Seed, settings.Smoothing = to.Seed, to.Smoothing
	own, err := replay.NewRun(to.Scenario, settings)
	if err != nil {
		s.tell("%v", err)
		return
	}
	c.asked++ // flows that are being made for an earlier wish are dropped
	s.forget()
	if s.example() != nil {
		s.mode.close()
		s.mode = ownFlow{}
	}
	c.adopt([]*run{newRun(own, own)}, 0)
	s.Regions.Choose(0)
	if err := s.Comparison.Under(to.Motions[1:]...); err != nil {
		s.tell("%v", err)
	}
	s.Examine()
}

// forget ends what a beginning has not.
func (s *Session) forget() {
	s.Training.stop()
	s.Clock.setPaused(true)
	s.Clock.release, s.Clock.pace, s.Clock.now = release{}, Pace{1, 1}, Pace{1, 1}
	s.probe, s.Coverage.functional, s.Aim.coverage, s.warnings = nil, defaultFunctional(), false, nil
}

// defaultFunctional is the coverage measure of a session that is given none.
func defaultFunctional() Functional {
	f, err := NewFunctional("under-coverage", 1, 1)
	if err != nil {
		panic(err)
	}
	return f
}
