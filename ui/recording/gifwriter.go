package recording

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"io"
	"time"
)

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
