package cli

import (
	"fmt"
	"io"

	"undercurrent/sim/metrics"
)

// printMetrics prints the metrics of what was measured, such as "500 particles", next to
// those of as many samples of the target; exact reports whether the samples are.
func printMetrics(out io.Writer, measured string, exact bool, reached metrics.Metrics, floor metrics.Floor) error {
	samples, floorHead := "samples of the tabulated density", "tabulated sample"
	if exact {
		samples, floorHead = "exact samples", "exact sample"
	}
	t := newTable(measured+" against "+samples, "reached", floorHead+" ± sd", "draws")
	for k, m := range metrics.Table() {
		t.Row(m.Name, metricText(m, reached[k]), floorText(m, floor[k]), drawsText(m, floor[k]))
	}
	return printTable(out, t)
}

// floorText is mean and standard deviation of a metric of exact samples.
func floorText(m metrics.Metric, s metrics.Spread) string {
	if !s.Measured() {
		return "–"
	}
	mean := metricText(m, metrics.Value{V: s.Mean, OK: true})
	if m.Unit == metrics.Share {
		return mean + " ± " + percent(s.SD)
	}
	return mean + fmt.Sprintf(" ± %.2g", s.SD)
}

// drawsText is the number of draws, with the error of their mean where it is large.
func drawsText(m metrics.Metric, s metrics.Spread) string {
	switch {
	case !s.Measured():
		return "–"
	case m.Imprecise(s):
		return fmt.Sprintf("%d (error of the mean %.0f%%)", s.Draws, 100*s.SE/s.Mean)
	}
	return fmt.Sprint(s.Draws)
}

// metricText is a value as tables print it.
func metricText(m metrics.Metric, v metrics.Value) string {
	switch {
	case !v.OK:
		return "–"
	case m.Unit == metrics.Count:
		return fmt.Sprintf("%.3g", v.V)
	case m.Unit == metrics.Share:
		return percent(v.V)
	}
	return fmt.Sprintf("%.4g", v.V)
}

func percent(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }
