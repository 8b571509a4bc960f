package grid

import "undercurrent/scenarios"

// nodesOf is what nearestAVX2 knows of the grid, of four points each, in the order in which it reads it.
type nodesOf struct {
	x, y, inverse, half [4]float64 // of the first node; 1/spacing; ½
	column, row, stride [4]int32   // the last ones; nodes of a row
}

// nearestAVX2 writes the nodes nearest to points of groups > 0 of four.
//
//go:noescape
func nearestAVX2(dst *int32, points *scenarios.Point, groups int, on *nodesOf)

// nearestInVectors writes the first nodes, as many as a vectorised path takes, and returns their number.
func (g Grid) nearestInVectors(dst []int32, points []scenarios.Point) (done int) {
	done = inVectors(len(points))
	if done == 0 {
		return 0
	}
	on := nodesOf{
		x: four(g.X0), y: four(g.Y0), inverse: four(1 / g.Spacing), half: four(0.5),
		column: four(int32(g.NX - 1)), row: four(int32(g.NY - 1)), stride: four(int32(g.NX)),
	}
	_ = dst[done-1]
	nearestAVX2(&dst[0], &points[0], done/pointsAtOnce, &on)
	return done
}
