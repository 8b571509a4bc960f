package scenarios

import "math"

// bandsAlongX are zones side by side from left to right, each up to its cut; the last,
// which has none, holds the rest. A target of one mode is told apart by such bands.
func bandsAlongX(cuts []float64, names ...string) []Zone { return bands(Point{X: 1}, cuts, names) }

// bandsAlongY are such zones from the top down.
func bandsAlongY(cuts []float64, names ...string) []Zone { return bands(Point{Y: -1}, cuts, names) }

// bands go along a unit vector, to which a cut is a distance from 0. A place on a cut
// belongs to the band before it.
func bands(along Point, cuts []float64, names []string) (zones []Zone) {
	for k, name := range names {
		z := HalfPlane{Normal: along}
		if k < len(cuts) {
			z.Through, z.Normal = Point{along.X * cuts[k], along.Y * cuts[k]}, Point{-along.X, -along.Y}
		} else {
			z.Through = Point{along.X * cuts[k-1], along.Y * cuts[k-1]}
		}
		zones = append(zones, Zone{name, z})
	}
	return zones
}

// sixths are the equal sectors of a ring about the origin, thin beside its radius: two
// to the sides, four between them.
func sixths(radius float64) []Zone {
	side, far := radius*math.Sqrt(3)/2, 2*radius
	return []Zone{
		{"left", HalfPlane{Point{X: -side}, Point{X: -1}}},
		{"right", HalfPlane{Point{X: side}, Point{X: 1}}},
		{"upper left", Box{Window{-far, 0, 0, far}}},
		{"upper right", Box{Window{0, far, 0, far}}},
		{"lower left", Box{Window{-far, 0, -far, 0}}},
		{"lower right", Box{Window{0, far, -far, 0}}},
	}
}
