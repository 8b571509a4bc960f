package panel

import (
	"fmt"
	"math"
	"strings"

	"github.com/NimbleMarkets/ntcharts/v2/canvas"
	"github.com/NimbleMarkets/ntcharts/v2/sparkline"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

const (
	// shownLogR is how far log r reaches to both sides.
	shownLogR = 6.0
	// highestLogW bounds the axis of log w.
	highestLogW = 8.0
)

// weight shows the weight of the divergence, and where it moves particles.
func weight() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Weight, Kind: layout.Chart},
		Caption: "weight",
		Shows:   says("share of movement by log r"),
		Help:    "log w over log r; below: share of movement, number of particles by log r",
		Keys:    []Group{DivergenceKeys},
		Needs:   needs(session.Shown{Effort: true}),
		Render:  renderWeight,
	}
}

// watchedWeight stands among the tabs while particles are watched, where the drift that does not move
// them is shown.
func watchedWeight() *Panel {
	p := weight()
	p.Panel, p.While = layout.Panel{ID: Response}, watching
	return p
}

// renderWeight draws log w over log r, below it the share of the movement and the number of
// particles by log r. Of a chosen region it has the best weight.
func renderWeight(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	head := paint.NewRow(width).Text(" log w  ", t.Dim).Text("w = "+f.Info.WeightFormula, t.Accent)
	if at := f.Functional.Measure().Threshold(); !math.IsInf(at, 1) {
		head.Text(fmt.Sprintf("  r* %.3g", portable.Exp(at)), t.Balanced)
	}
	best := newBestWeight(s)
	written := best.write(head)
	lines := withCharacter(head, f.Info.Character, t, width, height)
	if !written && height >= spareHeight {
		lines = append(lines, paint.NewRow(width).Text(" "+best.text, best.style).String())
	}
	room := height - len(lines)
	// From here on the bars have captions.
	const captioned = 12
	captions := 0
	if room >= captioned {
		captions = 2
	}
	bars := max((room-captions-1)/5, 2)
	if isConstant(f) && best.at == nil {
		// A straight line needs no more.
		bars = max((room-captions-minChart)/2, 2)
	}
	curve := room - captions - 2*bars
	if curve < minChart-1 {
		bars = max((room-2)/3, 2)
		curve = room - bars
	}
	if curve < minChart-1 || width < 3*axisWidth {
		return fill(lines, width, height)
	}
	drawn := weightCurve(f, t, best, width, curve)
	last := len(drawn) - 1
	lines = append(lines, drawn[:last]...)
	lines = append(lines, effortBars(f, t, width, bars, captions > 0)...)
	if len(lines)+bars < height {
		lines = append(lines, weightBars(f, t, width, bars, captions > 0)...)
	}
	return fill(append(lines, drawn[last]), width, height)
}

// isConstant reports whether w is the same at every log r that is shown.
func isConstant(f *session.Frame) bool {
	w := weightAt(f, 0)
	return weightAt(f, -shownLogR) == w && weightAt(f, shownLogR) == w
}

// spareHeight is the height from which on the curve has room to spare.
const spareHeight = 14

// withCharacter is the head with what the divergence does, in lines of its own where the
// head has no room for it, unless they left none for the curve.
func withCharacter(head *paint.Row, text string, t paint.Theme, width, height int) []string {
	const spare = 9
	if paint.Width(text)+2 <= head.Left() || height < spare {
		return []string{head.Text("  "+text, t.Dim).String()}
	}
	lines := []string{head.String()}
	for _, line := range strings.Split(ansi.Wordwrap(text, max(width-1, 1), ""), "\n") {
		lines = append(lines, paint.NewRow(width).Text(" "+line, t.Dim).String())
	}
	return lines
}

// weightAt is the coefficient of ∇log r at a place where ρ, if it is a density of its
// own, equals q.
func weightAt(f *session.Frame, logR float64) float64 {
	at := divergences.LogRatios{LogR: logR, LogRho: f.Drift.Reference().LogRho(logR), Mean: f.Report.Mean}
	return f.Drift.Velocity(at).Beta
}

// weightCurve is the chart of log w, of log −w where w is negative; its last line
// labels log r.
func weightCurve(f *session.Frame, t paint.Theme, best bestWeight, width, height int) []string {
	top := max(weightRange(f), best.reach())
	c := newChart(t, width, height, -shownLogR, shownLogR, -top, top)
	// A single mark would leave the scale open.
	for n := max(height/3, 2); len(c.ys) < 2; n++ {
		c.ys = roundMarks(-top, top, n)
	}
	c.xs = roundMarks(-shownLogR, shownLogR, 6)
	c.xs[0].text = "log r " + c.xs[0].text
	c.rule(0, -top, 0, top)
	c.rule(-shownLogR, 0, shownLogR, 0)
	if at := f.Functional.Measure().Threshold(); math.Abs(at) <= shownLogR {
		c.curve([]float64{at, at}, []float64{-top, top}, t.Second)
		c.xs = append(c.xs, mark{at, "r*"})
	}
	n := 2 * c.cells.cols
	xs, along, against := make([]float64, n+1), make([]float64, n+1), make([]float64, n+1)
	for k := range xs {
		xs[k] = -shownLogR + 2*shownLogR*float64(k)/float64(n)
		w := weightAt(f, xs[k])
		along[k], against[k] = math.Log(w), math.Log(-w)
	}
	best.draw(c, xs)
	c.curve(xs, against, t.Wrong)
	c.curve(xs, along, t.Curve)
	return c.lines()
}

// weightRange is the largest |log w| shown, in steps of two so that the axis
// stands still while a parameter is turned.
func weightRange(f *session.Frame) float64 {
	top := max(math.Abs(math.Log(math.Abs(weightAt(f, shownLogR)))), math.Abs(math.Log(math.Abs(weightAt(f, -shownLogR)))))
	return min(max(2*math.Ceil(top/2), 2), highestLogW)
}

// effortBars are the bands of log r by their share of the movement; what goes the
// wrong way has a colour of its own.
func effortBars(f *session.Frame, t paint.Theme, width, height int, captioned bool) (lines []string) {
	n := width - axisWidth
	shares, top, wrong := make([]float64, n), 0.0, ""
	for _, b := range f.Report.Effort {
		from, to := place(b.Lo, n), place(b.Hi, n)
		for k := from; k < to; k++ {
			shares[k] = b.Share
		}
		if from < to {
			top = max(top, math.Abs(b.Share))
		}
		if b.Share < 0 {
			wrong = ", red: wrong way"
		}
	}
	axis := barAxis{t: t, rows: height, upper: "move-", lower: "ment"}
	if captioned {
		axis.top = percentText(top)
		lines = append(lines, caption(t, width, "movement: share of E|V·∇log r| in each unit of log r"+wrong, "share of movement in each unit of log r"+wrong, "share of movement by log r"+wrong, "share of movement"))
	}
	for row := range height {
		r := axis.begin(row)
		for k, share := range shares {
			glyph, style := column8(math.Abs(share)/max(top, 1e-9)*float64(height)-float64(height-1-row)), t.Accent
			if share < 0 {
				style = t.Alert
			}
			if edge := k+1 < n && shares[k+1] != share; edge {
				glyph = ' '
			}
			r.Text(string(glyph), style)
		}
		lines = append(lines, r.String())
	}
	return lines
}

// caption is the line above bars, the longest form first.
func caption(t paint.Theme, width int, forms ...string) string {
	return paint.NewRow(width).Text(" "+longest(forms, width-1), t.Dim).String()
}

// percentText is a share in at most five cells.
func percentText(share float64) string {
	if share > 0 && share < 0.095 {
		return fmt.Sprintf("%.1f%%", 100*share)
	}
	return fmt.Sprintf("%.0f%%", 100*share)
}

// place is the column of a log r among n.
func place(logR float64, n int) int {
	return min(max(int(math.Round((logR+shownLogR)/(2*shownLogR)*float64(n))), 0), n)
}

// column8 is the glyph of a cell filled from below to a height in cells.
func column8(filled float64) rune {
	const eighths = " ▁▂▃▄▅▆▇█"
	k := min(max(int(math.Round(8*filled)), 0), 8)
	return []rune(eighths)[k]
}

// barAxis is the axis of some rows of bars: from 0 to top, or without that with the two parts of what they
// show on the last rows.
type barAxis struct {
	t            paint.Theme
	rows         int
	top          string
	upper, lower string
}

// begin begins a row.
func (a *barAxis) begin(row int) *barRow {
	label, below := "", a.rows-1-row
	switch {
	case a.top != "" && row == 0:
		label = a.top
	case a.top != "" && below == 0:
		label = "0"
	case a.top != "":
	case below == 0:
		label = a.lower
	case below == 1:
		label = a.upper
	}
	head := paint.NewRow(axisWidth).Right(axisWidth-1, label, a.t.Dim).Text("│", a.t.Rule)
	return &barRow{head: head.String()}
}

// barRow joins runs of one style, so that a line of bars stays short.
type barRow struct {
	head  string
	run   []rune
	style paint.Style
	text  string
}

// Text appends a cell.
func (b *barRow) Text(s string, style paint.Style) {
	if style != b.style {
		b.flush()
		b.style = style
	}
	b.run = append(b.run, []rune(s)...)
}

func (b *barRow) flush() {
	if len(b.run) > 0 {
		b.text += paint.NewRow(len(b.run)).Text(string(b.run), b.style).String()
		b.run = b.run[:0]
	}
}

// String is the line.
func (b *barRow) String() string {
	b.flush()
	return b.head + b.text
}

// weightBars is the histogram of the particles' log r on the curve's abscissa,
// with heights by the square root so that the few in the tails are seen.
func weightBars(f *session.Frame, t paint.Theme, width, height int, captioned bool) []string {
	n := width - axisWidth
	bins := make([]float64, n)
	step := (session.HistogramHi - session.HistogramLo) / float64(len(f.Histogram))
	for i, s := range f.Histogram {
		at := session.HistogramLo + (float64(i)+0.5)*step
		if k := int((at + shownLogR) / (2 * shownLogR) * float64(n)); k >= 0 && k < n {
			bins[k] += s
		}
	}
	top := 1e-9
	for i := range bins {
		bins[i] = math.Sqrt(bins[i])
		top = max(top, bins[i])
	}
	s := sparkline.New(n, height, sparkline.WithNoAutoMaxValue(), sparkline.WithMaxValue(top))
	s.PushAll(bins)
	s.DrawColumnsOnly()
	columns := newCells(n, height)
	for y := range height {
		for x := range n {
			if sign := s.Canvas.Cell(canvas.Point{X: x, Y: y}).Rune; sign != 0 && sign != ' ' {
				columns.set(x, y, sign, t.Columns)
			}
		}
	}
	axis := barAxis{t: t, rows: height, upper: "part-", lower: "icles"}
	var lines []string
	if captioned {
		axis.top = percentText(top * top)
		lines = append(lines, caption(t, width, "share of particles in each column, by its square root", "share of particles, square root scale", "share of particles by log r", "share of particles"))
	}
	for i, line := range columns.lines() {
		lines = append(lines, axis.begin(i).String()+line)
	}
	return lines
}
