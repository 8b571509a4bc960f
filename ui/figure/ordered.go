package figure

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// ordered draws contours, all in one style, in an order of their own: the library's is that
// of a map, and files of equal runs would differ.
type ordered struct{ *plotter.Contour }

// Plot draws the contours.
func (o ordered) Plot(c draw.Canvas, p *plot.Plot) {
	lines := &strokes{Canvas: c.Canvas}
	c.Canvas = lines
	o.Contour.Plot(c, p)
	lines.draw()
}

// strokes keeps the lines that are drawn on a canvas.
type strokes struct {
	vg.Canvas
	paths []vg.Path
}

// Stroke keeps a line.
func (s *strokes) Stroke(p vg.Path) { s.paths = append(s.paths, p) }

// draw draws the lines in the order of their points.
func (s *strokes) draw() {
	slices.SortFunc(s.paths, func(a, b vg.Path) int { return slices.CompareFunc(a, b, comparePoints) })
	for _, p := range s.paths {
		s.Canvas.Stroke(p)
	}
}

func comparePoints(a, b vg.PathComp) int {
	return cmp.Or(cmp.Compare(a.Pos.X, b.Pos.X), cmp.Compare(a.Pos.Y, b.Pos.Y))
}
