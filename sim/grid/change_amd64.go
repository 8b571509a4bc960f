package grid

import (
	"golang.org/x/sys/cpu"

	"undercurrent/scenarios"
)

// changePlane is what spreadChangeAVX2 knows beside the plane, in the order in which it reads it.
type changePlane struct {
	plane
	scale, one scenarios.Point
}

// spreadChangeAVX2 is SpreadChange for count > 0 points, or AdvanceWithChange if move is not 0.
//
//go:noescape
func spreadChangeAVX2(sums *int64, points *scenarios.Point, count int, field *Vector, on *changePlane, move int) (clamped int)

// spreadChangeInVectors is the part of spreadChange that a vectorised path does: the first done points.
func (g Grid) spreadChangeInVectors(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64, move bool) (done, clamped int) {
	if !cpu.X86.HasAVX2 || len(points) == 0 {
		return 0, 0
	}
	on, moves := changePlane{plane: g.plane(bounds), scale: scenarios.Point{X: scale, Y: scale}, one: scenarios.Point{X: 1, Y: 1}}, 0
	if move {
		moves = 1
	}
	return len(points), spreadChangeAVX2(&sums[0], &points[0], len(points), &field[0], &on, moves)
}
