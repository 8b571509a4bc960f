// Package figure draws pictures for files, with gonum/plot.
package figure

import (
	"fmt"
	"image/color"
	"io"
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/palette"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"
	"gonum.org/v1/plot/vg/vgsvg"

	"undercurrent/scenarios"
	"undercurrent/sim/bench"
)

// Bench is what the methods of a bench made of a scenario: a tile each, samples over
// the target's contours.
type Bench struct {
	scenario scenarios.Scenario
	results  []*bench.Result
}

// NewBench takes the first result of every method on the scenario.
func NewBench(s scenarios.Scenario, results []*bench.Result) *Bench {
	b, seen := &Bench{scenario: s}, map[bench.Method]bool{}
	for _, r := range results {
		if r.Scenario == s.ID && !seen[r.Method] {
			seen[r.Method] = true
			b.results = append(b.results, r)
		}
	}
	return b
}

// Sizes of the picture.
const (
	columns  = 4
	tileSize = 6 * vg.Centimeter
	dotSize  = vg.Length(0.7)
	margin   = 3 * vg.Millimeter
)

// Colours that tell samples and target apart for every eye (Okabe and Ito).
func sampleColour() color.Color { return color.RGBA{0x00, 0x72, 0xb2, 0xff} }
func targetColour() color.Color { return color.RGBA{0xe6, 0x9f, 0x00, 0xff} }

// size of the whole picture.
func (b *Bench) size() (width, height vg.Length, rows int) {
	rows = (len(b.results) + columns - 1) / columns
	return columns * tileSize, vg.Length(rows) * tileSize, rows
}

// PNG writes the picture as pixels.
func (b *Bench) PNG(w io.Writer) error {
	width, height, _ := b.size()
	c := vgimg.New(width, height)
	if err := b.draw(draw.New(c)); err != nil {
		return err
	}
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}

// SVG writes the picture as shapes.
func (b *Bench) SVG(w io.Writer) error {
	width, height, _ := b.size()
	c := vgsvg.New(width, height)
	if err := b.draw(draw.New(c)); err != nil {
		return err
	}
	_, err := c.WriteTo(w)
	return err
}

func (b *Bench) draw(c draw.Canvas) error {
	_, _, rows := b.size()
	tiles := draw.Tiles{Rows: rows, Cols: columns, PadTop: margin, PadBottom: margin, PadLeft: margin, PadRight: margin, PadX: margin, PadY: margin}
	contours := b.contours()
	for k, r := range b.results {
		p, err := b.tile(r, contours)
		if err != nil {
			return err
		}
		p.Draw(tiles.At(c, k%columns, k/columns))
	}
	return nil
}

// tile is one method.
func (b *Bench) tile(r *bench.Result, contours plot.Plotter) (*plot.Plot, error) {
	p, w := plot.New(), b.scenario.Window
	p.Title.Text = fmt.Sprintf("%s   TV %.3f", r.Method, r.TV)
	p.Title.TextStyle.Font.Size = 9
	p.Title.TextStyle.Font.Variant = font.Variant("Sans")
	p.X.Min, p.X.Max, p.Y.Min, p.Y.Max = w.XMin, w.XMax, w.YMin, w.YMax
	p.X.Tick.Label.Font.Size, p.Y.Tick.Label.Font.Size = 6, 6
	points := make(plotter.XYs, 0, len(r.Some))
	for _, s := range r.Some {
		if s[0] >= w.XMin && s[0] <= w.XMax && s[1] >= w.YMin && s[1] <= w.YMax {
			points = append(points, plotter.XY{X: s[0], Y: s[1]})
		}
	}
	p.Add(contours)
	if len(points) > 0 {
		dots, err := plotter.NewScatter(points)
		if err != nil {
			return nil, err
		}
		dots.GlyphStyle = draw.GlyphStyle{Color: sampleColour(), Radius: dotSize, Shape: draw.CircleGlyph{}}
		p.Add(dots)
	}
	return p, nil
}

// contours are where the target's density is e^−½, e^−2 and e^−4½ of its highest: one,
// two and three standard deviations of a Gaussian.
func (b *Bench) contours() *plotter.Contour {
	g := newNodes(b.scenario)
	c := plotter.NewContour(g, []float64{-4.5, -2, -0.5}, oneColour{})
	c.LineStyles = []draw.LineStyle{{Color: targetColour(), Width: vg.Points(0.6)}}
	return c
}

// oneColour is a palette for lines that have their own style.
type oneColour struct{}

var _ palette.Palette = oneColour{}

// Colors has the one.
func (oneColour) Colors() []color.Color { return []color.Color{targetColour()} }

// nodes are log p over its highest value on a grid over the window.
type nodes struct {
	window scenarios.Window
	values []float64
}

// along is the number of nodes along a side.
const along = 161

func newNodes(s scenarios.Scenario) *nodes {
	n := &nodes{window: s.Window, values: make([]float64, along*along)}
	top := math.Inf(-1)
	for i := range n.values {
		n.values[i] = s.Target.LogDensity(n.X(i%along), n.Y(i/along))
		top = max(top, n.values[i])
	}
	const lowest = -50 // far under the last contour
	for i := range n.values {
		n.values[i] = max(n.values[i]-top, lowest)
	}
	return n
}

func (n *nodes) Dims() (c, r int)   { return along, along }
func (n *nodes) Z(c, r int) float64 { return n.values[r*along+c] }
func (n *nodes) X(c int) float64 {
	return n.window.XMin + (n.window.XMax-n.window.XMin)*float64(c)/(along-1)
}
func (n *nodes) Y(r int) float64 {
	return n.window.YMin + (n.window.YMax-n.window.YMin)*float64(r)/(along-1)
}
