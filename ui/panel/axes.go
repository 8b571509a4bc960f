package panel

import (
	"fmt"
	"math"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/linechart"

	"undercurrent/ui/paint"
)

// axisWidth is the room for the labels of an ordinate, its rule included.
const axisWidth = 6

// mark is a labelled place on an axis.
type mark struct {
	at   float64
	text string
}

// chart is a line chart with axes of round numbers: ntcharts draws the curves,
// the labels stand where the marks are.
type chart struct {
	linechart.Model
	theme  paint.Theme
	xs, ys []mark
	width  int
}

// newChart is a chart of the given size, axes included, over lo..hi.
func newChart(t paint.Theme, width, height int, xlo, xhi, ylo, yhi float64) *chart {
	return &chart{theme: t, width: width, Model: linechart.New(max(width-axisWidth, 1), max(height-1, 1), xlo, xhi, ylo, yhi,
		linechart.WithXYSteps(0, 0), linechart.WithStyles(t.Guide, t.Guide, t.Curve))}
}

// rule draws a guide from one place to another.
func (c *chart) rule(x1, y1, x2, y2 float64) { c.segment(x1, y1, x2, y2, c.theme.Guide) }

func (c *chart) segment(x1, y1, x2, y2 float64, style lipgloss.Style) {
	c.DrawBrailleLineWithStyle(canvas.Float64Point{X: x1, Y: y1}, canvas.Float64Point{X: x2, Y: y2}, style)
}

// curve joins the points, leaving out what is not a number and what lies outside.
func (c *chart) curve(xs, ys []float64, style lipgloss.Style) {
	inside := func(y float64) bool { return y >= c.MinY() && y <= c.MaxY() }
	for i := 1; i < len(xs); i++ {
		if inside(ys[i-1]) && inside(ys[i]) {
			c.segment(xs[i-1], ys[i-1], xs[i], ys[i], style)
		}
	}
}

// lines is the chart with its axes.
func (c *chart) lines() []string {
	rows := strings.Split(strings.TrimSuffix(c.View(), "\n"), "\n")
	labels := make([]string, len(rows))
	for _, m := range c.ys {
		u := (c.MaxY() - m.at) / (c.MaxY() - c.MinY())
		if row := int(math.Round(u * float64(len(rows)-1))); row >= 0 && row < len(rows) {
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
		at := axisWidth + int(math.Round(n*(m.at-c.MinX())/(c.MaxX()-c.MinX())))
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
	base := math.Pow(10, math.Floor(math.Log10(raw)))
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
