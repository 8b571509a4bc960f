package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/ui/session"
)

// A spread has room for thirteen cells, whatever its size.
func TestSpreadsAreShort(t *testing.T) {
	number, share, count := metrics.Metric{}, metrics.Metric{Unit: metrics.Share}, metrics.Metric{Unit: metrics.Count}
	for _, c := range []struct {
		metric   metrics.Metric
		mean, sd float64
		want     string
	}{
		{number, 0.0669, 0.0231, "0.067±0.023"},
		{number, 1.085, 0.364, "1.1±0.4"},
		{number, 0.00241, 0.00131, "(2.4±1.3)e−3"},
		{number, -1.9e-5, 1.1e-4, "(−0.2±1.1)e−4"},
		{number, 0, 0, "0"},
		{share, 0.9946, 0.0012, "99.5±0.1%"},
		{count, 8, 0, "8"},
		{count, 39.8, 0.4, "39.8±0.4"},
	} {
		got := spreadText(c.metric, metrics.Spread{Mean: c.mean, SD: c.sd, Draws: 32})
		if got != c.want || ansi.StringWidth(got) >= floorColumn {
			t.Errorf("%g ± %g is %q, expected %q", c.mean, c.sd, got, c.want)
		}
	}
	if got := spreadText(number, metrics.Spread{}); got != "–" {
		t.Errorf("what was not measured is %q", got)
	}
}

// In every width of the panel names and numbers are whole; the spread needs 34 cells.
func TestMetricsAreWhole(t *testing.T) {
	a := &session.MetricsSnapshot{Frame: 1, N: 2000, Modes: 8, Exact: true}
	for range metrics.Table() {
		a.Reached = append(a.Reached, metrics.Value{V: 0.0024, OK: true})
		a.Floor = append(a.Floor, metrics.Spread{Mean: 0.0012, SD: 0.0011, SE: 0.0002, Draws: 32})
	}
	s := &Scene{Frame: &session.Frame{Report: &sim.Report{}, Watching: &session.Watching{Metrics: a}}}
	for _, width := range []int{27, 35, 44, 60} {
		text := ansi.Strip(strings.Join(renderMetrics(s, width, 24), "\n"))
		for _, want := range []string{"KL of region masses", "norm. entropy", "32 draws, error 17%"} {
			if !strings.Contains(text, want) {
				t.Errorf("in %d columns %q is missing in\n%s", width, want, text)
			}
		}
		if strings.Contains(text, "(1.2±1.1)e−3") != (width >= spreadWidth) {
			t.Errorf("in %d columns the metrics are\n%s", width, text)
		}
	}
}
