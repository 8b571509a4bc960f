package recording

import (
	"fmt"
	"image"

	"codeberg.org/go-fonts/dejavu/dejavusansmono"
	"codeberg.org/go-fonts/dejavu/dejavusansmonobold"
	"golang.org/x/image/font"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The font is as large as makes its characters as wide as a cell.
const (
	advance  = 1233. / 2048 // of a character, over the font's size
	fontSize = CellWidth / advance
	baseline = 13 // pixels from the top of a cell
	// underlined is the row of pixels of an underline.
	underlined = 14
)

// typeface draws text.
type typeface struct {
	font *sfnt.Font
	face font.Face
}

func newTypeface(ttf []byte) (t typeface, err error) {
	if t.font, err = opentype.Parse(ttf); err != nil {
		return t, fmt.Errorf("the font cannot be read (%w), expected the one that the program is built with", err)
	}
	t.face, err = opentype.NewFace(t.font, &opentype.FaceOptions{Size: fontSize, DPI: 72, Hinting: font.HintingFull})
	return t, err
}

// has reports whether the font has a character.
func (t typeface) has(r rune) bool {
	index, err := t.font.GlyphIndex(nil, r)
	return err == nil && index != 0
}

// draw draws a character with its marks. What the font does not have is a box.
func (t typeface) draw(m *mask, text string) {
	cell := image.NewAlpha(image.Rect(0, 0, CellWidth, CellHeight))
	for _, r := range text {
		// Marks stand on the character before them: each begins where it does.
		d := font.Drawer{Dst: cell, Src: image.Opaque, Face: t.face, Dot: fixed.P(0, baseline)}
		d.DrawString(string(r))
	}
	for y := range CellHeight {
		for x := range CellWidth {
			m.tones[y][x] = uint8((int(cell.AlphaAt(x, y).A)*solid + 127) / 255)
		}
	}
}

// glyph is what a mask is made of.
type glyph struct {
	text            string
	bold, underline bool
}

// glyphs are the masks of all characters so far, by number. It is not safe for concurrent use.
type glyphs struct {
	regular, bold typeface
	numbers       map[glyph]int32
	masks         []mask
}

func newGlyphs() (*glyphs, error) {
	g := &glyphs{numbers: map[glyph]int32{}}
	var err error
	if g.regular, err = newTypeface(dejavusansmono.TTF); err != nil {
		return nil, err
	}
	g.bold, err = newTypeface(dejavusansmonobold.TTF)
	return g, err
}

// number is that of a character's mask.
func (g *glyphs) number(of glyph) int32 {
	n, ok := g.numbers[of]
	if !ok {
		n = int32(len(g.masks))
		g.numbers[of] = n
		g.masks = append(g.masks, g.draw(of))
	}
	return n
}

// draw draws what tiles the plane to the pixel, and the rest in the font.
func (g *glyphs) draw(of glyph) (m mask) {
	r, single := single(of.text)
	switch {
	case of.text == "" || of.text == " ":
	case single && r >= firstBlock && r <= lastBlock:
		m.block(r)
	case single && r >= firstBraille && r <= lastBraille:
		m.braille(r)
	case single && r >= firstBox && r <= lastBox && m.box(r):
	case of.bold:
		g.bold.draw(&m, of.text)
	default:
		g.regular.draw(&m, of.text)
	}
	if of.underline {
		m.fill(0, underlined, CellWidth, underlined+1, solid)
	}
	return m.counted()
}

// single is the only character of a text.
func single(text string) (r rune, ok bool) {
	for k, c := range text {
		if k > 0 {
			return 0, false
		}
		r = c
	}
	return r, text != ""
}
