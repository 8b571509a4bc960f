package sim

import "math"

// vector is a pair of components, kept together so that a gather touches one
// cache line a row.
type vector struct{ x, y float64 }

func (v vector) times(s float64) vector { return vector{v.x * s, v.y * s} }

func (v vector) plus(u vector) vector { return vector{v.x + u.x, v.y + u.y} }

func (v vector) dot(u vector) float64 { return v.x*u.x + v.y*u.y }

// shorten scales a vector of the given squared length down to length.
func (v vector) shorten(length, square float64) vector { return v.times(length / math.Sqrt(square)) }
