package paint

import (
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"
)

func TestARowHasItsWidthForEveryText(t *testing.T) {
	for _, width := range []int{0, 1, 7, 40} {
		r := NewRow(width).Text("αβγ and more than fits in", "\x1b[1m").To(30).Text("x", "").Right(39, "right", "")
		if w := Width(r.String()); w != width {
			t.Errorf("a row of %d is %d cells wide: %q", width, w, r.String())
		}
	}
}

func TestRightEndsAtItsColumn(t *testing.T) {
	if got := NewRow(10).Right(6, "abc", "").String(); got != "   abc    " {
		t.Errorf("got %q", got)
	}
}

func TestAnOverlayKeepsTheWidthAndShowsTheText(t *testing.T) {
	line := "\x1b[31m" + strings.Repeat("x", 20) + reset
	got := Overlay(line, 5, "here", "\x1b[7m", 20)
	if ansi.Strip(got) != "xxxxxherexxxxxxxxxxx" {
		t.Errorf("got %q", ansi.Strip(got))
	}
	if got := Overlay(line, 18, "here", "", 20); got != line {
		t.Errorf("an overlay that does not fit changed the line: %q", got)
	}
}

// looks are all there are.
func looks() (list []Look) {
	for _, t := range Themes() {
		for _, p := range Palettes() {
			list = append(list, Look{t, p})
		}
	}
	return list
}

func TestEveryPaletteHasAColourAndAGlyphALevel(t *testing.T) {
	for _, l := range looks() {
		for _, d := range []Depth{None, Sixteen, Indexed, True} {
			theme := New(l, d)
			for name, p := range map[string]Palette{"density": theme.Density(), "muted": theme.Muted()} {
				if len(p.Colors) != DensityLevels || len(p.Glyphs) != DensityLevels {
					t.Errorf("%s of %v at depth %d has %d colours and %d glyphs", name, l, d, len(p.Colors), len(p.Glyphs))
				}
			}
			if p := theme.Signed(); len(p.Colors) != EmptyStripe+1 || len(p.Glyphs) != EmptyStripe+1 {
				t.Errorf("signed of %v at depth %d has %d colours and %d glyphs, expected %d", l, d, len(p.Colors), len(p.Glyphs), EmptyStripe+1)
			}
		}
	}
}

func TestTextIsReadOnItsGround(t *testing.T) {
	for _, name := range Themes() {
		theme := New(Look{Theme: name}, True)
		s := theme.scheme
		least := 4.5
		if name == HighContrastTheme {
			least = 7
		}
		for what, i := range map[string]ink{"text": s.text, "dim": s.dim, "strong": s.strong, "title": s.title, "key": s.key, "accent": s.accent,
			"alert": s.alert, "under-covered": s.underCovered, "over-covered": s.overCovered, "balanced": s.balanced} {
			if c := contrast(theme.pixel(i), theme.pixel(s.ground)); c < least && !(what == "dim" && c > 4) {
				t.Errorf("%s of %s has contrast %.1f, expected %.1f", what, name, c, least)
			}
		}
		for k := range s.regions {
			if c := contrast(theme.pixel(s.regions[k]), theme.pixel(s.ground)); c < 3 {
				t.Errorf("region %d of %s has contrast %.1f, expected 3", k+1, name, c)
			}
		}
	}
}

// Particles stand out from every density under them.
func TestParticlesAreSeenOnEveryDensity(t *testing.T) {
	everyLook(t, func(t *testing.T, theme Theme) {
		for i, c := range theme.Muted().Colors {
			if got := contrast(c, theme.particleInk[1]); got < 2.3 {
				t.Errorf("particles have contrast %.1f on level %d, expected 2.3", got, i)
			}
		}
	})
}

func TestALookMustHaveAName(t *testing.T) {
	for _, l := range append(looks(), Look{}) {
		if err := l.Check(); err != nil {
			t.Error(err)
		}
	}
	for _, l := range []Look{{Theme: "sepia"}, {Palette: "jet"}} {
		if l.Check() == nil {
			t.Errorf("%v is accepted", l)
		}
	}
}

func TestRampsGrowBrighter(t *testing.T) {
	for name, p := range map[string]Palette{"density": Dark(True).Density(), "muted": Dark(True).Muted(),
		"cividis": New(Look{Palette: "cividis"}, True).Density(), "magma": New(Look{Palette: "magma"}, True).Density()} {
		for i := 1; i < DensityLevels; i++ {
			if luminance(p.Colors[i]) < luminance(p.Colors[i-1]) {
				t.Errorf("%s darkens from level %d to %d", name, i-1, i)
			}
		}
	}
}

func TestTheSignedRampIsDarkestInTheMiddleAndEmptyIsDistinct(t *testing.T) {
	p := Dark(True).Signed()
	for i := 1; i <= SignedSide; i++ {
		if luminance(p.Colors[SignedSide-i]) < luminance(p.Colors[SignedSide]) || luminance(p.Colors[SignedSide+i]) < luminance(p.Colors[SignedSide]) {
			t.Errorf("level %d from the middle is darker than the middle", i)
		}
	}
	for i := range 2*SignedSide + 1 {
		if p.Colors[i] == p.Colors[Empty] || p.Colors[i] == p.Colors[EmptyStripe] {
			t.Errorf("level %d of the ramp has the colour of an empty place", i)
		}
	}
}

func TestIndexedColoursAreTheTerminalsOwn(t *testing.T) {
	for _, c := range Dark(Indexed).Density().Colors {
		if again := rgba(colorprofile.ANSI256.Convert(c)); again != c {
			t.Errorf("%v becomes %v on a terminal of 256 colours", c, again)
		}
	}
}

func TestBitmapsAndDotsHaveTheirSize(t *testing.T) {
	for _, d := range []Depth{None, Sixteen, Indexed, True} {
		b := NewBitmap()
		b.Resize(13, 5)
		for i := range b.Levels {
			b.Levels[i] = uint8(i % DensityLevels)
		}
		dots := &Dots{}
		dots.Resize(13, 5)
		dots.Add(3.2, 1.9)
		dots.Add(-1, 2)
		dots.Add(13, 5)
		for name, lines := range map[string][]string{"plain": b.Lines(Dark(d).Density(), d), "dotted": b.LinesUnder(dots, Dark(d).Muted(), Dark(d))} {
			if len(lines) != 5 {
				t.Fatalf("%s at depth %d has %d lines", name, d, len(lines))
			}
			for _, l := range lines {
				if Width(l) != 13 {
					t.Errorf("%s at depth %d: a line is %d wide", name, d, Width(l))
				}
			}
		}
	}
}

func TestADotStandsWhereItIsPut(t *testing.T) {
	for _, c := range []struct {
		x, y float64
		want rune
	}{{0.1, 0.1, '⠁'}, {0.6, 0.1, '⠈'}, {0.1, 0.3, '⠂'}, {0.6, 0.6, '⠠'}, {0.1, 0.9, '⡀'}, {0.9, 0.99, '⢀'}} {
		b, dots := NewBitmap(), &Dots{}
		b.Resize(1, 1)
		dots.Resize(1, 1)
		dots.Add(c.x, c.y)
		if got := ansi.Strip(b.LinesUnder(dots, Dark(True).Muted(), Dark(True))[0]); got != string(c.want) {
			t.Errorf("a dot at (%g, %g) is %s, expected %c", c.x, c.y, got, c.want)
		}
	}
}
