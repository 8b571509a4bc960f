package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
)

// Surroundings is what every divergence would do for the mass around the probe.
type Surroundings struct {
	sim.Disc
	sim.PlaceDetail
}

// surroundings are those of the probe, as a frame shows them.
type surroundings struct {
	last *Surroundings // never modified; nil if they have to be made again
	flow int
}

// show returns the surroundings of the probe, nil without one, and where a region is chosen or nothing is known of
// what moves the particles. They are made again with a report.
func (c *surroundings) show(s *Session, reports bool) *Surroundings {
	if s.probe == nil || s.Regions.chosen != 0 || s.mode.refuse("the best weight") != nil || !s.flow().Settings().Mover.IsZero() {
		return nil
	}
	d := s.aroundProbe()
	if c.last == nil || c.last.Disc != d || c.flow != s.focus.id || reports {
		c.last, c.flow = &Surroundings{d, s.flow().DiscDetail(d, s.Motion.catalogue)}, s.focus.id
	}
	return c.last
}

// aroundProbe is the disc around the probe.
func (s *Session) aroundProbe() sim.Disc {
	return sim.Disc{Centre: *s.probe, Radius: sim.SurroundingsRadius * s.focus.report.Bandwidth}
}

// Probe sets the point at which the flow in focus is probed, nil for none.
func (s *Session) Probe(at *scenarios.Point) { s.probe = at }
