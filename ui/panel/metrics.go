package panel

import (
	"fmt"
	"math"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"undercurrent/internal/portable"
	"undercurrent/sim/metrics"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// metricsPanel compares a watched stream with an exact sample of the target, in the place of
// the response, which belongs to a flow of our own.
func metricsPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Weight},
		While:   watching,
		Caption: "metrics",
		Shows: func(s *Scene) []string {
			return append(withAll(ownTarget(s.Frame), "of this %s and of samples of %s", "%s against %s"), "of the particles and of an exact sample", "beside an exact sample")
		},
		Help:   "next to exact samples: ~ beyond their mean + 3 sd, ! beyond twice that",
		Keys:   []Group{CoverageKeys},
		Render: renderMetrics,
	}
}

// watching reports whether the particles are those of a stream.
func watching(f *session.Frame) bool { return f.Watching != nil }

// Undriven reports whether nothing that is shown moves the particles by a drift: they are those of a stream
// and no drift is shown, or a mover moves them.
func Undriven(f *session.Frame) bool {
	return f != nil && (watching(f) && !f.Watching.Drift || sampled(f))
}

// Widths of the columns of numbers, and the width of a panel below which there is no room for
// the spread of the exact samples.
const (
	reachedColumn = 8
	floorColumn   = 15
	meanColumn    = 9
	spreadWidth   = 34
)

// renderMetrics compares a watched frame with samples of the target: next to every number is
// that of exact samples, better than which nobody can be expected to be.
func renderMetrics(s *Scene, width, height int) []string {
	f, t, a := s.Frame, s.Theme, s.Frame.Watching.Metrics
	if own := ownTarget(f); own.Alone() {
		return fill(notCompared(own, t, width), width, height)
	}
	if a == nil {
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(" comparing the first frame", t.Dim).String()}, width, height)
	}
	if ownTarget(f).Is() {
		of := *a
		of.Exact, a = false, &of // they are samples of the map
	}
	lines := metricTable(t, a, "particles", metricsOf(a, f), width)
	return fill(append(lines, gradeLegend(t, width)), width, height)
}

// notCompared says why there are no metrics.
func notCompared(own session.OwnTarget, t paint.Theme, width int) (lines []string) {
	text := "no target given: the map is the density of " + own.Of + ", which they are not compared with"
	for _, line := range strings.Split(ansi.Wordwrap(text, max(width-2, 1), ""), "\n") {
		lines = append(lines, paint.NewRow(width).Text(" "+line, t.Dim).String())
	}
	return lines
}

// gradeLegend says what the marks of the metrics mean.
func gradeLegend(t paint.Theme, width int) string {
	forms := []string{" ~ beyond exact (mean + 3 sd), ! beyond twice that", " ~ beyond exact, ! twice that", " ~ beyond exact, ! twice"}
	return paint.NewRow(width).Text(longest(forms, width), t.Dim).String()
}

// metricTable are the metrics of some points, next to mean and spread of those of samples of the target.
func metricTable(t paint.Theme, a *session.MetricsSnapshot, points, title string, width int) []string {
	samples, upper, lower := "exact samples", "exact", "sample"
	if !a.Exact {
		samples, upper, lower = "samples of p", "sample", "of p"
	}
	reached := width - floorColumn
	if width < spreadWidth {
		reached = width - meanColumn
	} else {
		lower += " ± sd"
	}
	lines := []string{
		paint.NewRow(width).Text(title, t.Dim).Right(width, upper, t.Dim).String(),
		paint.NewRow(width).Right(reached, points, t.Dim).Right(width, lower, t.Dim).String(),
	}
	for _, k := range lowerFirst() {
		lines = append(lines, metricLines(t, a, k, reached, width)...)
	}
	sizes := fmt.Sprintf(" %d %s, %d %s", a.N, points, a.Samples, samples)
	if a.Samples < a.N {
		sizes = longest([]string{fmt.Sprintf(" %d %s, n_eff %d: %[3]d %[4]s", a.N, points, a.Samples, samples), fmt.Sprintf(" n_eff %d: %[1]d %s", a.Samples, samples)}, width)
	}
	return append(lines, paint.NewRow(width).Text(sizes, t.Dim).String(),
		paint.NewRow(width).Text(" "+drawsText(a.Floor), t.Dim).String())
}

// metricsOf is the frame that was compared last, and the current one while that is another.
func metricsOf(a *session.MetricsSnapshot, f *session.Frame) string {
	if now := f.Report.Step; now != a.Frame {
		if own := ownTarget(f); own.Is() {
			return fmt.Sprintf(" %s %d, now %d", own.Each, a.Frame, now)
		}
		return fmt.Sprintf(" frame %d of %d", a.Frame, now)
	}
	return " " + frameText(f)
}

// gradeStyle is the colour of a grade, and the mark that says the same without one.
func gradeStyle(t paint.Theme, g metrics.Grade) (style paint.Style, mark string) {
	switch g {
	case metrics.LikeExact:
		return t.Accent, ""
	case metrics.NearExact:
		return t.UnderCovered, "~"
	case metrics.FarFromExact:
		return t.Wrong, "!"
	}
	return t.Text, ""
}

// metricLines is the k-th metric: a line, or two where its name is too long for one.
func metricLines(t paint.Theme, a *session.MetricsSnapshot, k, reached, width int) (lines []string) {
	m, now, floor := metrics.Table()[k], a.Reached[k], a.Floor[k]
	style, mark := gradeStyle(t, m.Grade(now, floor, a.Modes))
	exact := spreadText(m, floor)
	if width < spreadWidth {
		exact = metricText(m, metrics.Value{V: floor.Mean, OK: floor.Measured()}, a.Modes)
	}
	row := paint.NewRow(width).Text(" "+m.Label, t.Text)
	if lipgloss.Width(m.Label)+1 > reached-reachedColumn {
		lines, row = append(lines, row.String()), paint.NewRow(width)
	}
	return append(lines, row.Right(reached, metricText(m, now, a.Modes), style).Text(mark, style).Right(width, exact, t.Dim).String())
}

// spreadText is mean and standard deviation in at most 13 cells. Small numbers share a power of
// ten.
func spreadText(m metrics.Metric, s metrics.Spread) string {
	if !s.Measured() {
		return "–"
	}
	mean, sd, suffix := s.Mean, s.SD, ""
	if m.Unit == metrics.Share {
		mean, sd, suffix = 100*mean, 100*sd, "%"
	}
	order := math.Floor(math.Log10(max(math.Abs(mean), sd)))
	text := ""
	switch {
	case mean == 0 && sd == 0 || m.Unit == metrics.Count && sd == 0:
		text = fmt.Sprintf("%.0f", mean)
	case order < -2:
		scale := portable.Pow(10, order)
		text = fmt.Sprintf("(%.1f±%.1f)e%.0f", mean/scale, sd/scale, order)
	default:
		decimals := max(1-int(order), 0)
		if m.Unit != metrics.Number {
			decimals = 1
		}
		text = fmt.Sprintf("%.*f±%.*f%s", decimals, mean, decimals, sd, suffix)
	}
	return strings.ReplaceAll(text, "-", "−")
}

// drawsText is the number of draws of exact samples, with the largest error of a mean if it is
// not as small as aimed at.
func drawsText(f metrics.Floor) string {
	fewest, most := f.Draws()
	text, worst := fmt.Sprintf("%d–%d draws", fewest, most), 0.0
	if fewest == most {
		text = fmt.Sprintf("%d draws", most)
	}
	for k, m := range metrics.Table() {
		if m.Imprecise(f[k]) {
			worst = max(worst, f[k].SE/f[k].Mean)
		}
	}
	if worst > 0 {
		text += fmt.Sprintf(", error %.0f%%", 100*worst)
	}
	return text
}

// lowerFirst are the places of the metrics in their table, those first where lower is better.
func lowerFirst() (places []int) {
	for _, lower := range []bool{true, false} {
		for k, m := range metrics.Table() {
			if m.LowerIsBetter == lower {
				places = append(places, k)
			}
		}
	}
	return places
}

// metricText is a value of a metric on a target with a number of modes.
func metricText(m metrics.Metric, v metrics.Value, modes int) string {
	if !v.OK {
		return "–"
	}
	text := fmt.Sprintf("%.2g", v.V)
	switch m.Unit {
	case metrics.Count:
		text = fmt.Sprintf("%.0f of %d", v.V, modes)
	case metrics.Share:
		text = fmt.Sprintf("%.1f%%", 100*v.V)
	}
	return strings.ReplaceAll(text, "-", "−")
}
