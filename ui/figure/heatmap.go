package figure

import (
	"image"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// heatMap is a field at the nodes of a grid in colours from lo to hi. A NaN is blank, +Inf a place without
// particles.
type heatMap struct {
	grid   grid.Grid
	values []float64
	ramp   ramp
	lo, hi float64
	// extra pixels make the picture differ in width from others of its figure: the library of PDFs writes those of one
	// width in an order of chance.
	extra int
}

// pixels is the number of pixels along the width of a heat map.
const pixels = 480

// maxPixels bounds the height of a heat map.
const maxPixels = 4 * pixels

// picture is the part of the map in a window, the highest y first.
func (h heatMap) picture(w scenarios.Window) image.Image {
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	nx := pixels + h.extra
	ny := min(max(int(height/width*float64(nx)+0.5), 1), maxPixels)
	m := image.NewPaletted(image.Rect(0, 0, nx, ny), h.ramp.palette())
	for j := range ny {
		y := w.YMax - height*(float64(j)+0.5)/float64(ny)
		for i := range nx {
			m.Pix[j*m.Stride+i] = h.entry(between(h.grid, h.values, w.XMin+width*(float64(i)+0.5)/float64(nx), y))
		}
	}
	return m
}

// entry is that of a value in the palette.
func (h heatMap) entry(v float64) uint8 {
	switch {
	case math.IsNaN(v):
		return blankEntry
	case math.IsInf(v, 1):
		return emptyEntry
	}
	return uint8(min(max((v-h.lo)/(h.hi-h.lo), 0), 1)*(shades-1) + 0.5)
}

// Plot draws the map as a picture, one shape each pixel would be a large file.
func (h heatMap) Plot(c draw.Canvas, p *plot.Plot) {
	c.DrawImage(c.Rectangle, h.picture(scenarios.Window{XMin: p.X.Min, XMax: p.X.Max, YMin: p.Y.Min, YMax: p.Y.Max}))
}

// between is the bilinear value of a field at a place, that of the nearest node if one of the four around it
// is not finite.
func between(g grid.Grid, values []float64, x, y float64) float64 {
	u, v := (x-g.X0)/g.Spacing, (y-g.Y0)/g.Spacing
	ix, iy := min(max(int(math.Floor(u)), 0), g.NX-2), min(max(int(math.Floor(v)), 0), g.NY-2)
	u, v = min(max(u-float64(ix), 0), 1), min(max(v-float64(iy), 0), 1)
	k := iy*g.NX + ix
	a, b, c, d := values[k], values[k+1], values[k+g.NX], values[k+g.NX+1]
	sum := (1-v)*((1-u)*a+u*b) + v*((1-u)*c+u*d)
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		return values[g.Nearest(x, y)]
	}
	return sum
}

// colourBar draws the colours of a map below it with ticks and a label, over the width of its data.
func (h heatMap) colourBar(c draw.Canvas, data vg.Rectangle, label string) {
	const thick, tick = vg.Length(6), vg.Length(2.5)
	bar := vg.Rectangle{Min: vg.Point{X: data.Min.X, Y: c.Max.Y - thick}, Max: vg.Point{X: data.Max.X, Y: c.Max.Y}}
	n := shades + h.extra
	strip := image.NewPaletted(image.Rect(0, 0, n, 1), h.ramp.palette())
	for k := range n {
		strip.Pix[k] = uint8(k * (shades - 1) / (n - 1))
	}
	c.DrawImage(bar, strip)
	framed(draw.Canvas{Canvas: c.Canvas, Rectangle: bar})
	numbers := aligned(styled(sans(tickSize)), draw.XCenter, draw.YTop)
	for _, t := range (roundTicks{}).Ticks(h.lo, h.hi) {
		if t.Label == "" || t.Value < h.lo || t.Value > h.hi {
			continue
		}
		x := bar.Min.X + vg.Length((t.Value-h.lo)/(h.hi-h.lo))*bar.Size().X
		c.StrokeLine2(lineOf(ink(), axisLine), x, bar.Min.Y, x, bar.Min.Y-tick)
		c.FillText(numbers, vg.Point{X: x, Y: bar.Min.Y - tick - 1}, t.Label)
	}
	c.FillText(aligned(styled(sans(tickSize)), draw.XCenter, draw.YTop), vg.Point{X: (bar.Min.X + bar.Max.X) / 2, Y: bar.Min.Y - tick - tickSize - 3}, drawable(label))
}

// barHeight is the height of a colour bar with ticks and label.
const barHeight = vg.Length(34)
