package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

// bandsAlongX are regions side by side from left to right, each up to its cut; the last,
// which has none, holds the rest. A target of one mode is told apart by such bands.
func bandsAlongX(cuts []float64, names ...string) []scenarios.Region {
	return bands(scenarios.Point{X: 1}, cuts, names)
}

// bandsAlongY are such regions from the top down.
func bandsAlongY(cuts []float64, names ...string) []scenarios.Region {
	return bands(scenarios.Point{Y: -1}, cuts, names)
}

// bands go along a unit vector, to which a cut is a distance from 0. A place on a cut
// belongs to the band before it.
func bands(along scenarios.Point, cuts []float64, names []string) (regions []scenarios.Region) {
	for k, name := range names {
		side := scenarios.HalfPlane{Normal: along}
		if k < len(cuts) {
			side.Through, side.Normal = scenarios.Point{X: along.X * cuts[k], Y: along.Y * cuts[k]}, scenarios.Point{X: -along.X, Y: -along.Y}
		} else {
			side.Through = scenarios.Point{X: along.X * cuts[k-1], Y: along.Y * cuts[k-1]}
		}
		regions = append(regions, scenarios.Region{Name: name, Shape: side})
	}
	return regions
}

// sixths are the equal sectors of a ring about the origin, thin beside its radius: two
// to the sides, four between them.
func sixths(radius float64) []scenarios.Region {
	side, far := radius*math.Sqrt(3)/2, 2*radius
	return []scenarios.Region{
		{Name: "left", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: -side}, Normal: scenarios.Point{X: -1}}},
		{Name: "right", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: side}, Normal: scenarios.Point{X: 1}}},
		{Name: "upper left", Shape: scenarios.Box{Window: scenarios.Window{XMin: -far, XMax: 0, YMin: 0, YMax: far}}},
		{Name: "upper right", Shape: scenarios.Box{Window: scenarios.Window{XMin: 0, XMax: far, YMin: 0, YMax: far}}},
		{Name: "lower left", Shape: scenarios.Box{Window: scenarios.Window{XMin: -far, XMax: 0, YMin: -far, YMax: 0}}},
		{Name: "lower right", Shape: scenarios.Box{Window: scenarios.Window{XMin: 0, XMax: far, YMin: -far, YMax: 0}}},
	}
}
