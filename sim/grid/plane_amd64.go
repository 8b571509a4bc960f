package grid

import (
	"golang.org/x/sys/cpu"

	"undercurrent/scenarios"
)

// plane is what the vectorised paths know of a grid, of four points each, in the order of points_amd64.h.
type plane struct {
	x, y, inverse  [4]float64 // of the first node; 1/spacing
	lowerX, lowerY [4]float64 // bounds
	upperX, upperY [4]float64
	column, row    [4]int32 // of the last cell
	stride         [4]int32 // of rows in memory
	nx             int
	scale, one     [4]float64 // of displacements; 1
	integer        [4]float64
}

// integerOne is a float64 whose last bit is worth one: with an integer below 2⁵¹ added, the bits beyond its own are that
// integer.
const integerOne = 3 << 51

// pointsAtOnce is the number of points in a vector.
const pointsAtOnce = 4

// plane is what the vectorised paths know of a grid.
func (g Grid) plane(bounds scenarios.Window, scale float64) plane {
	return plane{
		x: four(g.X0), y: four(g.Y0), inverse: four(1 / g.Spacing),
		lowerX: four(bounds.XMin), lowerY: four(bounds.YMin), upperX: four(bounds.XMax), upperY: four(bounds.YMax),
		column: four(int32(g.NX - 2)), row: four(int32(g.NY - 2)), stride: four(int32(g.NX)), nx: g.NX,
		scale: four(scale), one: four(1.0), integer: four[float64](integerOne),
	}
}

func four[T any](v T) [4]T { return [4]T{v, v, v, v} }

// inVectors is the number of points, of n, that vectorised paths take.
func inVectors(n int) int {
	if !cpu.X86.HasAVX2 {
		return 0
	}
	return n - n%pointsAtOnce
}
