package grid

import "undercurrent/scenarios"

// NearestOfEach writes Nearest of points, which lie within the bounds of the grid, to dst, which is as long.
func (g Grid) NearestOfEach(dst []int32, points []scenarios.Point) {
	dst = dst[:len(points)]
	for k := g.nearestInVectors(dst, points); k < len(points); k++ {
		dst[k] = int32(g.Nearest(points[k].X, points[k].Y))
	}
}
