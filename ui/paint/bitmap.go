package paint

import (
	"image"
	"strings"

	"github.com/NimbleMarkets/ntcharts/v2/picture"
)

// Bitmap is a picture of palette levels, two pixels above each other in a cell.
// Pixel (x, y) has its origin at the top left.
type Bitmap struct {
	Cols, Rows int // in cells
	Levels     []uint8

	picture picture.Model
	image   *image.RGBA
}

// NewBitmap is empty; Resize gives it a size.
func NewBitmap() *Bitmap {
	// One by two pixels a cell makes picture's half-blocks pixel-exact. Its Init
	// is never called: a terminal's answer would bring the blurring path back.
	return &Bitmap{picture: picture.NewWithConfig(picture.Config{
		Fit: picture.FitFill, CellPixelWidth: 1, CellPixelHeight: 2})}
}

// Resize sets the size in cells and clears the levels.
func (b *Bitmap) Resize(cols, rows int) {
	cols, rows = max(cols, 0), max(rows, 0)
	if cols != b.Cols || rows != b.Rows || b.image == nil {
		b.Cols, b.Rows = cols, rows
		b.Levels = make([]uint8, cols*rows*2)
		b.picture.SetSize(cols, rows)
	}
	clear(b.Levels)
}

// Width and Height are in pixels.
func (b *Bitmap) Width() int { return b.Cols }

// Height is in pixels.
func (b *Bitmap) Height() int { return 2 * b.Rows }

// Lines renders the bitmap, a string a row of cells.
func (b *Bitmap) Lines(p Palette, d Depth) []string {
	if b.Cols == 0 || b.Rows == 0 {
		return nil
	}
	if d == None {
		return b.glyphLines(p)
	}
	// A new image every time: picture keys its cache by the image it was given.
	b.image = image.NewRGBA(image.Rect(0, 0, b.Width(), b.Height()))
	for i, level := range b.Levels {
		c := p.Colors[level]
		pixel := b.image.Pix[4*i : 4*i+4 : 4*i+4]
		pixel[0], pixel[1], pixel[2], pixel[3] = c.R, c.G, c.B, 255
	}
	b.picture.SetImage(b.image)
	return strings.Split(b.picture.String(), "\n")
}

// glyphLines shows of each cell's two pixels the one that prints darker.
func (b *Bitmap) glyphLines(p Palette) []string {
	lines := make([]string, b.Rows)
	for row := range lines {
		var line strings.Builder
		for x := range b.Cols {
			line.WriteRune(inkier(p.Glyphs[b.Levels[2*row*b.Cols+x]], p.Glyphs[b.Levels[(2*row+1)*b.Cols+x]]))
		}
		lines[row] = line.String()
	}
	return lines
}

// inkier is the glyph that prints darker.
func inkier(a, b rune) rune {
	const order = " .,:-~=+*?#%oO8@"
	if strings.IndexRune(order, b) > strings.IndexRune(order, a) {
		return b
	}
	return a
}
