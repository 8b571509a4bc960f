package figure

import (
	"image/color"
	"strings"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes of texts, within the 8 to 10 points that journals ask for.
const (
	tickSize    = 8
	labelSize   = 9
	headSize    = 9
	titleSize   = 10
	captionSize = 8
)

// Widths of lines.
const (
	axisLine  = vg.Length(0.5)
	thinLine  = vg.Length(0.6)
	curveLine = vg.Length(1.1)
)

func ink() color.Color   { return color.Gray{0x22} }
func faint() color.Color { return color.Gray{0x80} }
func paper() color.Color { return color.White }

// sans is the font of texts, mono that of command lines.
func sans(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Sans", Size: size}
}
func mono(size vg.Length) font.Font {
	return font.Font{Typeface: "Liberation", Variant: "Mono", Size: size}
}

// styled is a style of texts, aligned to the left and the base line.
func styled(f font.Font) text.Style {
	return text.Style{Color: ink(), Font: f, Handler: text.Plain{Fonts: font.DefaultCache}}
}

// aligned is a style with another alignment.
func aligned(s text.Style, x text.XAlignment, y text.YAlignment) text.Style {
	s.XAlign, s.YAlign = x, y
	return s
}

// lineOf is a style of lines.
func lineOf(c color.Color, width vg.Length, dashes ...vg.Length) draw.LineStyle {
	return draw.LineStyle{Color: c, Width: width, Dashes: dashes}
}

// newChart is an empty plot in the style of the figures.
func newChart(x, y string) *plot.Plot {
	p := plot.New()
	for _, axis := range []*plot.Axis{&p.X, &p.Y} {
		axis.LineStyle, axis.Tick.LineStyle = lineOf(ink(), axisLine), lineOf(ink(), axisLine)
		axis.Tick.Marker = roundTicks{}
		axis.Tick.Length, axis.Padding, axis.Label.Padding = 3, 0, 2
		axis.Tick.Label.Font, axis.Tick.Label.Color = sans(tickSize), ink()
		axis.Label.TextStyle.Font, axis.Label.TextStyle.Color = sans(labelSize), ink()
	}
	p.X.Label.Text, p.Y.Label.Text = drawable(x), drawable(y)
	p.BackgroundColor = nil
	return p
}

// framed draws the frame around the data of a plot, whose axes have two sides of it.
func framed(c draw.Canvas) {
	c.StrokeLines(lineOf(ink(), axisLine), []vg.Point{{X: c.Min.X, Y: c.Min.Y}, {X: c.Min.X, Y: c.Max.Y}, {X: c.Max.X, Y: c.Max.Y}, {X: c.Max.X, Y: c.Min.Y}, {X: c.Min.X, Y: c.Min.Y}})
}

// plotted is a function that draws the data of a plot.
type plotted func(c draw.Canvas, p *plot.Plot)

// Plot draws the data.
func (f plotted) Plot(c draw.Canvas, p *plot.Plot) { f(c, p) }

var _ plot.Plotter = plotted(nil)

// drawable is a text in the characters that the fonts have: some are written out, others become a
// question mark. It may come from a file.
func drawable(s string) string {
	s = strings.ReplaceAll(s, "∇", "grad ")
	regular, fixed := font.DefaultCache.Lookup(sans(1), 1), font.DefaultCache.Lookup(mono(1), 1)
	var buffer sfnt.Buffer
	has := func(f font.Face, r rune) bool {
		glyph, err := f.Face.GlyphIndex(&buffer, r)
		return err == nil && glyph != 0
	}
	return strings.Map(func(r rune) rune {
		if r < ' ' || !has(regular, r) || !has(fixed, r) {
			return '?'
		}
		return r
	}, s)
}
