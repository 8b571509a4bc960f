package scenarios

import (
	"fmt"
	"math"
)

// minSpan is the smallest width and height of a window relative to its coordinates; in a
// smaller one, nodes of a grid coincide by rounding.
const minSpan = 1e-9

// Window is the rectangle that is shown, XMin < XMax and YMin < YMax.
type Window struct{ XMin, XMax, YMin, YMax float64 }

// Contains reports whether p lies in the window, its edge included.
func (w Window) Contains(p Point) bool {
	return p.X >= w.XMin && p.X <= w.XMax && p.Y >= w.YMin && p.Y <= w.YMax
}

// centre is the middle.
func (w Window) centre() Point { return Point{(w.XMin + w.XMax) / 2, (w.YMin + w.YMax) / 2} }

// shorter is the length of the shorter side.
func (w Window) shorter() float64 { return min(w.XMax-w.XMin, w.YMax-w.YMin) }

// edge is the distance from p to the nearest edge, negative outside.
func (w Window) edge(p Point) float64 {
	return min(p.X-w.XMin, w.XMax-p.X, p.Y-w.YMin, w.YMax-p.Y)
}

// within returns the point nearest to p that is at least margin away from every edge; width
// and height must be at least 2·margin.
func (w Window) within(p Point, margin float64) Point {
	return Point{
		max(w.XMin+margin, min(w.XMax-margin, p.X)),
		max(w.YMin+margin, min(w.YMax-margin, p.Y)),
	}
}

// Check rejects a window with coordinates above MaxLength, and one that is too small relative
// to its coordinates for the nodes of a grid to be distinct.
func (w Window) Check() error {
	switch across := max(math.Abs(w.XMin), math.Abs(w.XMax), math.Abs(w.YMin), math.Abs(w.YMax)); {
	case !(across <= MaxLength):
		return fmt.Errorf("the window is [%g, %g, %g, %g], expected coordinates up to %g", w.XMin, w.XMax, w.YMin, w.YMax, MaxLength)
	case !(w.shorter() > minSpan*across):
		return fmt.Errorf("the window is [%g, %g, %g, %g], expected it wider and higher than %g times its coordinates", w.XMin, w.XMax, w.YMin, w.YMax, minSpan)
	}
	return nil
}
