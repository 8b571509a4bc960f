package scenarios

import "math"

// Region is a named part of the plane. A point belongs to the first of a scenario's regions
// that contains it.
type Region struct {
	Name  string
	Shape Shape
}

// Elsewhere is the name of the points that belong to no region.
const Elsewhere = "elsewhere"

// Shape is a closed part of the plane. Implementations are immutable.
type Shape interface{ Contains(p Point) bool }

var (
	_ Shape = HalfPlane{}
	_ Shape = Disc{}
	_ Shape = Box{}
)

// HalfPlane is the closed half plane bounded by the line through Through, on the side of
// Normal, which may have any length.
type HalfPlane struct{ Through, Normal Point }

// Contains reports whether ⟨p − Through, Normal⟩ ≥ 0.
func (h HalfPlane) Contains(p Point) bool {
	return (p.X-h.Through.X)*h.Normal.X+(p.Y-h.Through.Y)*h.Normal.Y >= 0
}

// Disc is the closed disc around Centre.
type Disc struct {
	Centre Point
	Radius float64
}

// Contains reports whether |p − Centre| ≤ Radius.
func (d Disc) Contains(p Point) bool { return math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y) <= d.Radius }
