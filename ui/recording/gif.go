package recording

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"image/gif"
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

// gifWriter encodes the frames of an animation one by one: the encoder of the standard library takes
// all pictures of a file at once. It makes a file of each frame, and what comes before and after the
// frame in it is written once.
type gifWriter struct {
	out     io.Writer
	palette color.Palette
	indexes map[rgb]uint8
	tones   map[inks]*[solid + 1]uint8

	seen, next *image.Paletted // the picture so far, and with the changes of the frame
	dirty      image.Rectangle // of next
	// waiting is the frame that is seen until the next one comes, nil before the first.
	waiting *image.Paletted
	since   int // hundredths of a second
	buffer  bytes.Buffer
	began   bool
}

func newGIFWriter(out io.Writer, width, height int, p color.Palette) *gifWriter {
	all := image.Rect(0, 0, width, height)
	return &gifWriter{out: out, palette: p, indexes: map[rgb]uint8{}, tones: map[inks]*[solid + 1]uint8{},
		seen: image.NewPaletted(all, p), next: image.NewPaletted(all, p)}
}

// draw draws cells that have changed, of a screen with a number of columns.
func (w *gifWriter) draw(cells []change, masks []mask, columns int) {
	for _, c := range cells {
		x, y := int(c.cell)%columns*CellWidth, int(c.cell)/columns*CellHeight
		tones := w.tonesOf(c.inks)
		for row, of := range masks[c.glyph].tones {
			to := w.next.Pix[w.next.PixOffset(x, y+row):]
			for column, tone := range of {
				to[column] = tones[tone]
			}
		}
		w.dirty = w.dirty.Union(image.Rect(x, y, x+CellWidth, y+CellHeight))
	}
}

// tonesOf are the indexes of the tones between two colours.
func (w *gifWriter) tonesOf(of inks) *[solid + 1]uint8 {
	t := w.tones[of]
	if t == nil {
		t = new([solid + 1]uint8)
		for tone := range t {
			t[tone] = w.index(mix(of.bg.opaque(), of.fg.opaque(), tone, solid))
		}
		w.tones[of] = t
	}
	return t
}

// index is that of the nearest colour of the palette, which is not the transparent one.
func (w *gifWriter) index(c color.RGBA) uint8 {
	key := rgb{c.R, c.G, c.B}
	k, ok := w.indexes[key]
	if !ok {
		k = uint8(w.palette[transparent+1:].Index(c)) + transparent + 1
		w.indexes[key] = k
	}
	return k
}

// show shows what was drawn from a time on.
func (w *gifWriter) show(at time.Duration) error {
	changed := w.changed()
	if changed == nil {
		return nil
	}
	if err := w.flush(at); err != nil {
		return err
	}
	w.waiting, w.since = changed, hundredths(at)
	return nil
}

// changed is the part of the picture that has changed, with transparent pixels where it has not, nil if
// none has.
func (w *gifWriter) changed() *image.Paletted {
	var bounds image.Rectangle
	for y := w.dirty.Min.Y; y < w.dirty.Max.Y; y++ {
		from := w.next.PixOffset(w.dirty.Min.X, y)
		seen, next := w.seen.Pix[from:from+w.dirty.Dx()], w.next.Pix[from:from+w.dirty.Dx()]
		for x := range next {
			if next[x] != seen[x] {
				bounds = bounds.Union(image.Rect(w.dirty.Min.X+x, y, w.dirty.Min.X+x+1, y+1))
			}
		}
	}
	w.dirty = image.Rectangle{}
	if bounds.Empty() {
		return nil
	}
	part := image.NewPaletted(bounds, w.palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		from := w.next.PixOffset(bounds.Min.X, y)
		seen, next := w.seen.Pix[from:from+bounds.Dx()], w.next.Pix[from:from+bounds.Dx()]
		to := part.Pix[part.PixOffset(bounds.Min.X, y):]
		for x := range next {
			if to[x] = transparent; next[x] != seen[x] {
				to[x] = next[x]
			}
		}
		copy(seen, next)
	}
	return part
}

func hundredths(d time.Duration) int {
	return int(d.Round(10*time.Millisecond) / (10 * time.Millisecond))
}

// Lengths in a file with a palette of 256 colours: the signature, the size of the picture and the palette
// come before the frame, one byte after it.
const (
	beforeFrame = 6 + 7 + 3*256
	afterFrame  = 1
)

// repeats is the extension that makes an animation repeat for ever. The encoder leaves it out of a file
// with one frame.
const repeats = "\x21\xff\x0bNETSCAPE2.0\x03\x01\x00\x00\x00"

// flush writes the frame that is seen until a time.
func (w *gifWriter) flush(until time.Duration) error {
	if w.waiting == nil {
		return nil
	}
	w.buffer.Reset()
	err := gif.EncodeAll(&w.buffer, &gif.GIF{
		Image: []*image.Paletted{w.waiting}, Delay: []int{hundredths(until) - w.since}, Disposal: []byte{gif.DisposalNone},
		Config: image.Config{ColorModel: w.palette, Width: w.seen.Rect.Dx(), Height: w.seen.Rect.Dy()},
	})
	if err != nil {
		return err
	}
	file := w.buffer.Bytes()
	if !w.began {
		w.began = true
		if _, err := w.out.Write(append(bytes.Clone(file[:beforeFrame]), repeats...)); err != nil {
			return err
		}
	}
	_, err = w.out.Write(file[beforeFrame : len(file)-afterFrame])
	return err
}

// end ends the file with the frame that is seen until a time.
func (w *gifWriter) end(at time.Duration) error {
	if err := w.flush(at); err != nil {
		return err
	}
	_, err := w.out.Write([]byte{';'})
	return err
}
