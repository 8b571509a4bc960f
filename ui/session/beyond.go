package session

import "undercurrent/sim"

// ToggleBirthDeath switches birth–death on, at the default rate, or off.
func (c *MotionControl) ToggleBirthDeath() {
	rate := float64(sim.DefaultBirthDeath)
	if c.s.focus.motion().BirthDeath > 0 {
		rate = 0
	}
	c.SetBirthDeath(rate)
}

// SetBirthDeath changes the rate λ of birth–death, 0 for none.
func (c *MotionControl) SetBirthDeath(rate float64) {
	if c.s.refused("birth–death") {
		return
	}
	c.s.Clock.stay()
	m := c.s.focus.motion()
	m.BirthDeath = rate
	if err := c.s.focus.SetMotion(m); err != nil {
		c.s.tell("%v", err)
		return
	}
	c.s.measure()
	if rate == 0 {
		c.s.tell("birth–death off: the particles move by the drift alone")
		return
	}
	c.s.tell("birth–death %g: particles double where mass is missing and die where there is too much", rate)
}

// ToggleCoarse starts a schedule from coarse to fine at the current step, or ends the one that runs.
func (c *MotionControl) ToggleCoarse() {
	coarse := c.s.focus.motion().Coarse
	if step := c.s.flow().Progress().Step; coarse.Times(step) > 1 {
		c.SetCoarse(sim.Coarse{})
	} else {
		c.SetCoarse(sim.DefaultCoarse(step))
	}
}

// SetCoarse changes the schedule of the bandwidth from coarse to fine; the zero value ends it.
func (c *MotionControl) SetCoarse(coarse sim.Coarse) {
	if c.s.refused("coarse to fine") {
		return
	}
	c.s.Clock.stay()
	m := c.s.focus.motion()
	m.Coarse = coarse
	if err := c.s.focus.SetMotion(m); err != nil {
		c.s.tell("%v", err)
		return
	}
	c.s.measure()
	if !coarse.On() {
		c.s.tell("coarse to fine off: bandwidth h = %g", m.Bandwidth)
		return
	}
	c.s.tell("coarse to fine: the bandwidth falls from %.3g to h = %g in %d steps, so that mass can move between islands", coarse.Factor*m.Bandwidth, m.Bandwidth, coarse.Steps)
}

// SetCoarseFactor starts a schedule at the current step that begins at a bandwidth of factor·h; 0 and 1 end
// the one that runs.
func (c *MotionControl) SetCoarseFactor(factor float64) {
	coarse := sim.DefaultCoarse(c.s.flow().Progress().Step)
	if coarse.Factor = factor; factor == 0 || factor == 1 {
		coarse = sim.Coarse{}
	}
	c.SetCoarse(coarse)
}
