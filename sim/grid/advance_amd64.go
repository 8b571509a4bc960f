package grid

import (
	"golang.org/x/sys/cpu"

	"undercurrent/scenarios"
)

// plane is what advanceAVX2 knows of the grid, in the order in which it reads it.
type plane struct {
	origin, inv scenarios.Point // of the first node; 1/spacing
	lower       scenarios.Point // bounds
	upper       scenarios.Point
	last        [4]int32 // column and row of the last cell
	nx          int
}

// advanceAVX2 is Advance for count > 0 points.
//
//go:noescape
func advanceAVX2(points *scenarios.Point, count int, field *Vector, on *plane) (clamped int)

// advanceInVectors is the part of Advance that a vectorised path does: the first done points.
func (g Grid) advanceInVectors(points []scenarios.Point, field []Vector, bounds scenarios.Window) (done, clamped int) {
	if !cpu.X86.HasAVX2 || len(points) == 0 {
		return 0, 0
	}
	on := g.plane(bounds)
	return len(points), advanceAVX2(&points[0], len(points), &field[0], &on)
}

// plane is what the vectorised paths know of a grid.
func (g Grid) plane(bounds scenarios.Window) plane {
	inv := 1 / g.Spacing
	return plane{
		origin: scenarios.Point{X: g.X0, Y: g.Y0}, inv: scenarios.Point{X: inv, Y: inv},
		lower: scenarios.Point{X: bounds.XMin, Y: bounds.YMin}, upper: scenarios.Point{X: bounds.XMax, Y: bounds.YMax},
		last: [4]int32{int32(g.NX - 2), int32(g.NY - 2)}, nx: g.NX,
	}
}
