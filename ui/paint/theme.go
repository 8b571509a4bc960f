package paint

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Theme is every style and colour of the screen.
type Theme struct {
	Depth Depth

	Text, Dim, Strong, Title, Rule, Key, Accent, Alert, Selected Style
	// UnderCovered and OverCovered are the two signs of log r wherever it is text.
	UnderCovered, OverCovered, Balanced Style

	// Line colours of charts.
	Curve, Guide, Second, Columns Style
	// Wrong is what goes the wrong way: a negative weight, a rising coverage measure.
	Wrong Style

	look   Look
	scheme *scheme
	// Of maps, made once.
	particleInk [3]color.RGBA
	lineInk     [lines]color.RGBA
}

// ink is one colour of the theme: as it is, and its like among the sixteen that
// every terminal has.
type ink struct {
	hex   string
	basic int
}

// Dark is the theme for a dark background.
func Dark(d Depth) Theme { return New(Look{}, d) }

// New is the theme of a look.
func New(l Look, d Depth) Theme {
	s := schemeOf(l.Theme)
	t := Theme{Depth: d, look: l, scheme: &s}
	t.Text, t.Dim = t.style(s.text), t.style(s.dim)
	t.Strong, t.Title = t.style(s.strong, ansi.AttrBold), t.style(s.title, ansi.AttrBold)
	t.Rule, t.Key, t.Accent = t.style(s.rule), t.style(s.key), t.style(s.accent)
	t.Alert, t.Selected = t.style(s.alert, ansi.AttrBold), t.style(s.strong, ansi.AttrBold, ansi.AttrReverse)
	t.UnderCovered, t.OverCovered, t.Balanced = t.style(s.underCovered), t.style(s.overCovered), t.style(s.balanced)
	t.Curve, t.Guide, t.Second = t.style(s.curve), t.style(s.guide), t.style(s.second)
	t.Columns, t.Wrong = t.style(s.columns), t.style(s.wrong)
	for k, i := range s.particles {
		t.particleInk[k] = t.pixel(i)
	}
	for k, i := range s.lines[1:] {
		t.lineInk[k+1] = t.pixel(i)
	}
	return t
}

// Look is what the theme was made of.
func (t Theme) Look() Look { return t.look }

// Ground is the colour behind everything, nil without colour.
func (t Theme) Ground() color.Color {
	if t.Depth == None {
		return nil
	}
	return t.color(t.scheme.ground)
}

// Plain is the colour of text that has no style of its own, nil without colour.
func (t Theme) Plain() color.Color {
	if t.Depth == None {
		return nil
	}
	return t.color(t.scheme.text)
}

// color is the ink as the depth shows it.
func (t Theme) color(i ink) color.Color {
	if t.Depth == Sixteen {
		return lipgloss.ANSIColor(i.basic)
	}
	return lipgloss.Color(i.hex)
}

// pixel is the ink as a colour of pictures.
func (t Theme) pixel(i ink) color.RGBA {
	if t.Depth == Sixteen {
		return basic(i.basic)
	}
	return shown(t.Depth, lipgloss.Color(i.hex))
}

// style switches a colour and attributes on; without colour the attributes alone.
func (t Theme) style(i ink, attrs ...ansi.Attr) Style {
	s := ansi.NewStyle(attrs...)
	if t.Depth != None {
		s = s.ForegroundColor(t.color(i))
	}
	if len(s) == 0 {
		return ""
	}
	return Style(s.String())
}

// region is the ink of the k-th region.
func (t Theme) region(k int) ink { return t.scheme.regions[k%len(t.scheme.regions)] }

// RegionStyle is the text style of the k-th region, counted from 0.
func (t Theme) RegionStyle(k int) Style { return t.style(t.region(k)) }

// run is the ink of the k-th flow of a comparison.
func (t Theme) run(k int) ink { return t.scheme.runs[k%len(t.scheme.runs)] }

// RunStyle is the text style of the k-th flow of a comparison, counted from 0.
func (t Theme) RunStyle(k int) Style { return t.style(t.run(k), ansi.AttrBold) }

// RunCurve is the chart style of the k-th flow, counted from 0.
func (t Theme) RunCurve(k int) Style { return t.style(t.run(k)) }

// LineStyle is the text style of a line of a map.
func (t Theme) LineStyle(l Line) Style { return t.style(t.scheme.lines[l]) }

// Label is a style for text upon a map: the ground, the given style's colour.
func (t Theme) Label(s Style) Style {
	if t.Depth == None {
		return Style(ansi.NewStyle(ansi.AttrReverse).String())
	}
	return s + Style(ansi.NewStyle(ansi.AttrBold).BackgroundColor(t.Ground()).String())
}

// Next is the name after another in a list, the first after none of them.
func Next(names []string, name string) string {
	return names[(slices.Index(names, name)+1)%len(names)]
}

func contains(names []string, name string) bool { return slices.Contains(names, name) }

func rgba(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}
