package session

import (
	"undercurrent/divergences"
	"undercurrent/sim"
)

// AimControl says what the best weight is to improve: the mass of a place, or its share of the coverage measure.
type AimControl struct {
	s        *Session
	coverage bool
}

// Toggle changes between mass and coverage measure.
func (c *AimControl) Toggle() { c.set(!c.coverage) }

// AimNames are the aims that can be set by name.
func AimNames() []string { return []string{"mass", "coverage"} }

// Set sets the aim by its name, one of AimNames.
func (c *AimControl) Set(name string) { c.set(name == "coverage") }

func (c *AimControl) set(coverage bool) {
	c.coverage = coverage
	c.s.Regions.detail, c.s.aimed.last = nil, nil
	if coverage {
		c.s.tell("η and w* are for U of a region, of the place of the probe, or of all")
		return
	}
	c.s.tell("η and w* are for the mass of a region, or of the place of the probe")
}

// functional is the measure that is aimed at, nil for the mass.
func (c *AimControl) functional() divergences.Functional {
	if c.coverage {
		return c.s.Coverage.functional.Measure()
	}
	return nil
}

// quantity is what is aimed at, in a word.
func (c *AimControl) quantity() string {
	if c.coverage {
		return c.s.Coverage.functional.ID
	}
	return "mass"
}

// Aimed is what every divergence would do for the surroundings of the probe, or for all regions.
type Aimed struct {
	sim.Aim
	sim.PlaceDetail
}

// aimed is what a frame shows of an aim without a chosen region.
type aimed struct {
	last *Aimed // never modified; nil if it has to be made again
	flow int
}

// show returns it for the probe, or for all regions where the coverage measure is aimed at; nil without either, and
// where a region is chosen or nothing is known of what moves the particles. It is made again with a report.
func (c *aimed) show(s *Session, reports bool) *Aimed {
	a := sim.Aim{Region: sim.AllRegions, Functional: s.Aim.functional()}
	if s.probe != nil {
		a.Around = sim.Disc{Centre: *s.probe, Radius: sim.SurroundingsRadius * s.focus.report.Bandwidth}
	}
	if a.Functional == nil && s.probe == nil || s.Regions.chosen != 0 || s.mode.refuse("the best weight") != nil || !s.flow().Settings().Mover.IsZero() {
		return nil
	}
	if c.last == nil || c.last.Around != a.Around || c.flow != s.focus.id || reports {
		c.last, c.flow = &Aimed{a, s.flow().PlaceDetail(a, s.Motion.catalogue)}, s.focus.id
	}
	return c.last
}
