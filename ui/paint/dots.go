package paint

import (
	"image/color"
	"strconv"
	"strings"
)

// Dots is a layer of braille dots over a bitmap, two by four in a cell: four
// times as fine as its pixels. The dots of a cell have one ink.
type Dots struct {
	cols, rows int
	bits       []uint8
	count      []uint8
	line       []Line
	glyph      []rune // in the place of a cell's dots
}

// Line is what a line of dots stands for; particles are none.
type Line uint8

// The lines of a map.
const (
	// ZeroLine is where compression changes its sign.
	ZeroLine Line = 1 + iota
	// RepairLine is where a step begins to lower the under-coverage.
	RepairLine
	// WarpLine is a line of the latent noise of a sampler.
	WarpLine
	// TrailLine is where a particle came from.
	TrailLine
	// ArrowLine is no line but an arrow along the velocity, FaintArrowLine a short one.
	ArrowLine
	FaintArrowLine
	// RegionLine is the border of the chosen region.
	RegionLine
	// DivergentLine is no line but the mark of a divergent transition.
	DivergentLine
	lines
)

// Fits reports whether the size is the given one.
func (d *Dots) Fits(cols, rows int) bool { return cols == d.cols && rows == d.rows }

// Resize sets the size in cells and clears the dots.
func (d *Dots) Resize(cols, rows int) {
	if cols != d.cols || rows != d.rows {
		d.cols, d.rows = cols, rows
		n := cols * rows
		d.bits, d.count, d.line, d.glyph = make([]uint8, n), make([]uint8, n), make([]Line, n), make([]rune, n)
	}
	clear(d.bits)
	clear(d.count)
	clear(d.line)
	clear(d.glyph)
}

// Copy makes the dots those of another layer.
func (d *Dots) Copy(from *Dots) {
	d.Resize(from.cols, from.rows)
	copy(d.bits, from.bits)
	copy(d.count, from.count)
	copy(d.line, from.line)
	copy(d.glyph, from.glyph)
}

// Add sets the dot at (x, y), in cells from the top left; outside it does nothing.
// The cell is then a particle's, also where a line passed it before.
func (d *Dots) Add(x, y float64) {
	if x < 0 || y < 0 || x >= float64(d.cols) || y >= float64(d.rows) {
		return
	}
	cell := int(y)*d.cols + int(x)
	d.bits[cell] |= brailleBit(int(2*x)&1, int(4*y)&3)
	d.count[cell] = min(d.count[cell]+1, 250)
	d.line[cell] = 0
}

// AddLine sets a dot of a line at (x, y), in dots from the top left.
func (d *Dots) AddLine(x, y int, line Line) {
	d.Add((float64(x)+0.5)/2, (float64(y)+0.5)/4)
	d.line[y/4*d.cols+x/2] = line
}

// SetGlyph puts a character of a line into a cell, over its dots.
func (d *Dots) SetGlyph(column, row int, glyph rune, line Line) {
	d.glyph[row*d.cols+column], d.line[row*d.cols+column] = glyph, line
}

// brailleBit is the bit of a dot in Unicode's order: the left column downwards,
// the right column downwards, then the two of the lowest row.
func brailleBit(x, y int) uint8 {
	if y == 3 {
		return 0x40 << x
	}
	return 1 << (3*x + y)
}

// crowd are the counts a cell from which its dots are drawn brighter.
func crowd(count uint8) int {
	switch {
	case count >= 8:
		return 2
	case count >= 3:
		return 1
	}
	return 0
}

// CrowdGlyphs are what a terminal without colour shows of cells with one,
// three and eight particles or more.
const CrowdGlyphs = "oO@"

// lineGlyphs are what a terminal without colour shows of the lines.
const lineGlyphs = " 0x+~>>#X"

// LinesUnder renders the bitmap under the dots: cells with dots show the mean
// colour of their two pixels behind them, the others both pixels.
func (b *Bitmap) LinesUnder(dots *Dots, p Palette, t Theme) []string {
	d := t.Depth
	lines := make([]string, b.Rows)
	ink, lineInks := t.particleInk, t.lineInk
	for row := range lines {
		w := cellWriter{}
		for x := range b.Cols {
			upper, lower := b.Levels[2*row*b.Cols+x], b.Levels[(2*row+1)*b.Cols+x]
			cell := row*b.Cols + x
			bits, tone, line := dots.bits[cell], crowd(dots.count[cell]), dots.line[cell]
			switch glyph := dots.glyph[cell]; {
			case glyph != 0 && d == None:
				w.text.WriteRune(glyph)
			case glyph != 0:
				w.cell(lineInks[line], mean(p.Colors[upper], p.Colors[lower]), glyph)
			case d == None && line != 0:
				w.text.WriteByte(lineGlyphs[line])
			case line != 0:
				w.cell(lineInks[line], mean(p.Colors[upper], p.Colors[lower]), rune(0x2800)+rune(bits))
			case d == None && bits != 0:
				w.text.WriteByte(CrowdGlyphs[tone])
			case d == None:
				w.text.WriteRune(inkier(p.Glyphs[upper], p.Glyphs[lower]))
			case bits != 0:
				w.cell(ink[tone], mean(p.Colors[upper], p.Colors[lower]), rune(0x2800)+rune(bits))
			default:
				w.cell(p.Colors[lower], p.Colors[upper], '▄')
			}
		}
		if d != None {
			w.text.WriteString(reset)
		}
		lines[row] = w.text.String()
	}
	return lines
}

func mean(a, b color.RGBA) color.RGBA {
	half := func(x, y uint8) uint8 { return uint8((int(x) + int(y)) / 2) }
	return color.RGBA{half(a.R, b.R), half(a.G, b.G), half(a.B, b.B), 255}
}

// cellWriter writes coloured cells and leaves out colours that have not changed.
type cellWriter struct {
	text   strings.Builder
	fg, bg color.RGBA // the zero value, being transparent, is never equal
}

func (w *cellWriter) cell(fg, bg color.RGBA, r rune) {
	if bg != w.bg {
		w.sgr("48", bg)
		w.bg = bg
	}
	if fg != w.fg {
		w.sgr("38", fg)
		w.fg = fg
	}
	w.text.WriteRune(r)
}

func (w *cellWriter) sgr(ground string, c color.RGBA) {
	var buffer [24]byte
	b := append(buffer[:0], "\x1b["...)
	b = append(b, ground...)
	b = append(b, ";2;"...)
	b = append(strconv.AppendUint(b, uint64(c.R), 10), ';')
	b = append(strconv.AppendUint(b, uint64(c.G), 10), ';')
	b = append(strconv.AppendUint(b, uint64(c.B), 10), 'm')
	w.text.Write(b)
}
