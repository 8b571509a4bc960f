package sim

import (
	"fmt"
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

// SurroundingsRadius is the usual radius of the surroundings of a point, in bandwidths.
const SurroundingsRadius = 2

// Disc is the part of the plane within a distance of a point, its surroundings.
type Disc struct {
	Centre scenarios.Point
	Radius float64
}

// String names the disc in a sentence. A coordinate that is rounding alone is 0.
func (d Disc) String() string {
	shown := func(v float64) float64 {
		if math.Abs(v) < 1e-9*d.Radius {
			return 0
		}
		return v
	}
	return fmt.Sprintf("the disc of radius %.3g around (%.3g, %.3g)", d.Radius, shown(d.Centre.X), shown(d.Centre.Y))
}

// share is the share of a cell of a width, around a point, that is in the disc, with its edge taken as straight
// and facing the cell.
func (d Disc) share(p scenarios.Point, width float64) float64 {
	within := d.Radius - math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y)
	return min(max(within/width+0.5, 0), 1)
}

// place is a region by its index, or a disc of a radius above 0.
type place struct {
	region int
	disc   Disc
}

// where is the place of an aim, any region for all of them.
func (a Aim) where() place {
	if a.Around.Radius > 0 {
		return place{disc: a.Around}
	}
	return place{region: max(a.Region, 0)}
}

// OfAll reports whether the aim is one of all regions together.
func (a Aim) OfAll() bool { return a.Region == AllRegions && !(a.Around.Radius > 0) }

// mark writes the share of the cell of every node that belongs to the place, and returns the target mass in
// it.
func (p place) mark(t *target.OnGrid, share []float64) (mass float64) {
	if p.disc.Radius > 0 {
		return p.markDisc(t, share)
	}
	for i, label := range t.Regions.Labels {
		share[i] = 0
		if int(label) == p.region {
			share[i] = 1
		}
	}
	for _, c := range t.Regions.Parts {
		if c.Region == p.region {
			share[c.Node] += c.Share
		}
	}
	return t.Regions.List[p.region].Mass
}

// markDisc is mark for a disc.
func (p place) markDisc(t *target.OnGrid, share []float64) (mass float64) {
	g := t.Grid
	for i := range share {
		share[i] = p.disc.share(g.Node(i), g.Spacing)
		mass += share[i] * t.P[i] * g.Area()
	}
	return mass
}

// PlaceDetail returns the detail of an aim; see RegionDetail.
func (f *Flow) PlaceDetail(a Aim, c divergences.Catalogue) PlaceDetail {
	f.driven.evaluate(solid)
	return f.detail(a, c)
}
