package figure

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/internal/portable"
	"undercurrent/sim/grid"
)

// arrows are a vector field on a lattice thinner than the grid.
type arrows struct {
	grid   grid.Grid
	vx, vy []float64
}

const (
	// latticeStep is the distance of arrows.
	latticeStep = vg.Length(8.5)
	// fullLength is the length of the arrow of the scale, longer ones are cut to longest.
	fullLength = 0.9 * latticeStep
	longest    = 1.6 * latticeStep
	// shortest is the length below which nothing is drawn.
	shortest = vg.Length(0.8)
)

// arrow is one of the field.
type arrow struct {
	at     vg.Point
	vx, vy float64
}

func (a arrow) speed() float64 { return math.Hypot(a.vx, a.vy) }

// list are the arrows in the data area of a plot, where the field is known.
func (f arrows) list(c draw.Canvas, p *plot.Plot) (list []arrow) {
	size := c.Rectangle.Size()
	nx, ny := max(int(size.X/latticeStep), 1), max(int(size.Y/latticeStep), 1)
	for j := range ny {
		for i := range nx {
			fx, fy := (float64(i)+0.5)/float64(nx), (float64(j)+0.5)/float64(ny)
			x, y := p.X.Min+fx*(p.X.Max-p.X.Min), p.Y.Min+fy*(p.Y.Max-p.Y.Min)
			a := arrow{at: vg.Point{X: c.X(fx), Y: c.Y(fy)}, vx: between(f.grid, f.vx, x, y), vy: between(f.grid, f.vy, x, y)}
			if s := a.speed(); !math.IsNaN(s) && !math.IsInf(s, 0) {
				list = append(list, a)
			}
		}
	}
	return list
}

// scaleSpeed is the speed of the arrow of the legend: 1, 2 or 5 times a power of ten near the ninth decile, so that
// few fast places do not shorten all arrows to nothing.
func scaleSpeed(list []arrow) float64 {
	var speeds []float64
	for _, a := range list {
		if s := a.speed(); s > 0 {
			speeds = append(speeds, s)
		}
	}
	if len(speeds) == 0 {
		return 0
	}
	slices.Sort(speeds)
	high := speeds[len(speeds)*9/10]
	power := portable.Pow(10, math.Floor(math.Log10(high)))
	for _, k := range []float64{5, 2} {
		if high >= k*power {
			return k * power
		}
	}
	return power
}

// draw draws the arrows, and the one of the legend with its speed to the left of a point.
func (f arrows) draw(c draw.Canvas, p *plot.Plot, legend vg.Point) {
	list := f.list(c, p)
	scale := scaleSpeed(list)
	if scale == 0 {
		return
	}
	for _, a := range list {
		length := min(vg.Length(a.speed()/scale)*fullLength, longest)
		angle := math.Atan2(a.vy, a.vx)
		if length >= shortest && c.Contains(along(a.at, angle, length/2)) && c.Contains(along(a.at, angle, -length/2)) {
			drawArrow(c, a.at, angle, length)
		}
	}
	text := fmt.Sprintf("|V| = %g", scale)
	style := aligned(styled(sans(tickSize)), draw.XRight, draw.YBottom)
	c.FillText(style, legend, text)
	drawArrow(c, vg.Point{X: legend.X - style.Width(text) - 3 - fullLength/2, Y: legend.Y + tickSize/2 - 1}, 0, fullLength)
}

// along is the point at a distance from another in the direction of an angle.
func along(from vg.Point, angle float64, distance vg.Length) vg.Point {
	sin, cos := math.Sincos(angle)
	return vg.Point{X: from.X + distance*vg.Length(cos), Y: from.Y + distance*vg.Length(sin)}
}

// drawArrow draws an arrow around a point.
func drawArrow(c draw.Canvas, middle vg.Point, angle float64, length vg.Length) {
	head := min(2.2, 0.5*length)
	tail, tip, neck := along(middle, angle, -length/2), along(middle, angle, length/2), along(middle, angle, length/2-head)
	c.StrokeLine2(lineOf(ink(), axisLine), tail.X, tail.Y, neck.X, neck.Y)
	c.FillPolygon(ink(), []vg.Point{tip, along(neck, angle+math.Pi/2, 0.4*head), along(neck, angle-math.Pi/2, 0.4*head)})
}
