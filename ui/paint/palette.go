package paint

import (
	"image/color"
	"slices"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/internal/portable"
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

// halfway is the contrast with the ground at the middle of a scale of densities: what is at least as dense
// is seen on a projector.
const halfway = 3.05

// paced is a ramp of densities along a path of colours away from a ground: the contrast grows evenly to
// halfway at the middle, and evenly from there. Colours of the path that are nearer to the ground than one
// before are left out: those of a terminal with 256 are not in order.
func paced(path []color.RGBA, ground color.RGBA) []color.RGBA {
	list, brighter := []color.RGBA{ground}, luminance(path[len(path)-1]) > luminance(ground)
	for _, c := range path {
		if last := luminance(list[len(list)-1]); brighter && luminance(c) > last || !brighter && luminance(c) < last {
			list = append(list, c)
		}
	}
	ramp, k, most := make([]color.RGBA, DensityLevels), 0, contrast(list[len(list)-1], ground)
	for i := range ramp {
		want := portable.Pow(halfway, float64(i)/(DensityLevels/2))
		if i > DensityLevels/2 {
			want = halfway * portable.Pow(most/halfway, float64(i-DensityLevels/2)/(DensityLevels/2-1))
		}
		for k < len(list)-1 && contrast(list[k], ground) < want*(1-1e-9) {
			k++
		}
		ramp[i] = list[k]
	}
	return ramp
}

// contrast is the ratio of two colours' luminances, 1 to 21, as WCAG 2 defines it.
func contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance is the relative luminance of a colour, as WCAG 2 defines it.
func luminance(c color.RGBA) float64 {
	linear := func(v uint8) float64 {
		u := float64(v) / 255
		if u <= 0.04045 {
			return u / 12.92
		}
		return portable.Pow((u+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
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

// fine is the number of colours of a path that a ramp is taken from.
const fine = 1024

// Density is the sequential ramp for a field of its own.
func (t Theme) Density() Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, densityGlyphs)}
	stops := slices.Clone(rampOf(t.look.Palette).stops)
	switch {
	case t.Depth == Sixteen && t.scheme.rising:
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(6), basic(14))
	case t.Depth == Sixteen:
		p.Colors = ladder(DensityLevels, basic(15), basic(7), basic(6), basic(4))
	case t.scheme.rising:
		p.Colors = t.away(stops)
	default:
		slices.Reverse(stops)
		p.Colors = t.away(stops)
	}
	return p
}

// away is a ramp from the ground along the stops.
func (t Theme) away(stops []string) []color.RGBA {
	return paced(blend(t.Depth, fine, append([]string{t.scheme.ground.hex}, stops...)...), t.pixel(t.scheme.ground))
}

// Muted is a sequential ramp near enough to the ground for particles to stand out
// anywhere.
func (t Theme) Muted() Palette {
	p := Palette{Glyphs: glyphs(DensityLevels, " .:-=+")}
	r := rampOf(t.look.Palette)
	switch {
	case t.Depth == Sixteen && t.scheme.rising:
		p.Colors = ladder(DensityLevels, basic(0), basic(4), basic(6), basic(6))
	case t.Depth == Sixteen:
		p.Colors = ladder(DensityLevels, basic(15), basic(7), basic(6), basic(6))
	case t.Depth == Indexed && t.scheme.rising:
		p.Colors = ladder(DensityLevels, t.indexed(r.indexed)...)
	case t.Depth == Indexed:
		p.Colors = ladder(DensityLevels, t.indexed(r.indexedLight)...)
	case t.scheme.rising:
		p.Colors = t.away(r.muted)
	default:
		p.Colors = t.away(r.light)
	}
	return p
}

// indexed is the ground and the colours of a terminal with 256.
func (t Theme) indexed(stops []string) []color.RGBA {
	steps := []color.RGBA{t.pixel(t.scheme.ground)}
	for _, hex := range stops {
		steps = append(steps, rgba(lipgloss.Color(hex)))
	}
	return steps
}

// WarpStyle is the style of a warped grid's lines.
func (t Theme) WarpStyle() Style { return Ink(t.lineInk[WarpLine]) }

// ParticleStyle is the style of a crowd of particles.
func (t Theme) ParticleStyle() Style { return Ink(t.particleInk[1]) }

// Ink is the style that writes in a colour.
func Ink(c color.RGBA) Style { return Style(ansi.NewStyle().ForegroundColor(c).String()) }

// On is the style that writes upon a colour, in black or white.
func On(ground color.RGBA) Style {
	ink := color.RGBA{255, 255, 255, 255}
	if black := (color.RGBA{0, 0, 0, 255}); contrast(ground, black) > contrast(ground, ink) {
		ink = black
	}
	return Style(ansi.NewStyle().ForegroundColor(ink).BackgroundColor(ground).String())
}

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
	over := t.side(reversed(s.over))
	slices.Reverse(over)
	colors := append(over, t.pixel(s.middle))
	colors = append(colors, t.side(s.under)...)
	t.order(colors)
	for _, i := range s.special {
		colors = append(colors, t.pixel(i))
	}
	blank := glyphs(2*balanced+1, " ")
	return Palette{Colors: colors, Glyphs: slices.Concat(glyphs(SignedSide-balanced, "=~-."), blank, glyphs(SignedSide-balanced, ":+*#@"), []rune(" ??"))}
}

// order repeats colours of a signed ramp where the next one from the middle is nearer to the ground: those
// of a terminal with 256 are not in order.
func (t Theme) order(colors []color.RGBA) {
	ground := t.pixel(t.scheme.ground)
	for _, side := range []int{-1, 1} {
		for k := 1; k <= SignedSide; k++ {
			at, before := SignedSide+side*k, SignedSide+side*(k-1)
			if contrast(colors[at], ground) < contrast(colors[before], ground) {
				colors[at] = colors[before]
			}
		}
	}
}

// balanced is the number of steps next to zero that look like it among sixteen colours and without any:
// ratios up to 1.28.
const balanced = 2

// reversed is a copy of a list from its end.
func reversed(list []ink) []ink {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

// side is one side of the signed ramp, from zero outwards.
func (t Theme) side(stops []ink) []color.RGBA {
	var names []string
	var sixteen []color.RGBA
	for _, i := range stops {
		names, sixteen = append(names, i.hex), append(sixteen, basic(i.basic))
	}
	if t.Depth == Sixteen {
		return append(ladder(balanced, sixteen[0]), ladder(SignedSide-balanced, sixteen[1:]...)...)
	}
	return blend(t.Depth, SignedSide, names...)
}
