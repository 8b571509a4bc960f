package paint

import (
	"image/color"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

// Palette gives every level of a bitmap a colour and a glyph; the glyph is what
// a terminal without colour shows.
type Palette struct {
	Colors []color.RGBA
	Glyphs []rune
}

// Levels of the two kinds of palette.
const (
	// DensityLevels is the number of steps of a sequential ramp.
	DensityLevels = 32
	// SignedSide is the number of steps on each side of a signed ramp's middle.
	SignedSide = 16
)

// blend is a perceptually even ramp through the stops, as the depth shows it.
func blend(d Depth, steps int, stops ...string) []color.RGBA {
	var colors []color.Color
	for _, s := range stops {
		colors = append(colors, lipgloss.Color(s))
	}
	ramp := make([]color.RGBA, steps)
	for i, c := range lipgloss.Blend1D(steps, colors...) {
		ramp[i] = shown(d, c)
	}
	return ramp
}

// shown is the colour that a terminal of the depth makes of c.
func shown(d Depth, c color.Color) color.RGBA {
	if d == Indexed {
		c = colorprofile.ANSI256.Convert(c)
	}
	return rgba(c)
}

// ladder repeats a few colours over many steps, for terminals with sixteen.
func ladder(steps int, stops ...color.RGBA) []color.RGBA {
	ramp := make([]color.RGBA, steps)
	for i := range ramp {
		ramp[i] = stops[i*len(stops)/steps]
	}
	return ramp
}

// The colours of a terminal with sixteen that the ladders use, as it names them.
func basic(index int) color.RGBA { return rgba(lipgloss.ANSIColor(index)) }

// glyphs spreads a density ramp of characters over many steps.
func glyphs(steps int, ramp string) []rune {
	chars := []rune(ramp)
	out := make([]rune, steps)
	for i := range out {
		out[i] = chars[i*len(chars)/steps]
	}
	return out
}

const densityGlyphs = " .:-=+*#%@"

// Density is the sequential ramp for a field of its own: viridis.
func Density(d Depth) Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, densityGlyphs)}
	if d == Sixteen {
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(12), basic(6), basic(14))
		return p
	}
	p.Colors = blend(d, DensityLevels, "#0D1117", "#482878", "#3E4989", "#31688E", "#26828E", "#1F9E89", "#35B779", "#6DCD59", "#B4DE2C", "#FDE725")
	return p
}

// Muted is a sequential ramp dark enough for particles to stand out anywhere.
func Muted(d Depth) Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, " .:-=+")}
	if d == Sixteen {
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(6))
		return p
	}
	p.Colors = blend(d, DensityLevels, "#0D1117", "#1B1F4A", "#2D2F72", "#28507F", "#226C83", "#1F8A80", "#3FA66F")
	return p
}

// cloudInk are the colours of particles, from a few in a cell to a crowd.
func cloudInk(d Depth) [3]color.RGBA {
	if d == Sixteen {
		return [3]color.RGBA{basic(7), basic(15), basic(15)}
	}
	return [3]color.RGBA{shown(d, lipgloss.Color("#D9C9A3")), shown(d, lipgloss.Color("#FFF1C9")), shown(d, lipgloss.Color("#FFFFFF"))}
}

// lineGlyphs are what a terminal without colour shows of the lines.
const lineGlyphs = " 0x+~>"

// lineInk are the colours of the lines, by Line.
func lineInk(d Depth) [lines]color.RGBA {
	if d == Sixteen {
		return [lines]color.RGBA{{}, basic(15), basic(10), basic(13), basic(8), basic(7)}
	}
	inks := [lines]color.RGBA{}
	for k, hex := range []string{"#F0F6FC", "#7EE787", "#A371F7", "#6E7681", "#C9D1D9"} {
		inks[k+1] = shown(d, lipgloss.Color(hex))
	}
	return inks
}

// WarpStyle is the style of a warped grid's lines.
func WarpStyle(d Depth) Style { return Ink(lineInk(d)[WarpLine]) }

// CloudInk is the style of a crowd of particles.
func CloudInk(d Depth) Style { return Ink(cloudInk(d)[1]) }

// Ink is the style that writes in a colour.
func Ink(c color.RGBA) Style { return Style(ansi.NewStyle().ForegroundColor(c).String()) }

// Levels of the signed palette beside its ramp.
const (
	// Nowhere is where there is neither target nor particle.
	Nowhere = 2*SignedSide + 1
	// Empty is where the target is and no particle.
	Empty = 2*SignedSide + 2
	// EmptyStripe is every other pixel of Empty, so that it differs by texture too.
	EmptyStripe = 2*SignedSide + 3
)

// Signed is the diverging ramp of log r: blue where there are too many
// particles, orange where there are too few, dark in the middle.
func Signed(d Depth) Palette {
	p := Palette{}
	over := blend(d, SignedSide, "#9ECBFF", "#388BFD", "#1F4E8C", "#16263F")
	under := blend(d, SignedSide, "#3A2412", "#9A4F12", "#F0883E", "#FFD8A8")
	middle := shown(d, lipgloss.Color("#1C2128"))
	special := []color.RGBA{shown(d, lipgloss.Color("#0D1117")), shown(d, lipgloss.Color("#A33D85")), shown(d, lipgloss.Color("#4A1D3D"))}
	if d == Sixteen {
		over = ladder(SignedSide, basic(14), basic(12), basic(4), basic(0))
		under = ladder(SignedSide, basic(0), basic(3), basic(11), basic(15))
		middle = basic(0)
		special = []color.RGBA{basic(0), basic(13), basic(5)}
	}
	p.Colors = append(append(append(append(p.Colors, over...), middle), under...), special...)
	p.Glyphs = append(append(append(glyphs(SignedSide, "=~-. "), ' '), glyphs(SignedSide, " :+*#@")...), ' ', '?', '?')
	return p
}
