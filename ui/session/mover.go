package session

import (
	"slices"

	"undercurrent/sim"
	"undercurrent/sim/movers"
)

// MoverNames are the ids of the movers, and that of none.
func MoverNames() []string {
	names := []string{noMover}
	for _, k := range movers.Kinds() {
		names = append(names, string(k))
	}
	return names
}

// noMover is the name of the drift in place of a mover.
const noMover = "none"

// NextMover lets the next mover move the particles in place of the drift, and after the last one the drift
// again. Those that the target does not have are skipped.
func (c *MotionControl) NextMover() {
	names := MoverNames()
	at := slices.Index(names, string(c.s.focus.motion().Mover.Kind))
	if at < 0 {
		at = 0
	}
	for range names {
		at = (at + 1) % len(names)
		if c.SetMover(names[at]) {
			return
		}
	}
}

// SetMover lets a mover move the particles, in the format of movers.Parse, or the drift for none, and
// reports whether that is valid.
func (c *MotionControl) SetMover(text string) bool {
	if c.s.refused("another mover") {
		return false
	}
	m := c.s.focus.motion()
	if text == noMover {
		m.Mover = movers.Spec{}
		return c.set(m)
	}
	spec, err := movers.Parse(text)
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	m.Adaptive = false
	m.Mover, m.Velocity, m.BirthDeath, m.Coarse = spec, sim.Plugin, 0, sim.Coarse{}
	objective, err := c.catalogue.Parse(sim.MoverObjective, nil)
	if err != nil {
		c.s.tell("%v", err)
		return false
	}
	m.Drift = objective
	return c.set(m)
}
