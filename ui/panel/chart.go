package panel

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/graph"
	"github.com/NimbleMarkets/ntcharts/v2/canvas/runes"

	"undercurrent/internal/portable"
	"undercurrent/ui/paint"
)

// axisWidth is the room for the labels of an ordinate, its rule included.
const axisWidth = 6

// mark is a labelled place on an axis.
type mark struct {
	at   float64
	text string
}

// chart is a line chart with axes of round numbers: ntcharts draws the curves in
// braille, the labels stand where the marks are. The cells are kept here and not on a canvas of
// ntcharts, each of whose cells has a style of hundreds of bytes and is styled by itself.
type chart struct {
	theme              paint.Theme
	width              int // axes included
	cells              cells
	xlo, xhi, ylo, yhi float64
	xs, ys             []mark
}

// newChart is a chart of the given size, axes included, over the given ranges.
func newChart(t paint.Theme, width, height int, xlo, xhi, ylo, yhi float64) *chart {
	return &chart{theme: t, width: width, cells: newCells(max(width-axisWidth, 1), max(height-1, 1)), xlo: xlo, xhi: xhi, ylo: ylo, yhi: yhi}
}

// rule draws a guide from one place to another.
func (c *chart) rule(x1, y1, x2, y2 float64) {
	c.curve([]float64{x1, x2}, []float64{y1, y2}, c.theme.Guide)
}

// curve joins the points, leaving out what is not a number and what lies outside.
func (c *chart) curve(xs, ys []float64, style paint.Style) {
	inside := func(i int) bool { return ys[i] >= c.ylo && ys[i] <= c.yhi }
	grid := graph.NewBrailleGrid(c.cells.cols, c.cells.rows, c.xlo, c.xhi, c.ylo, c.yhi)
	place := func(i int) canvas.Point { return grid.GridPoint(canvas.Float64Point{X: xs[i], Y: ys[i]}) }
	for i := 1; i < len(xs); i++ {
		if !inside(i-1) || !inside(i) {
			continue
		}
		for _, p := range graph.GetLinePoints(place(i-1), place(i)) {
			grid.Set(p)
		}
	}
	for y, row := range grid.BraillePatterns() {
		for x, pattern := range row {
			if pattern != runes.BrailleBlockOffset {
				c.cells.add(x, y, pattern, style)
			}
		}
	}
}

// letter marks the end of a curve, with one or a few characters.
type letter struct {
	x, y  float64
	text  string
	style paint.Style
}

// letters writes letters at their places, as far left as it takes for none to be cut. Those
// of one row are moved apart, in their order, so that each is seen.
func (c *chart) letters(list []letter) {
	rows, order := make([]int, len(list)), make([]int, len(list))
	for k, l := range list {
		rows[k], order[k] = min(max(c.row(l.y), 0), c.cells.rows-1), k
	}
	slices.SortStableFunc(order, func(a, b int) int { return rows[a] - rows[b] })
	for i := 1; i < len(order); i++ {
		rows[order[i]] = max(rows[order[i]], rows[order[i-1]]+1)
	}
	room := c.cells.rows - 1
	for i := len(order) - 1; i >= 0; i-- {
		rows[order[i]] = min(rows[order[i]], room)
		room = rows[order[i]] - 1
	}
	for k, l := range list {
		c.write(l, max(rows[k], 0))
	}
}

// labels writes the letters whose row is free, the first of the list first.
func (c *chart) labels(list []letter) {
	taken := map[int]bool{}
	for _, l := range list {
		if row := c.row(l.y); row >= 0 && row < c.cells.rows && !taken[row] {
			taken[row] = true
			c.write(l, row)
		}
	}
}

// write writes a letter in a row so that it ends at its place.
func (c *chart) write(l letter, row int) {
	last := int(math.Round((l.x - c.xlo) / (c.xhi - c.xlo) * float64(c.cells.cols-1)))
	text := []rune(l.text)
	first := max(min(last, c.cells.cols-1)-len(text)+1, 0)
	for i, r := range text {
		c.cells.set(min(first+i, c.cells.cols-1), row, r, l.style)
	}
}

// row is the row of cells of an ordinate: that of its dot.
func (c *chart) row(y float64) int {
	const dots = 4 // of braille in a cell
	highest := float64(dots*c.cells.rows - 1)
	return int(math.Floor((highest - math.Round((y-c.ylo)/(c.yhi-c.ylo)*highest)) / dots))
}

// lines is the chart with its axes.
func (c *chart) lines() []string {
	rows := c.cells.lines()
	labels := make([]string, len(rows))
	for _, m := range c.ys {
		if row := c.row(m.at); row >= 0 && row < len(rows) {
			labels[row] = m.text
		}
	}
	for i := range rows {
		tick := "│"
		if labels[i] != "" {
			tick = "┤"
		}
		r := paint.NewRow(axisWidth).Right(axisWidth-1, labels[i], c.theme.Dim).Text(tick, c.theme.Rule)
		rows[i] = r.String() + rows[i]
	}
	return append(rows, c.abscissa())
}

// abscissa is the line of labels below, centred under their places.
func (c *chart) abscissa() string {
	r := paint.NewRow(c.width)
	n := float64(c.width - axisWidth - 1)
	for _, m := range c.xs {
		at := axisWidth + int(math.Round(n*(m.at-c.xlo)/(c.xhi-c.xlo)))
		w := paint.Width(m.text)
		at = min(max(at-w/2, 0), c.width-w)
		if r.Left() == c.width || at > c.width-r.Left() {
			r.To(at).Text(m.text, c.theme.Dim)
		}
	}
	return r.String()
}

// roundMarks are at most n+1 round numbers within lo..hi.
func roundMarks(lo, hi float64, n int) []mark {
	if !(hi > lo) || n < 1 {
		return nil
	}
	raw := (hi - lo) / float64(n)
	base := portable.Pow(10, math.Floor(math.Log10(raw)))
	step := 10 * base
	for _, k := range []float64{1, 2, 5} {
		if k*base >= raw {
			step = k * base
			break
		}
	}
	var marks []mark
	for k := math.Ceil(lo / step); k*step <= hi*(1+1e-12); k++ {
		marks = append(marks, mark{k * step, number(k * step)})
	}
	return marks
}

// number is a short number with a true minus sign.
func number(v float64) string {
	text := fmt.Sprintf("%.3g", math.Abs(v))
	if math.Abs(v) >= 1000 && math.Abs(v) < 1e6 {
		text = fmt.Sprintf("%.0f", math.Abs(v))
	}
	if v < 0 {
		return "−" + text
	}
	return text
}

// The least height and samples that make a chart.
const (
	minChart   = 5
	minSamples = 2
)

// stepChart is a chart over the steps of a history.
func stepChart(h *History, t paint.Theme, width, height int, lo, hi float64) *chart {
	from, to := h.Steps()
	c := newChart(t, width, height, from, to, lo, hi)
	c.xs = roundMarks(from, to, max(width/12, 2))
	if n := len(c.xs); n > 0 {
		c.xs[0].text = cmp.Or(h.Unit, "step") + " " + c.xs[0].text
	}
	return c
}

// unbegun stands for a chart whose past has not begun.
func unbegun(h *History, t paint.Theme, width int) []string {
	if len(h.Samples) >= minSamples {
		return nil
	}
	return []string{paint.NewRow(width).String(), paint.NewRow(width).Text(" recorded from this step on", t.Dim).String()}
}

// The widest range of decades that is shown.
const (
	lowestDecade  = -4
	highestDecade = 6
)

// power is 10^v in at most four cells.
func power(v float64) string {
	if v > 3 || v < -2 {
		return fmt.Sprintf("1e%.0f", v)
	}
	return fmt.Sprintf("%.4g", portable.Pow(10, v))
}
