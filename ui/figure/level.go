package figure

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/sim/grid"
)

// zeroLine is the line where a field is zero, r = 1 for log r. Squares with a corner that is not finite have none.
type zeroLine struct {
	grid   grid.Grid
	values []float64
	style  draw.LineStyle
}

// Plot draws the line: one piece in each square of the grid that it crosses, two in a saddle.
func (z zeroLine) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var path vg.Path
	g := z.grid
	for iy := range g.NY - 1 {
		for ix := range g.NX - 1 {
			x, y := g.X(ix), g.Y(iy)
			if x < p.X.Min || x+g.Spacing > p.X.Max || y < p.Y.Min || y+g.Spacing > p.Y.Max {
				continue
			}
			for _, piece := range z.pieces(ix, iy) {
				path.Move(vg.Point{X: toX(piece[0][0]), Y: toY(piece[0][1])})
				path.Line(vg.Point{X: toX(piece[1][0]), Y: toY(piece[1][1])})
			}
		}
	}
	if len(path) == 0 {
		return
	}
	c.SetLineStyle(z.style)
	c.Stroke(path)
}

// pieces are the parts of the line in a square, from one edge to another.
func (z zeroLine) pieces(ix, iy int) (list [][2][2]float64) {
	g := z.grid
	k := iy*g.NX + ix
	// Corners counter-clockwise.
	v := [4]float64{z.values[k], z.values[k+1], z.values[k+g.NX+1], z.values[k+g.NX]}
	sum := v[0] + v[1] + v[2] + v[3]
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return nil
	}
	corner := [4][2]float64{{0, 0}, {1, 0}, {1, 1}, {0, 1}}
	var crossings [][2]float64
	for e := range 4 {
		a, b := v[e], v[(e+1)%4]
		if (a < 0) == (b < 0) {
			continue
		}
		u, from, to := a/(a-b), corner[e], corner[(e+1)%4]
		crossings = append(crossings, [2]float64{
			g.X(ix) + g.Spacing*(from[0]+u*(to[0]-from[0])), g.Y(iy) + g.Spacing*(from[1]+u*(to[1]-from[1]))})
	}
	switch len(crossings) {
	case 2:
		list = append(list, [2][2]float64{crossings[0], crossings[1]})
	case 4:
		// In a saddle the sign in the middle says which corners are joined.
		if (sum < 0) == (v[0] < 0) {
			crossings = append(crossings[1:], crossings[0])
		}
		list = append(list, [2][2]float64{crossings[3], crossings[0]}, [2][2]float64{crossings[1], crossings[2]})
	}
	return list
}
