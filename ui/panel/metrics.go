package panel

import (
	"fmt"
	"strings"

	"undercurrent/sim/metrics"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// metricsPanel compares a watched stream with an exact sample of the target, in the place of
// the response, which belongs to a flow of our own.
func metricsPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Response},
		While:   func(f *session.Frame) bool { return f.Watching != nil },
		Caption: "metrics",
		Shows:   says("of the particles and of an exact sample"),
		Help:    "distances to exact samples, and those of another exact sample",
		Keys:    []Group{CoverageKeys},
		Render:  renderMetrics,
	}
}

// renderMetrics compares a watched frame with samples of the target: next to every number is
// that of another exact sample, better than which nobody can be expected to be.
func renderMetrics(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	a := f.Watching.Metrics
	if a == nil {
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(" comparing the first frame", t.Dim).String()}, width, height)
	}
	samples, upper, lower := "exact samples", "exact", "sample"
	if !a.Exact {
		samples, upper, lower = "samples of p", "sample", "of p"
	}
	name, reached, floor := width-20, width-10, width
	lines := []string{
		paint.NewRow(width).Text(fmt.Sprintf(" frame %d", a.Frame), t.Dim).Right(floor, upper, t.Dim).String(),
		paint.NewRow(width).Right(reached, "particles", t.Dim).Right(floor, lower, t.Dim).String(),
	}
	for _, k := range lowerFirst() {
		m, style := metrics.Table()[k], t.Text
		now, exact := a.Reached[k], a.Floor[k]
		if now.OK && m.AboveFloor(now.V, exact.V) {
			style = t.UnderCovered
		}
		r := paint.NewRow(width).Text(" "+clip(m.Label, name-1), t.Text).
			Right(reached, metricText(m, now, a.Modes), style).Right(floor, metricText(m, exact, a.Modes), t.Dim)
		lines = append(lines, r.String())
	}
	lines = append(lines, paint.NewRow(width).Text(fmt.Sprintf(" %d particles, %[1]d %s", a.N, samples), t.Dim).String())
	return fill(lines, width, height)
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

// clip is as much of a text as fits.
func clip(text string, room int) string {
	if runes := []rune(text); len(runes) > room {
		return string(runes[:max(room, 0)])
	}
	return text
}
