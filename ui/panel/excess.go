package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/internal/portable"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Excess is a quantity of which a comparison charts what it is above its best value, on a logarithmic
// axis: the coverage measure above the least that it can be, TV above the mean of exact samples of as
// many points. Below the standard deviation of exact samples nothing is drawn: what is there is chance. It is
// charted over the steps or, where a mover is compared, over the evaluations of the target: one clock for all.
type Excess int

// The charts, in the order that the key steps through them.
const (
	CoverageExcess Excess = iota
	TVExcess
	TVByEvaluations
	CoverageByEvaluations
	excesses
)

// Next is the chart that the key shows next.
func (e Excess) Next(f *session.Frame) Excess { return (e.Of(f) + 1) % charts(f) }

// Of is the chart where a frame has it, and the first one otherwise.
func (e Excess) Of(f *session.Frame) Excess {
	if e >= charts(f) {
		return CoverageExcess
	}
	return e
}

// charts is how many charts a frame has.
func charts(f *session.Frame) Excess {
	if f != nil && slices.ContainsFunc(f.Runs, func(r session.Run) bool { return !r.Settings.Mover.IsZero() }) {
		return excesses
	}
	return TVByEvaluations
}

// ofTV reports whether the quantity is TV.
func (e Excess) ofTV() bool { return e == TVExcess || e == TVByEvaluations }

// byEvaluations reports whether the chart is over the evaluations of the target.
func (e Excess) byEvaluations() bool { return e == TVByEvaluations || e == CoverageByEvaluations }

// symbol is what the quantity is called in formulas.
func (e Excess) symbol() string {
	if e.ofTV() {
		return "TV"
	}
	return "U"
}

// of is the quantity of a sample.
func (e Excess) of(s session.Sample) float64 {
	if e.ofTV() {
		return s.TV
	}
	return s.Coverage
}

// exact is the mean of exact samples and their standard deviation, NaN where there are none yet.
func (e Excess) exact(x *session.Exact) (mean, sd float64) {
	if x == nil {
		return math.NaN(), math.NaN()
	}
	s := x.Coverage
	if e.ofTV() {
		s = x.TV
	}
	if !s.Measured() {
		return math.NaN(), math.NaN()
	}
	return s.Mean, s.SD
}

// best is the best value of the quantity for a flow, NaN where it is not known yet.
func (e Excess) best(f *session.Frame, x *session.Exact) float64 {
	if e.ofTV() {
		mean, _ := e.exact(x)
		return mean
	}
	return f.Functional.Measure().Least()
}

// Title is the first line of the chart.
func (e Excess) Title(f *session.Frame, t paint.Theme, width int) string {
	switch {
	case e.byEvaluations():
		return Title(width, t, e.symbol(), "above its best, logarithmic, by evaluations of the target", "above its best, by evaluations", "by evaluations")
	case e.ofTV():
		return Title(width, t, "TV", "above the mean of exact samples, logarithmic", "above exact samples, log", "above exact, log")
	}
	best := bestText(f.Functional)
	return Title(width, t, "U", fmt.Sprintf("above its best %s, logarithmic: %s", best, f.Functional.Text()),
		fmt.Sprintf("above its best %s, logarithmic", best), fmt.Sprintf("above best %s, log", best))
}

// bestText is the least value of a coverage measure.
func bestText(u session.Functional) string { return fmt.Sprintf("%.3g", u.Measure().Least()) }

// Chart is the excess of every flow over the steps, one colour and letter each.
func (e Excess) Chart(histories []*History, f *session.Frame, t paint.Theme, width, height int) []string {
	var lines []string
	// The titles of the maps have the letters too.
	const legendFrom, exactFrom = minChart + 3, minChart + 4
	if height >= legendFrom {
		lines = append(lines, runLegend(f, t, width)...)
	}
	if height >= exactFrom {
		lines = append(lines, e.exactLine(f, t, width))
	}
	room := height - len(lines)
	if room < minChart || len(histories) == 0 || len(histories[0].Samples) < minSamples {
		return fill(lines, width, height)
	}
	curves, lo, hi := e.curves(histories, f)
	if !(hi > lo) {
		return fill(lines, width, height)
	}
	c, xs := e.axis(histories, t, width, room, lo, hi)
	c.ys = logMarks(lo, hi, room)
	if mean, _ := e.exact(f.Runs[f.Focus].Exact); !e.ofTV() && mean > e.best(f, nil) {
		at := math.Log10(mean - e.best(f, nil))
		c.rule(c.xlo, at, c.xhi, at)
		c.ys = append(c.ys, mark{at, "exact"})
	}
	ends := make([]letter, 0, len(curves))
	for k, ys := range slices.Backward(curves) {
		c.curve(xs[k], ys, t.RunCurve(k))
		if n := len(ys); n > 0 && !math.IsNaN(ys[n-1]) {
			ends = append(ends, letter{xs[k][n-1], ys[n-1], RunMark(k), t.RunCurve(k)})
		}
	}
	slices.Reverse(ends)
	c.letters(ends)
	return fill(append(lines, c.lines()...), width, height)
}

// axis is an empty chart with what is counted below it, and where the samples of every flow stand.
func (e Excess) axis(histories []*History, t paint.Theme, width, height int, lo, hi float64) (c *chart, xs [][]float64) {
	from, to := math.Inf(1), math.Inf(-1)
	for _, h := range histories {
		at := make([]float64, len(h.Samples))
		for i, s := range h.Samples {
			at[i] = float64(s.Step)
			if !e.byEvaluations() {
				continue
			}
			if at[i] = math.Log10(float64(s.Evaluations)); s.Evaluations > 0 {
				from, to = min(from, at[i]), max(to, at[i])
			}
		}
		xs = append(xs, at)
	}
	if !e.byEvaluations() {
		return stepChart(histories[0], t, width, height, lo, hi), xs
	}
	c = newChart(t, width, height, from, max(to, from+0.1), lo, hi)
	c.xs = logMarks(c.xlo, c.xhi, width/5)
	for i := range c.xs {
		c.xs[i].text = large(int(math.Round(portable.Pow(10, c.xs[i].at))))
	}
	return c, xs
}

// curves are log₁₀ of the excess of every flow, raised to the standard deviation of exact samples, and
// their range, with the excess of exact samples if the quantity has one. What is not known is NaN.
func (e Excess) curves(histories []*History, f *session.Frame) (curves [][]float64, lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for k, h := range histories {
		x := f.Runs[k].Exact
		best := e.best(f, x)
		mean, sd := e.exact(x)
		if math.IsNaN(sd) {
			sd = 0
		}
		if mean > best {
			lo = min(lo, math.Log10(mean-best))
		}
		ys := make([]float64, len(h.Samples))
		for i, s := range h.Samples {
			ys[i] = math.Log10(max(e.of(s)-best, sd, tiniest))
			if e.byEvaluations() && s.Evaluations == 0 {
				ys[i] = math.NaN() // has no place on a logarithmic axis
			}
			if !math.IsNaN(ys[i]) {
				lo, hi = min(lo, ys[i]), max(hi, ys[i])
			}
		}
		curves = append(curves, ys)
	}
	const margin = 0.05
	return curves, lo - margin, hi + margin
}

// tiniest stands for an excess of nothing where no spread is known.
const tiniest = 1e-6

// exactLine says what exact samples are measured at, and that nothing is drawn below their spread.
func (e Excess) exactLine(f *session.Frame, t paint.Theme, width int) string {
	r := paint.NewRow(width)
	x := f.Runs[f.Focus].Exact
	mean, sd := e.exact(x)
	if math.IsNaN(mean) {
		return r.Text(" drawing exact samples …", t.Dim).String()
	}
	samples := "exact samples"
	if x.Tabulated {
		samples = "samples of the table"
	}
	values := fmt.Sprintf("%s %.3g ± %.1g", e.symbol(), mean, sd)
	return r.Text(longest([]string{
		fmt.Sprintf(" %s of N %d: %s; nothing below one sd is drawn", samples, f.Runs[f.Focus].Settings.Particles, values),
		fmt.Sprintf(" %s: %s; drawn to one sd", samples, values),
		fmt.Sprintf(" exact: %s, to one sd", values),
		" exact " + values,
	}, width), t.Dim).String()
}

// runLegend is the letters of the flows with their names, nothing where these do not fit.
func runLegend(f *session.Frame, t paint.Theme, width int) []string {
	need := 0
	for _, l := range f.Runs {
		need += paint.Width(l.Label) + len(" A  ")
	}
	if need > width {
		return nil
	}
	r := paint.NewRow(width)
	for k, l := range f.Runs {
		r.Text(" "+RunMark(k), t.RunStyle(k)).Text(" "+l.Label+" ", t.Dim)
	}
	return []string{r.String()}
}

// logMarks are the powers of ten between two logarithms, with twice and five times them where there is
// room.
func logMarks(lo, hi float64, rows int) (marks []mark) {
	for v := math.Floor(lo); v <= hi; v++ {
		for _, k := range []float64{1, 2, 5} {
			at := v + math.Log10(k)
			if room := float64(rows) / (hi - lo); at < lo || at > hi || k > 1 && room < 7 {
				continue
			}
			marks = append(marks, mark{at, small(k * portable.Pow(10, v))})
		}
	}
	return marks
}

// small is a positive number of one digit in at most four cells.
func small(v float64) string {
	if v >= 0.0095 && v < 9999 {
		return fmt.Sprintf("%.1g", v)
	}
	return strings.Replace(strings.Replace(fmt.Sprintf("%.0e", v), "e-0", "e-", 1), "e+0", "e", 1)
}
