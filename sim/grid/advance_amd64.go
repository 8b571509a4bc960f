package grid

import "undercurrent/scenarios"

// advanceAVX2 is Advance for groups > 0 of four points.
//
//go:noescape
func advanceAVX2(points *scenarios.Point, groups int, field *Vector, on *plane) (clamped int)

// advanceInVectors is the part of Advance that a vectorised path does: the first done points.
func (g Grid) advanceInVectors(points []scenarios.Point, field []Vector, bounds scenarios.Window) (done, clamped int) {
	done = inVectors(len(points))
	if done == 0 {
		return 0, 0
	}
	on := g.plane(bounds, 0)
	return done, advanceAVX2(&points[0], done/pointsAtOnce, &field[0], &on)
}
