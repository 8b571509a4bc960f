package grid

import "undercurrent/scenarios"

// cells is what spreadAVX2 knows of the grid, of four points each, in the order in which it reads it.
type cells struct {
	x, y, inverse   [4]float64 // of the first node; 2¹⁸/spacing
	column, row     [4]int32   // the largest ones, in units of 2⁻¹⁸
	stride          [4]int32   // of rows in memory
	mask, bit, unit [4]int32   // of a fraction; its lowest bit; one
	nx              int
}

// spreadAVX2 is spread for groups > 0 of four points.
//
//go:noescape
func spreadAVX2(nodes *int64, points *scenarios.Point, groups int, on *cells)

// spreadInVectors is the part of spread that a vectorised path does: the first done points.
func (g Grid) spreadInVectors(nodes []int64, points []scenarios.Point) (done int) {
	done = inVectors(len(points))
	if done == 0 {
		return 0
	}
	on := cells{
		x: four(g.X0), y: four(g.Y0), inverse: four(fractionOne / g.Spacing),
		column: four(int32(g.NX-1)<<fractionBits - 1), row: four(int32(g.NY-1)<<fractionBits - 1), stride: four(int32(g.NX)),
		mask: four[int32](fractionMask), bit: four[int32](1), unit: four[int32](fractionOne), nx: g.NX,
	}
	spreadAVX2(&nodes[0], &points[0], done/pointsAtOnce, &on)
	return done
}
