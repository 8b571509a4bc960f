package paint

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
)

// Theme is every style and colour of the screen.
type Theme struct {
	Depth Depth

	Text, Dim, Strong, Title, Rule, Key, Accent, Alert, Selected Style
	// Starved and Surplus are the two signs of log r wherever it is text.
	Starved, Surplus, Balanced Style

	// Line colours of charts.
	Curve, Guide, Second, Columns lipgloss.Style
	// Wrong is what goes the wrong way: a negative weight, a rising functional.
	Wrong lipgloss.Style

	regions []ink
}

// ink is one colour of the theme: as it is, and its like among the sixteen that
// every terminal has.
type ink struct {
	hex   string
	basic int
}

// okabeIto are Okabe and Ito's colours, which people with any colour vision tell
// apart, without black.
func okabeIto() []ink {
	return []ink{{"#E69F00", 3}, {"#56B4E9", 14}, {"#009E73", 2}, {"#F0E442", 11},
		{"#0072B2", 12}, {"#D55E00", 9}, {"#CC79A7", 13}, {"#BBBBBB", 7}}
}

// Dark is the theme for a dark background.
func Dark(d Depth) Theme {
	t := Theme{Depth: d, regions: okabeIto()}
	t.Text = t.style(ink{"#C9D1D9", 7})
	t.Dim = t.style(ink{"#7D8590", 8})
	t.Strong = t.style(ink{"#F0F6FC", 15}, ansi.AttrBold)
	t.Title = t.style(ink{"#E6EDF3", 15}, ansi.AttrBold)
	t.Rule = t.style(ink{"#30363D", 8})
	t.Key = t.style(ink{"#79C0FF", 14})
	t.Accent = t.style(ink{"#7EE787", 10})
	t.Alert = t.style(ink{"#FF7B72", 9}, ansi.AttrBold)
	t.Selected = t.style(ink{"#F0F6FC", 15}, ansi.AttrBold, ansi.AttrReverse)
	t.Starved = t.style(ink{"#FFA657", 11})
	t.Surplus = t.style(ink{"#58A6FF", 12})
	t.Balanced = t.style(ink{"#8B949E", 7})
	t.Curve, t.Guide = t.chart(ink{"#7EE787", 10}), t.chart(ink{"#484F58", 8})
	t.Second, t.Columns = t.chart(ink{"#C9D1D9", 15}), t.chart(ink{"#6E7681", 7})
	t.Wrong = t.chart(ink{"#FF7B72", 9})
	return t
}

// color is the ink as the depth shows it.
func (t Theme) color(i ink) color.Color {
	if t.Depth == Sixteen {
		return lipgloss.ANSIColor(i.basic)
	}
	return lipgloss.Color(i.hex)
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

func (t Theme) chart(i ink) lipgloss.Style {
	if t.Depth == None {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(t.color(i))
}

// RegionStyle is the text style of the k-th region, counted from 0.
func (t Theme) RegionStyle(k int) Style { return t.style(t.regions[k%len(t.regions)]) }

// RegionCurve is the chart style of the k-th region, counted from 0.
func (t Theme) RegionCurve(k int) lipgloss.Style { return t.chart(t.regions[k%len(t.regions)]) }

// laneInk is that of the k-th flow of a comparison.
func (t Theme) laneInk(k int) ink {
	inks := []ink{{"#7EE787", 10}, {"#FFA657", 11}, {"#79C0FF", 14}, {"#F778BA", 13}}
	return inks[k%len(inks)]
}

// LaneStyle is the text style of the k-th flow of a comparison, counted from 0.
func (t Theme) LaneStyle(k int) Style { return t.style(t.laneInk(k), ansi.AttrBold) }

// LaneCurve is the chart style of the k-th flow, counted from 0.
func (t Theme) LaneCurve(k int) lipgloss.Style { return t.chart(t.laneInk(k)) }

// Label is a style for text upon a map: dark ground, the given style's colour.
func (t Theme) Label(s Style) Style {
	if t.Depth == None {
		return Style(ansi.NewStyle(ansi.AttrReverse).String())
	}
	return s + Style(ansi.NewStyle(ansi.AttrBold).BackgroundColor(t.color(ink{"#0D1117", 0})).String())
}

func rgba(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}
