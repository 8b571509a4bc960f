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

	regions []string
}

// Okabe and Ito's colours, which people with any colour vision tell apart,
// without black; the second round is dimmer.
func okabeIto() []string {
	return []string{"#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#BBBBBB"}
}

// Dark is the theme for a dark background.
func Dark(d Depth) Theme {
	t := Theme{Depth: d, regions: okabeIto()}
	t.Text = t.style("#C9D1D9")
	t.Dim = t.style("#7D8590")
	t.Strong = t.style("#F0F6FC", ansi.AttrBold)
	t.Title = t.style("#E6EDF3", ansi.AttrBold)
	t.Rule = t.style("#30363D")
	t.Key = t.style("#79C0FF")
	t.Accent = t.style("#7EE787")
	t.Alert = t.style("#FF7B72", ansi.AttrBold)
	t.Selected = t.style("#F0F6FC", ansi.AttrBold, ansi.AttrReverse)
	t.Starved = t.style("#FFA657")
	t.Surplus = t.style("#58A6FF")
	t.Balanced = t.style("#8B949E")
	t.Curve, t.Guide = t.chart("#7EE787"), t.chart("#484F58")
	t.Second, t.Columns = t.chart("#C9D1D9"), t.chart("#6E7681")
	return t
}

// style switches a colour and attributes on; without colour the attributes alone.
func (t Theme) style(hex string, attrs ...ansi.Attr) Style {
	s := ansi.NewStyle(attrs...)
	if t.Depth != None {
		s = s.ForegroundColor(lipgloss.Color(hex))
	}
	if len(s) == 0 {
		return ""
	}
	return Style(s.String())
}

func (t Theme) chart(hex string) lipgloss.Style {
	if t.Depth == None {
		return lipgloss.NewStyle()
	}
	return lipgloss.NewStyle().Foreground(lipgloss.Color(hex))
}

// RegionStyle is the text style of the k-th region, counted from 0.
func (t Theme) RegionStyle(k int) Style { return t.style(t.regions[k%len(t.regions)]) }

// RegionCurve is the chart style of the k-th region, counted from 0.
func (t Theme) RegionCurve(k int) lipgloss.Style { return t.chart(t.regions[k%len(t.regions)]) }

// Label is a style for text upon a map: dark ground, the given style's colour.
func (t Theme) Label(s Style) Style {
	if t.Depth == None {
		return Style(ansi.NewStyle(ansi.AttrReverse).String())
	}
	return s + Style(ansi.NewStyle(ansi.AttrBold).BackgroundColor(lipgloss.Color("#0D1117")).String())
}

func rgba(c color.Color) color.RGBA {
	r, g, b, _ := c.RGBA()
	return color.RGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}
}
