package grid

import (
	"golang.org/x/sys/cpu"

	"undercurrent/scenarios"
)

// cells is what spreadAVX2 knows of the grid, in the order in which it reads it.
type cells struct {
	origin, inv scenarios.Point // of the first node; 2¹⁸/spacing
	last        [4]int32        // the largest column and row, in units of 2⁻¹⁸
	mask, one   [4]int32        // of a fraction; its lowest bit
	nx          int
}

// spreadAVX2 is spread for count > 0 points.
//
//go:noescape
func spreadAVX2(nodes *int64, points *scenarios.Point, count int, on *cells)

// spreadInVectors is the part of spread that a vectorised path does: the first done points.
func (g Grid) spreadInVectors(nodes []int64, points []scenarios.Point) (done int) {
	if !cpu.X86.HasAVX2 || len(points) == 0 {
		return 0
	}
	inv := fractionOne / g.Spacing
	on := cells{
		origin: scenarios.Point{X: g.X0, Y: g.Y0}, inv: scenarios.Point{X: inv, Y: inv},
		last: [4]int32{int32(g.NX-1)<<fractionBits - 1, int32(g.NY-1)<<fractionBits - 1},
		mask: [4]int32{fractionMask, fractionMask}, one: [4]int32{1, 1}, nx: g.NX,
	}
	spreadAVX2(&nodes[0], &points[0], len(points), &on)
	return len(points)
}
