package scenarios

import "math"

// Region is a part of the plane that has a name. A place belongs to the first of a
// scenario's regions that holds it.
type Region struct {
	Name  string
	Shape Shape
}

// Elsewhere is the name of what no region holds.
const Elsewhere = "elsewhere"

// Shape is a part of the plane, its edge included. Implementations are immutable.
type Shape interface{ Holds(p Point) bool }

var (
	_ Shape = HalfPlane{}
	_ Shape = Disc{}
	_ Shape = Box{}
)

// HalfPlane is the side of a line that Normal, of any length, points to.
type HalfPlane struct{ Through, Normal Point }

// Holds reports whether ⟨p − Through, Normal⟩ ≥ 0.
func (h HalfPlane) Holds(p Point) bool {
	return (p.X-h.Through.X)*h.Normal.X+(p.Y-h.Through.Y)*h.Normal.Y >= 0
}

// Disc is what is within Radius of Centre.
type Disc struct {
	Centre Point
	Radius float64
}

// Holds reports whether |p − Centre| ≤ Radius.
func (d Disc) Holds(p Point) bool { return math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y) <= d.Radius }
