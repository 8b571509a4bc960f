package cli

import (
	"fmt"
	"io"

	"undercurrent/sim/metrics"
)

// printMetrics prints the metrics of what was measured, such as "500 particles", next to
// those of as many samples of the target; exact reports whether the samples are.
func printMetrics(out io.Writer, measured string, exact bool, reached, floor metrics.Metrics) error {
	samples, floorHead := "samples of the tabulated density", "tabulated sample"
	if exact {
		samples, floorHead = "exact samples", "exact sample"
	}
	t := newTable(measured+" against "+samples, "reached", floorHead)
	for k, m := range metrics.Table() {
		t.Row(m.Name, metricText(m, reached[k]), metricText(m, floor[k]))
	}
	return printTable(out, t)
}

// metricText is a value as tables print it.
func metricText(m metrics.Metric, v metrics.Value) string {
	switch {
	case !v.OK:
		return "–"
	case m.Unit == metrics.Count:
		return fmt.Sprintf("%.0f", v.V)
	case m.Unit == metrics.Share:
		return percent(v.V)
	}
	return fmt.Sprintf("%.4g", v.V)
}

func percent(v float64) string { return fmt.Sprintf("%.1f%%", 100*v) }
