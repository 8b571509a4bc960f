package panel

import (
	"strings"

	"github.com/NimbleMarkets/ntcharts/v2/canvas/runes"

	"undercurrent/ui/paint"
)

// cells are the signs of a drawing with their styles, none at first.
type cells struct {
	cols, rows int
	list       []cell // by row
}

type cell struct {
	sign  rune
	style paint.Style
}

func newCells(cols, rows int) cells {
	return cells{cols, rows, make([]cell, cols*rows)}
}

// set replaces the sign of a cell.
func (c *cells) set(x, y int, sign rune, style paint.Style) { c.list[y*c.cols+x] = cell{sign, style} }

// add adds the dots of a braille pattern to those of a cell.
func (c *cells) add(x, y int, pattern rune, style paint.Style) {
	if sign := c.list[y*c.cols+x].sign; sign != 0 {
		pattern = runes.CombineBraillePatterns(sign, pattern)
	}
	c.set(x, y, pattern, style)
}

// lines are the rows, a run of one style at a time.
func (c *cells) lines() []string {
	lines := make([]string, c.rows)
	for y := range lines {
		row, run := paint.NewRow(c.cols), strings.Builder{}
		var style paint.Style
		for _, cell := range c.list[y*c.cols : (y+1)*c.cols] {
			if cell.sign == 0 {
				cell.sign = ' '
			}
			if cell.style != style {
				row.Text(run.String(), style)
				run.Reset()
				style = cell.style
			}
			run.WriteRune(cell.sign)
		}
		lines[y] = row.Text(run.String(), style).String()
	}
	return lines
}
