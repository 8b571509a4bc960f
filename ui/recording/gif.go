package recording

import (
	"errors"
	"image/color"
	"io"
	"math"
	"slices"
	"time"
)

// GIF collects screens and writes them as an animation that repeats for ever. Cells are CellWidth ×
// CellHeight pixels; half-blocks, braille and box drawing are exact, text is in DejaVu Sans Mono. All
// frames have one palette, of at most 255 colours and one that is transparent: a frame holds the rectangle
// that has changed, and of that only the pixels that have.
type GIF struct {
	out    io.Writer
	screen *Screen
	glyphs *glyphs
	last   Frame
	looks  []look // of the cells of the last screen
	frames []changes
	// pixels counts the pixels of each tone, by the colours of text and ground.
	pixels map[inks]*[solid + 1]int

	// Progress is called after each of all frames that End writes, unless it is nil.
	Progress func(done, all int)
}

// rgb is an opaque colour.
type rgb [3]uint8

func (c rgb) opaque() color.RGBA { return color.RGBA{c[0], c[1], c[2], 255} }

// inks are the colours of a cell.
type inks struct{ fg, bg rgb }

// look is how a cell looks: the number of its mask and its colours.
type look struct {
	glyph int32
	inks
}

// change is a cell that looks different from a frame on.
type change struct {
	cell int32
	look
}

// changes is what changes at a time.
type changes struct {
	at    time.Duration
	cells []change
}

// NewGIF begins a recording of screens of a size in cells. Nothing is written before End.
func NewGIF(out io.Writer, width, height int) (*GIF, error) {
	glyphs, err := newGlyphs()
	if err != nil {
		return nil, err
	}
	r := &GIF{out: out, screen: NewScreen(width, height), glyphs: glyphs, looks: make([]look, width*height), pixels: map[inks]*[solid + 1]int{}}
	for k := range r.looks {
		r.looks[k].glyph = -1
	}
	return r, nil
}

// Add adds a frame.
func (g *GIF) Add(f Frame) error {
	if len(g.frames) > 0 && f.same(g.last) {
		return nil
	}
	g.last = f
	g.screen.Draw(f)
	var cells []change
	for k := range g.looks {
		if now := g.lookOf(g.screen.Cell(k%g.screen.Width, k/g.screen.Width)); now != g.looks[k] {
			g.looks[k] = now
			cells = append(cells, change{int32(k), now})
			g.count(now)
		}
	}
	if len(cells) > 0 {
		g.frames = append(g.frames, changes{f.At, slices.Clip(cells)})
	}
	return nil
}

// lookOf is how a cell looks. What is drawn with no pixel has no colour of its own.
func (g *GIF) lookOf(c Cell) look {
	l := look{g.glyphs.number(glyph{c.Text, c.Bold, c.Underline}), inks{rgb{c.Fg.R, c.Fg.G, c.Fg.B}, rgb{c.Bg.R, c.Bg.G, c.Bg.B}}}
	if g.glyphs.masks[l.glyph].count[0] == CellWidth*CellHeight {
		l.fg = l.bg
	}
	return l
}

// count counts the pixels of a cell by their colour.
func (g *GIF) count(l look) {
	n := g.pixels[l.inks]
	if n == nil {
		n = new([solid + 1]int)
		g.pixels[l.inks] = n
	}
	for tone, pixels := range g.glyphs.masks[l.glyph].count {
		n[tone] += pixels
	}
}

// transparent is the index of the colour that leaves a pixel as it is.
const transparent = 0

// palette is that of all frames, as many colours as a GIF can have. Colours count by the square root of
// their pixels: text has few, and is looked at.
func (g *GIF) palette() color.Palette {
	counts := map[color.RGBA]int{}
	for ink, tones := range g.pixels {
		for tone, n := range tones {
			if n > 0 {
				counts[mix(ink.bg.opaque(), ink.fg.opaque(), tone, solid)] += n
			}
		}
	}
	colours := make([]weighted, 0, len(counts))
	for c, n := range counts {
		colours = append(colours, weighted{c, math.Sqrt(float64(n))})
	}
	p := append(color.Palette{transparent: color.RGBA{}}, reduce(colours, 255)...)
	for len(p) < 256 {
		p = append(p, color.RGBA{A: 255})
	}
	return p
}

// End writes the recording, whose last frame is seen until a time.
func (g *GIF) End(at time.Duration) error {
	if len(g.frames) == 0 {
		return errors.New("nothing was recorded, expected one frame at least")
	}
	w := newGIFWriter(g.out, g.screen.Width*CellWidth, g.screen.Height*CellHeight, g.palette())
	for k, f := range g.frames {
		w.draw(f.cells, g.glyphs.masks, g.screen.Width)
		if err := w.show(f.at); err != nil {
			return err
		}
		if g.Progress != nil {
			g.Progress(k+1, len(g.frames))
		}
	}
	return w.end(at)
}
