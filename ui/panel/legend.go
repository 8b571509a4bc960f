package panel

import (
	"fmt"
	"slices"

	"undercurrent/ui/paint"
)

// legend is the ramp with its values.
func (m *Map) legend(width int, t paint.Theme) string {
	r := paint.NewRow(width)
	if m.Shows.signed() {
		m.signedLegend(r, t)
		return r.String()
	}
	lo, hi := "0", "peak"
	switch m.Shows {
	case Speed:
		lo, hi = "0.01", "100"
	case Weights:
		lo, hi = "0.001", "1000"
	}
	r.Text(" "+lo+" ", t.Dim)
	m.swatch(r, t, paint.DensityLevels, swatchCells)
	r.Text(" "+hi, t.Dim)
	if m.Sampler && r.Left() > 26 {
		m.warpLegend(r, t)
	}
	if m.Particles && r.Left() > 14+m.markRoom() {
		glyph, style := "⡪", t.ParticleStyle()
		if t.Depth == paint.None {
			glyph, style = " "+paint.CrowdGlyphs, ""
		}
		r.Text(" "+glyph, style).Text(" particles", t.Dim)
	}
	m.markLegend(r, t)
	m.arrowLegend(r, t)
	return r.String()
}

func (m *Map) signedLegend(r *paint.Row, t paint.Theme) {
	low, high, reach := " over ", " under", fmt.Sprintf("%.0f", ratioRange)
	if m.Shows == Compression {
		low, high, reach = " spreading ", " contracting", ""
	}
	room := r.Left() - paint.Width(low+high)
	if reach != "" && room < paint.Width("−"+reach+"  +"+reach)+swatchCells {
		reach = ""
	}
	r.Text(low, t.OverCovered)
	if reach != "" {
		r.Text("−"+reach+" ", t.Dim)
	}
	cells := swatchCells
	if reach == "" {
		cells = min(max(room, 2), swatchCells)
	}
	m.swatch(r, t, 2*paint.SignedSide+1, cells)
	if reach != "" {
		r.Text(" +"+reach, t.Dim)
	}
	r.Text(high, t.UnderCovered)
	m.arrowLegend(r, t)
	const swatch = "  xx"
	empty := longest([]string{" no particles", " q = 0"}, r.Left()-len(swatch))
	if m.Shows == Ratio && r.Left() >= len(swatch+empty) {
		r.Text("  ", "")
		m.block(r, t, paint.Empty)
		m.block(r, t, paint.EmptyStripe)
		r.Text(empty, t.Dim)
	}
}

// swatchCells is the length of a ramp where there is room.
const swatchCells = 8

// swatch is the ramp of a number of levels: where there is room, without colour each of its glyphs.
func (m *Map) swatch(r *paint.Row, t paint.Theme, levels, cells int) {
	const after = 10 // what is written behind it
	glyphs := slices.Compact(slices.Clone(m.palette.Glyphs[:levels]))
	if t.Depth == paint.None && cells == swatchCells && r.Left() >= len(glyphs)+after {
		r.Text(string(glyphs), "")
		return
	}
	for k := range cells {
		m.block(r, t, (levels-1)*k/(cells-1))
	}
}

// block is one cell in the colour of a palette entry.
func (m *Map) block(r *paint.Row, t paint.Theme, entry int) {
	if t.Depth == paint.None {
		r.Text(string(m.palette.Glyphs[entry]), "")
		return
	}
	r.Text("█", paint.Ink(m.palette.Colors[entry]))
}
