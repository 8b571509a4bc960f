package cli

import (
	"fmt"
	"io"

	"undercurrent/sim/metrics"
)

// printMetrics prints metrics beside their floor.
func printMetrics(out io.Writer, what string, now, floor metrics.Metrics) error {
	t := newTable(what, "reached", "floor (sample against sample)")
	for k, m := range metrics.Table() {
		t.Row(m.Name, metricText(m, now[k]), metricText(m, floor[k]))
	}
	return printTable(out, t)
}

// metricText is a value for people.
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
