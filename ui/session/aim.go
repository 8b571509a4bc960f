package session

import (
	"strings"

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

// aim is what the best weight is to improve now: of the chosen region, the surroundings of the probe, or all regions.
// The mass of all never changes: there it is the coverage measure.
func (c *AimControl) aim() sim.Aim {
	s, a := c.s, sim.Aim{Region: sim.AllRegions, Functional: c.functional()}
	switch chosen := s.Regions.chosen; {
	case chosen > 0 && chosen <= len(s.flow().Target().Regions.List):
		a.Region = chosen - 1
	case s.probe != nil:
		a.Around = sim.Disc{Centre: *s.probe, Radius: sim.SurroundingsRadius * s.focus.report.Bandwidth}
	default:
		a.Functional = s.Coverage.functional.Measure()
	}
	return a
}

// place names the place of an aim, a region also by its name.
func (c *AimControl) place(a sim.Aim) string {
	if a.Around.Radius > 0 || a.OfAll() {
		return a.Place()
	}
	return strings.TrimSuffix(a.Place()+" "+c.s.flow().Target().Regions.List[a.Region].Name, " ")
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
	a := s.Aim.aim()
	if a.OfAll() && !s.Aim.coverage || a.Region != sim.AllRegions || s.mode.refuse(bestWeightFeature) != nil || !s.flow().Settings().Mover.IsZero() {
		return nil
	}
	if c.last == nil || c.last.Around != a.Around || c.flow != s.focus.id || reports {
		c.last, c.flow = &Aimed{a, s.flow().PlaceDetail(a, s.Motion.catalogue)}, s.focus.id
	}
	return c.last
}
