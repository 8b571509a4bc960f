package figure

import (
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// curve is a line through points; a NaN interrupts it, and what is beyond the axes is cut.
type curve struct {
	xs, ys []float64
	style  draw.LineStyle
}

// Plot draws the curve.
func (l curve) Plot(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	var part []vg.Point
	flush := func() {
		if len(part) > 1 {
			c.StrokeLines(l.style, c.ClipLinesXY(part)...)
		}
		part = nil
	}
	for i, y := range l.ys {
		if math.IsNaN(y) || math.IsInf(y, 0) {
			flush()
			continue
		}
		part = append(part, vg.Point{X: toX(l.xs[i]), Y: toY(y)})
	}
	flush()
}

// endLabel is a text at the end of a curve.
type endLabel struct {
	y      float64
	text   string
	colour color.Color
}

// labelWidth is the room that labels need to the right of the axes.
func labelWidth(labels []endLabel) (width vg.Length) {
	style := styled(sans(tickSize))
	for _, l := range labels {
		width = max(width, style.Width(l.text))
	}
	return width + endGap + 2
}

// endGap is the room for the lines between curves and labels.
const endGap = vg.Length(9)

// drawEnds writes the labels to the right of the data of a plot, apart from each other, each joined with the end
// of its curve.
func drawEnds(c draw.Canvas, p *plot.Plot, labels []endLabel) {
	_, toY := p.Transforms(&c)
	places := make([]vg.Length, len(labels))
	for k, l := range labels {
		places[k] = min(max(toY(l.y), c.Min.Y), c.Max.Y)
	}
	apart := spread(places, tickSize+0.5, c.Min.Y, c.Max.Y)
	style := aligned(styled(sans(tickSize)), draw.XLeft, draw.YCenter)
	for k, l := range labels {
		style.Color = l.colour
		c.StrokeLine2(lineOf(l.colour, 0.4), c.Max.X, places[k], c.Max.X+endGap-2, apart[k])
		c.FillText(style, vg.Point{X: c.Max.X + endGap, Y: apart[k]}, l.text)
	}
}

// spread moves places apart to at least a distance, in their order and as little as it takes from below, within
// bounds where they have room for all.
func spread(places []vg.Length, distance, lo, hi vg.Length) []vg.Length {
	order := make([]int, len(places))
	for k := range order {
		order[k] = k
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case places[a] < places[b]:
			return -1
		case places[a] > places[b]:
			return 1
		}
		return 0
	})
	if n := len(places); n > 1 && vg.Length(n-1)*distance > hi-lo {
		distance = (hi - lo) / vg.Length(n-1)
	}
	moved := slices.Clone(places)
	next := lo
	for _, k := range order {
		moved[k] = max(moved[k], next)
		next = moved[k] + distance
	}
	next = hi
	for _, k := range slices.Backward(order) {
		moved[k] = min(moved[k], next)
		next = moved[k] - distance
	}
	return moved
}

// stepAxis gives the axis of x the range of the steps.
func stepAxis(p *plot.Plot, xs []float64) {
	p.X.Min, p.X.Max = 0, 1
	if n := len(xs); n > 0 {
		p.X.Min, p.X.Max = xs[0], max(xs[n-1], xs[0]+1)
	}
}
