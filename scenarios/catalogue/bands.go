package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

// bandsAlongX returns adjacent regions from left to right, each up to its cut; the last one,
// without a cut, contains the rest. They divide a target of one mode.
func bandsAlongX(cuts []float64, names ...string) []scenarios.Region {
	return bands(scenarios.Point{X: 1}, cuts, names)
}

// bandsAlongY returns such regions from the top down.
func bandsAlongY(cuts []float64, names ...string) []scenarios.Region {
	return bands(scenarios.Point{Y: -1}, cuts, names)
}

// bands returns regions along a unit vector, on which cuts are coordinates. A point on a cut
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

// sixths returns six regions of equal mass of a thin ring about the origin: left and right,
// and the four quarters of the rest.
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
