package scenarios

import "math"

// Zone is a part of the plane that has a name. A place belongs to the first of a
// scenario's zones that holds it.
type Zone struct {
	Name  string
	Shape Shape
}

// Shape tells what lies in it; its edge does. Implementations are immutable.
type Shape interface{ Holds(p Point) bool }

var (
	_ Shape = HalfPlane{}
	_ Shape = Disc{}
	_ Shape = Box{}
)

// HalfPlane is the side of a line that Normal, of any length, points to.
type HalfPlane struct{ Through, Normal Point }

// Holds tells whether ⟨p − Through, Normal⟩ ≥ 0.
func (h HalfPlane) Holds(p Point) bool {
	return (p.X-h.Through.X)*h.Normal.X+(p.Y-h.Through.Y)*h.Normal.Y >= 0
}

// Disc is what is within Radius of Centre.
type Disc struct {
	Centre Point
	Radius float64
}

// Holds tells whether |p − Centre| ≤ Radius.
func (d Disc) Holds(p Point) bool { return math.Hypot(p.X-d.Centre.X, p.Y-d.Centre.Y) <= d.Radius }
