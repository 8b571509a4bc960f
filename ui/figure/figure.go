// Package figure draws pictures for files, with gonum/plot.
package figure

import (
	"bytes"
	"image/color"
	"io"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"undercurrent/scenarios"
)

// dotsPerInch is the resolution of pictures made of pixels.
const dotsPerInch = 144

// asPNG writes what paint draws as pixels.
func asPNG(w io.Writer, width, height vg.Length, paint func(draw.Canvas) error) error {
	c := vgimg.NewWith(vgimg.UseWH(width, height), vgimg.UseDPI(dotsPerInch))
	if err := paint(draw.New(c)); err != nil {
		return err
	}
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}

// asSVG writes what paint draws as shapes.
func asSVG(w io.Writer, width, height vg.Length, paint func(draw.Canvas) error) error {
	c := vgsvg.New(width, height)
	if err := paint(draw.New(c)); err != nil {
		return err
	}
	var text bytes.Buffer
	if _, err := c.WriteTo(&text); err != nil {
		return err
	}
	// The library declares its PNG pictures as image/jpg, which some viewers take at its word, and lets viewers keep their
	// proportions, which are not those of their rectangles. Neither piece can be in a text, where < and " are escaped.
	_, err := strings.NewReplacer(`xlink:href="data:image/jpg;`, `xlink:href="data:image/png;`, `<image `, `<image preserveAspectRatio="none" `).WriteString(w, text.String())
	return err
}

// Colours of samples, target and map, distinct with any colour vision (Okabe and Ito).
func sampleColour() color.Color { return color.RGBA{0x00, 0x72, 0xb2, 0xff} }
func targetColour() color.Color { return color.RGBA{0xe6, 0x9f, 0x00, 0xff} }
func warpColour() color.Color   { return color.RGBA{0xcc, 0x79, 0xa7, 0xff} }

// dotSize is the radius of a sample.
const dotSize = vg.Length(0.7)

// newPlot is an empty plot of a window.
func newPlot(title string, w scenarios.Window) *plot.Plot {
	p := plot.New()
	p.Title.Text = title
	p.Title.TextStyle.Font.Size = 9
	p.Title.TextStyle.Font.Variant = font.Variant("Sans")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = w.XMin, w.XMax, w.YMin, w.YMax
	p.X.Tick.Label.Font.Size, p.Y.Tick.Label.Font.Size = 6, 6
	return p
}

// addDots adds the points that are in the window.
func addDots(p *plot.Plot, points []scenarios.Point, w scenarios.Window) error {
	var shown plotter.XYs
	for _, s := range points {
		if s.X >= w.XMin && s.X <= w.XMax && s.Y >= w.YMin && s.Y <= w.YMax {
			shown = append(shown, plotter.XY{X: s.X, Y: s.Y})
		}
	}
	if len(shown) == 0 {
		return nil
	}
	dots, err := plotter.NewScatter(shown)
	if err != nil {
		return err
	}
	dots.GlyphStyle = draw.GlyphStyle{Color: sampleColour(), Radius: dotSize, Shape: draw.CircleGlyph{}}
	p.Add(dots)
	return nil
}

// contoursOf are the contours of the target at e^−½, e^−2 and e^−4½ of its highest density:
// one, two and three standard deviations of a Gaussian.
func contoursOf(s scenarios.Scenario) plot.Plotter {
	g := newNodes(s)
	c := plotter.NewContour(g, []float64{-4.5, -2, -0.5}, oneColour{})
	c.LineStyles = []draw.LineStyle{{Color: targetColour(), Width: vg.Points(0.6)}}
	return ordered{c}
}

const (
	// minLogDensity is the lowest log-density, relative to the highest, that the view
	// contains.
	minLogDensity = -6
	// viewMargin is added around it, relative to its size.
	viewMargin = 0.08
)

// viewOf is the part of a scenario's window that contains its target.
func viewOf(s scenarios.Scenario) scenarios.Window {
	n := newNodes(s)
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for i, v := range n.values {
		if v >= minLogDensity {
			x, y := n.X(i%side), n.Y(i/side)
			w.XMin, w.XMax, w.YMin, w.YMax = min(w.XMin, x), max(w.XMax, x), min(w.YMin, y), max(w.YMax, y)
		}
	}
	pad := viewMargin * max(w.XMax-w.XMin, w.YMax-w.YMin)
	return scenarios.Window{XMin: w.XMin - pad, XMax: w.XMax + pad, YMin: w.YMin - pad, YMax: w.YMax + pad}
}

// oneColour is a palette for lines that have their own style.
type oneColour struct{}

var _ palette.Palette = oneColour{}

// Colors is that colour.
func (oneColour) Colors() []color.Color { return []color.Color{targetColour()} }

// nodes has log p − max log p on a grid over the window.
type nodes struct {
	window scenarios.Window
	values []float64
}

// side is the number of nodes along a side.
const side = 161

func newNodes(s scenarios.Scenario) *nodes {
	n := &nodes{window: s.Window, values: make([]float64, side*side)}
	top := math.Inf(-1)
	for i := range n.values {
		n.values[i] = s.Target.LogDensity(n.X(i%side), n.Y(i/side))
		top = max(top, n.values[i])
	}
	const minValue = -50 // far below the last contour
	for i := range n.values {
		n.values[i] = max(n.values[i]-top, minValue)
	}
	return n
}

func (n *nodes) Dims() (c, r int)   { return side, side }
func (n *nodes) Z(c, r int) float64 { return n.values[r*side+c] }
func (n *nodes) X(c int) float64 {
	return n.window.XMin + (n.window.XMax-n.window.XMin)*float64(c)/(side-1)
}
func (n *nodes) Y(r int) float64 {
	return n.window.YMin + (n.window.YMax-n.window.YMin)*float64(r)/(side-1)
}
