package scenarios

import (
	"fmt"
	"math"
)

// minSpan bounds the sides of a window from below, relative to its coordinates: nodes of a
// grid closer together than that fall together by rounding.
const minSpan = 1e-9

// Window is the rectangle that is shown, XMin < XMax and YMin < YMax.
type Window struct{ XMin, XMax, YMin, YMax float64 }

// Holds reports whether a place lies in the window.
func (w Window) Holds(p Point) bool {
	return p.X >= w.XMin && p.X <= w.XMax && p.Y >= w.YMin && p.Y <= w.YMax
}

// centre is the middle.
func (w Window) centre() Point { return Point{(w.XMin + w.XMax) / 2, (w.YMin + w.YMax) / 2} }

// shorter is the length of the shorter side.
func (w Window) shorter() float64 { return min(w.XMax-w.XMin, w.YMax-w.YMin) }

// edge is how far p is from the nearest edge, negative outside.
func (w Window) edge(p Point) float64 {
	return min(p.X-w.XMin, w.XMax-p.X, p.Y-w.YMin, w.YMax-p.Y)
}

// within is the place nearest to p that is so far from every edge; no side may be shorter
// than twice that.
func (w Window) within(p Point, edge float64) Point {
	return Point{
		max(w.XMin+edge, min(w.XMax-edge, p.X)),
		max(w.YMin+edge, min(w.YMax-edge, p.Y)),
	}
}

// Check refuses a window that is too far out or too large to compute in (MaxLength), and
// one whose nodes would fall together.
func (w Window) Check() error {
	switch across := max(math.Abs(w.XMin), math.Abs(w.XMax), math.Abs(w.YMin), math.Abs(w.YMax)); {
	case !(across <= MaxLength):
		return fmt.Errorf("the window is [%g, %g, %g, %g], expected coordinates up to %g", w.XMin, w.XMax, w.YMin, w.YMax, MaxLength)
	case !(w.shorter() > minSpan*across):
		return fmt.Errorf("the window is [%g, %g, %g, %g], expected it wider and higher than %g times its coordinates", w.XMin, w.XMax, w.YMin, w.YMax, minSpan)
	}
	return nil
}
