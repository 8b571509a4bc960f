package grid

import "undercurrent/scenarios"

// spreadChangeAVX2 is SpreadChange for groups > 0 of four points.
//
//go:noescape
func spreadChangeAVX2(sums *int64, points *scenarios.Point, groups int, field *Vector, on *plane)

// advanceWithChangeAVX2 is AdvanceWithChange for groups > 0 of four points.
//
//go:noescape
func advanceWithChangeAVX2(sums *int64, points *scenarios.Point, groups int, field *Vector, on *plane) (clamped int)

// spreadChangeInVectors is the part of spreadChange that a vectorised path does: the first done points.
func (g Grid) spreadChangeInVectors(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64, move bool) (done, clamped int) {
	done = inVectors(len(points))
	if done == 0 {
		return 0, 0
	}
	on := g.plane(bounds, scale)
	if move {
		return done, advanceWithChangeAVX2(&sums[0], &points[0], done/pointsAtOnce, &field[0], &on)
	}
	spreadChangeAVX2(&sums[0], &points[0], done/pointsAtOnce, &field[0], &on)
	return done, 0
}
