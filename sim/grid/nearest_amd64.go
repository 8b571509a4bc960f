package grid

import (
	"golang.org/x/sys/cpu"

	"undercurrent/scenarios"
)

// nodesOf is what nearestAVX2 knows of the grid, in the order in which it reads it: of two points each.
type nodesOf struct {
	origin, spacing, half [2]scenarios.Point
	last, stride          [4]int32 // the last column and row; the distances of columns and rows in memory
}

// nearestAVX2 writes the nodes nearest to points of groups > 0 of two.
//
//go:noescape
func nearestAVX2(dst *int32, points *scenarios.Point, groups int, on *nodesOf)

// nearestInVectors writes the first nodes, as many as a vectorised path takes, and returns their number.
func (g Grid) nearestInVectors(dst []int32, points []scenarios.Point) (done int) {
	groups := len(points) / 2
	if groups == 0 || !cpu.X86.HasAVX2 {
		return 0
	}
	origin, spacing, half := scenarios.Point{X: g.X0, Y: g.Y0}, scenarios.Point{X: g.Spacing, Y: g.Spacing}, scenarios.Point{X: 0.5, Y: 0.5}
	column, row, nx := int32(g.NX-1), int32(g.NY-1), int32(g.NX)
	on := nodesOf{
		origin: [2]scenarios.Point{origin, origin}, spacing: [2]scenarios.Point{spacing, spacing}, half: [2]scenarios.Point{half, half},
		last: [4]int32{column, row, column, row}, stride: [4]int32{1, nx, 1, nx},
	}
	_ = dst[2*groups-1]
	nearestAVX2(&dst[0], &points[0], groups, &on)
	return 2 * groups
}
