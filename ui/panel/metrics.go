package panel

import (
	"fmt"
	"strings"

	"undercurrent/sim/metrics"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// metricsPanel compares a watched stream with samples of the target, in the place of the
// response, which its particles have not.
func metricsPanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Response},
		While:   func(f *session.Frame) bool { return f.Watching != nil },
		Caption: "metrics",
		Shows:   says("beside samples of the target"),
		Help:    "distances to samples of the target beside the floor that samples have among themselves",
		Keys:    []Group{CoverageKeys},
		Render:  renderMetrics,
	}
}

// renderMetrics compares a watched frame with samples of the target: every figure beside its
// floor, which nobody can be expected to pass.
func renderMetrics(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	a := f.Watching.Metrics
	if a == nil {
		return fill([]string{paint.NewRow(width).String(), paint.NewRow(width).Text(" the first frame is being compared", t.Dim).String()}, width, height)
	}
	samples := "exact samples"
	if !a.Exact {
		samples = "samples of p"
	}
	name, reached, floor := width-22, width-11, width-1
	lines := []string{
		paint.NewRow(width).Text(fmt.Sprintf(" frame %d", a.Frame), t.Dim).Right(reached, "cloud", t.Dim).Right(floor, "floor", t.Dim).String(),
	}
	for _, k := range lowerFirst() {
		m, style := metrics.Table()[k], t.Text
		now, least := a.Reached[k], a.Floor[k]
		if now.OK && m.AboveFloor(now.V, least.V) {
			style = t.Starved
		}
		r := paint.NewRow(width).Text(" "+clip(m.Label, name-1), t.Text).
			Right(reached, metricText(m, now, a.Modes), style).Right(floor, metricText(m, least, a.Modes), t.Dim)
		lines = append(lines, r.String())
	}
	lines = append(lines, paint.NewRow(width).Text(fmt.Sprintf(" n %d against n %s", a.N, samples), t.Dim).String())
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

// metricText is a value of a metric, of as many modes as there are.
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

// clip is as much of a text as has room.
func clip(text string, room int) string {
	if runes := []rune(text); len(runes) > room {
		return string(runes[:max(room, 0)])
	}
	return text
}
