package panel

import (
	"math"

	"github.com/NimbleMarkets/ntcharts/v2/sparkline"

	"undercurrent/ui/engine"
	"undercurrent/ui/paint"
)

const (
	// shownLogR is how far log r reaches to both sides.
	shownLogR = 6.0
	// highestLogW bounds the axis of log w.
	highestLogW = 8.0
)

// Weight draws log w over log r, and under it how many particles are where.
func Weight(f *engine.Frame, t paint.Theme, width, height int) []string {
	lines := []string{paint.NewRow(width).Text(" log w  ", t.Dim).Text("w = "+f.Info.WeightFormula, t.Accent).
		Text("  "+f.Info.Character, t.Dim).String()}
	bars := max((height-2)/3, 2)
	curve := height - bars - 1
	if curve < leastChart-1 || width < 3*axisWidth {
		return fill(lines, width, height)
	}
	drawn := weightCurve(f, t, width, curve)
	last := len(drawn) - 1
	lines = append(lines, drawn[:last]...)
	lines = append(lines, weightBars(f, t, width, bars)...)
	return fill(append(lines, drawn[last]), width, height)
}

// weightCurve is the chart of log w; its last line labels log r.
func weightCurve(f *engine.Frame, t paint.Theme, width, height int) []string {
	top := weightRange(f)
	c := newChart(t, width, height, -shownLogR, shownLogR, -top, top)
	c.ys = roundMarks(-top, top, max(height/3, 2))
	c.xs = roundMarks(-shownLogR, shownLogR, 6)
	c.xs[0].text = "log r " + c.xs[0].text
	c.rule(0, -top, 0, top)
	c.rule(-shownLogR, 0, shownLogR, 0)
	n := 2 * c.cols
	xs, ys := make([]float64, n+1), make([]float64, n+1)
	for k := range xs {
		xs[k] = -shownLogR + 2*shownLogR*float64(k)/float64(n)
		ys[k] = math.Log(f.Divergence.Weight(xs[k]))
	}
	c.curve(xs, ys, t.Curve)
	return c.lines()
}

// weightRange is the largest |log w| shown, in steps of two so that the axis
// stands still while a parameter is turned.
func weightRange(f *engine.Frame) float64 {
	top := max(math.Abs(math.Log(f.Divergence.Weight(shownLogR))), math.Abs(math.Log(f.Divergence.Weight(-shownLogR))))
	return min(max(2*math.Ceil(top/2), 2), highestLogW)
}

// weightBars is the histogram of the particles' log r on the curve's abscissa,
// with heights by the square root so that the few in the tails are seen.
func weightBars(f *engine.Frame, t paint.Theme, width, height int) []string {
	n := width - axisWidth
	bins := make([]float64, n)
	step := (engine.HistogramHi - engine.HistogramLo) / float64(len(f.Histogram))
	for i, s := range f.Histogram {
		at := engine.HistogramLo + (float64(i)+0.5)*step
		if k := int((at + shownLogR) / (2 * shownLogR) * float64(n)); k >= 0 && k < n {
			bins[k] += s
		}
	}
	top := 1e-9
	for i := range bins {
		bins[i] = math.Sqrt(bins[i])
		top = max(top, bins[i])
	}
	s := sparkline.New(n, height, sparkline.WithNoAutoMaxValue(), sparkline.WithMaxValue(top), sparkline.WithStyle(t.Columns))
	s.PushAll(bins)
	s.DrawColumnsOnly()
	lines := viewLines(s.View(), n, height)
	for i := range lines {
		label := ""
		if i == height-1 {
			label = "cloud"
		}
		lines[i] = paint.NewRow(axisWidth).Right(axisWidth-1, label, t.Dim).Text("│", t.Rule).String() + lines[i]
	}
	return lines
}
