package panel

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/metrics"
	"undercurrent/ui/paint"
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

// Where particles have weights their effective size is said: with their number, that of the bandwidth, and the samples
// that have as many.
func TestTheEffectiveSizeIsSaid(t *testing.T) {
	a := &session.MetricsSnapshot{Frame: 1, N: 2000, Samples: 314, Modes: 8, Exact: true}
	for range metrics.Table() {
		a.Reached, a.Floor = append(a.Reached, metrics.Value{}), append(a.Floor, metrics.Spread{})
	}
	f := &session.Frame{Settings: sim.Settings{Particles: 2000, Bandwidth: 0.5}, Scenario: scenarios.Scenario{Bandwidth: 0.2}, Report: &sim.Report{Effective: 314.2},
		Watching: &session.Watching{Metrics: a, FittedTo: 314}}
	theme := paint.Theme{}
	if got := particlesOf(f, theme).text; got != "N 2000, n_eff 314" {
		t.Errorf("the particles are %q", got)
	}
	if got := fittedBandwidth(f, theme).text; got != "bandwidth 0.5 for n_eff 314" {
		t.Errorf("the bandwidth is %q", got)
	}
	for width, want := range map[int]string{50: "2000 particles, n_eff 314: 314 exact samples", 30: "n_eff 314: 314 exact samples"} {
		if text := ansi.Strip(strings.Join(renderMetrics(&Scene{Frame: f}, width, 24), "\n")); !strings.Contains(text, want) {
			t.Errorf("in %d columns %q is missing in\n%s", width, want, text)
		}
	}
	f.Report.Effective = 2000
	if got := particlesOf(f, theme).text; got != "N 2000" {
		t.Errorf("particles without weights are %q", got)
	}
}
