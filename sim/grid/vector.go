package grid

import "math"

// Vector is a pair of components, adjacent in memory so that an interpolation reads one cache
// line per row.
type Vector struct{ X, Y float64 }

// Times is s·v.
func (v Vector) Times(s float64) Vector { return Vector{v.X * s, v.Y * s} }

// Plus is v + u.
func (v Vector) Plus(u Vector) Vector { return Vector{v.X + u.X, v.Y + u.Y} }

// Dot is the inner product of v and u.
func (v Vector) Dot(u Vector) float64 { return v.X*u.X + v.Y*u.Y }

// Shorten scales v to a length; square is its squared length.
func (v Vector) Shorten(length, square float64) Vector { return v.Times(length / math.Sqrt(square)) }
