package paint

import (
	"image/color"
	"slices"

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

// Density is the sequential ramp for a field of its own.
func (t Theme) Density() Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, densityGlyphs)}
	r := rampOf(t.look.Palette)
	switch {
	case t.Depth == Sixteen && t.scheme.rising:
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(12), basic(6), basic(14))
	case t.Depth == Sixteen:
		p.Colors = ladder(DensityLevels, basic(15), basic(14), basic(6), basic(4), basic(0))
	case t.scheme.rising:
		p.Colors = blend(t.Depth, DensityLevels, append([]string{t.scheme.ground.hex}, r.stops[1:]...)...)
	default:
		stops := slices.Clone(r.stops)
		slices.Reverse(stops)
		p.Colors = blend(t.Depth, DensityLevels, append([]string{t.scheme.ground.hex}, stops...)...)
	}
	return p
}

// Muted is a sequential ramp near enough to the ground for particles to stand out
// anywhere.
func (t Theme) Muted() Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, " .:-=+")}
	r := rampOf(t.look.Palette)
	switch {
	case t.Depth == Sixteen && t.scheme.rising:
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(6))
	case t.Depth == Sixteen:
		p.Colors = ladder(DensityLevels, basic(15), basic(7), basic(14))
	case t.Depth == Indexed && !t.scheme.rising:
		var steps []color.RGBA
		for _, hex := range append([]string{t.scheme.ground.hex}, r.indexed...) {
			steps = append(steps, rgba(lipgloss.Color(hex)))
		}
		p.Colors = ladder(DensityLevels, steps...)
	case t.scheme.rising:
		p.Colors = blend(t.Depth, DensityLevels, append([]string{t.scheme.ground.hex}, r.muted...)...)
	default:
		p.Colors = blend(t.Depth, DensityLevels, append([]string{t.scheme.ground.hex}, r.light...)...)
	}
	return p
}

// WarpStyle is the style of a warped grid's lines.
func (t Theme) WarpStyle() Style { return Ink(t.lineInk[WarpLine]) }

// ParticleStyle is the style of a crowd of particles.
func (t Theme) ParticleStyle() Style { return Ink(t.particleInk[1]) }

// Ink is the style that writes in a colour.
func Ink(c color.RGBA) Style { return Style(ansi.NewStyle().ForegroundColor(c).String()) }

// Levels of the signed palette in addition to its ramp.
const (
	// Nowhere is where there is neither target nor particle.
	Nowhere = 2*SignedSide + 1
	// Empty is where the target is and no particle.
	Empty = 2*SignedSide + 2
	// EmptyStripe is every other pixel of Empty, so that it differs by texture too.
	EmptyStripe = 2*SignedSide + 3
)

// Signed is the diverging ramp of log r: blue where there are too many
// particles, orange where there are too few, the ground's like in the middle.
func (t Theme) Signed() Palette {
	s := t.scheme
	colors := append(t.side(s.over), t.pixel(s.middle))
	colors = append(colors, t.side(s.under)...)
	for _, i := range s.special {
		colors = append(colors, t.pixel(i))
	}
	return Palette{Colors: colors,
		Glyphs: append(append(append(glyphs(SignedSide, "=~-. "), ' '), glyphs(SignedSide, " :+*#@")...), ' ', '?', '?')}
}

// side is one side of the signed ramp.
func (t Theme) side(stops []ink) []color.RGBA {
	var names []string
	var sixteen []color.RGBA
	for _, i := range stops {
		names, sixteen = append(names, i.hex), append(sixteen, basic(i.basic))
	}
	if t.Depth == Sixteen {
		return ladder(SignedSide, sixteen...)
	}
	return blend(t.Depth, SignedSide, names...)
}
