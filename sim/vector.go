package sim

import "math"

// vector is a pair of components, kept together so that a gather touches one
// cache line a row.
type vector struct{ x, y float64 }

// shorten scales a vector of the given squared length down to length.
func (v vector) shorten(length, square float64) vector {
	s := length / math.Sqrt(square)
	return vector{v.x * s, v.y * s}
}
