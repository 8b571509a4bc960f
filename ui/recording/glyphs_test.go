package recording

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

func newTestGlyphs(t *testing.T) *glyphs {
	t.Helper()
	g, err := newGlyphs()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// picture is a mask as text: a digit for each tone, a point for none.
func (m mask) picture() string {
	var b strings.Builder
	for _, row := range m.tones {
		for _, tone := range row {
			b.WriteByte(".1234"[tone])
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// Every character of every screen that the tests keep is in the font, or drawn without one, and seen.
func TestEveryCharacterOfTheScreensIsDrawn(t *testing.T) {
	g := newTestGlyphs(t)
	characters := map[rune]bool{}
	for _, screen := range goldens(t, "*/*") {
		for _, r := range ansi.Strip(screen) {
			characters[r] = true
		}
	}
	// Those of panels that no golden shows.
	for _, r := range "∇λβ·±→▲▼…ρτη⇧⋯≤≥∞−√ᵛ⇗⇘◀●■❚" {
		characters[r] = true
	}
	if len(characters) < 300 {
		t.Errorf("the screens have %d characters, expected hundreds", len(characters))
	}
	for r := range characters {
		if r == ' ' || r == '\n' || r == firstBraille {
			continue
		}
		geometric := r >= firstBlock && r <= lastBlock || r >= firstBraille && r <= lastBraille || r >= firstBox && r <= lastBox
		if !geometric && (!g.regular.has(r) || !g.bold.has(r)) {
			t.Errorf("%q (%U) is not in the font", r, r)
		}
		if m := g.draw(glyph{text: string(r)}); m.count[0] == CellWidth*CellHeight {
			t.Errorf("%q (%U) is drawn with no pixel", r, r)
		}
	}
}

// The box of a missing character is not taken for one.
func TestAMissingCharacterIsNoticed(t *testing.T) {
	g := newTestGlyphs(t)
	if g.regular.has('語') {
		t.Error("the font has a Chinese character")
	}
	missing, other := g.draw(glyph{text: "語"}), g.draw(glyph{text: "\U0001F600"})
	if missing != other || missing.count[0] == CellWidth*CellHeight {
		t.Errorf("two missing characters are\n%s\n%s", missing.picture(), other.picture())
	}
}

func TestTextIsWithinItsCell(t *testing.T) {
	g := newTestGlyphs(t)
	for _, text := range []string{"g", "Å", "|", "@", "W", "χ̂"} {
		m := g.draw(glyph{text: text})
		if ink := CellWidth*CellHeight - m.count[0]; ink < 8 || ink > 100 {
			t.Errorf("%s has %d pixels:\n%s", text, ink, m.picture())
		}
	}
	// A letter with a descender and a capital leave the first and the last row free.
	for _, text := range []string{"g", "H"} {
		if m := g.draw(glyph{text: text}); strings.Trim(m.picture()[:CellWidth], ".") != "" {
			t.Errorf("%s touches the row above:\n%s", text, m.picture())
		}
	}
	plain, bold := g.draw(glyph{text: "m"}), g.draw(glyph{text: "m", bold: true})
	if bold.count[0] >= plain.count[0] {
		t.Error("bold has no more pixels than plain")
	}
	if lined := g.draw(glyph{text: " ", underline: true}); lined.count[solid] != CellWidth {
		t.Errorf("the underline of a blank is\n%s", lined.picture())
	}
	mark := g.draw(glyph{text: "χ̂"})
	if base := g.draw(glyph{text: "χ"}); mark.count[0] >= base.count[0] {
		t.Error("a mark has no pixel")
	}
}

// The number of a character is that of what it is drawn as.
func TestMasksAreKept(t *testing.T) {
	g := newTestGlyphs(t)
	a, b := g.number(glyph{text: "a"}), g.number(glyph{text: "b"})
	if a == b || g.number(glyph{text: "a"}) != a || g.masks[b] != g.draw(glyph{text: "b"}) || len(g.masks) != 2 {
		t.Errorf("a is %d, b is %d of %d masks", a, b, len(g.masks))
	}
}
