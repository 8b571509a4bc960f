package panel

import (
	"fmt"
	"slices"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// tracePanel stands in the place of the distance, of which a single frame has no course.
func tracePanel() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Distance, Kind: layout.Chart, Tab: 2},
		While:   chained,
		Caption: "trace",
		Shows:   says("a column over the draws, by chain", "by chain"),
		Help:    "the first column over the draws of each chain",
		Keys:    []Group{RegionKeys},
		Render:  renderTrace,
	}
}

// renderTrace is the chart of the first column over the draws: a band for each chain, all of one scale.
func renderTrace(s *Scene, width, height int) []string {
	c, t := s.Watching.Chains, s.Theme
	n := len(c.Traces[0])
	lo, hi, longest := traceRange(c.Traces[0])
	head := paint.NewRow(width).Text(" "+paint.Visible(c.Names[0]), t.Strong).Text(fmt.Sprintf(" mostly from %.3g to %.3g", lo, hi), t.Dim)
	if all := c.Report.Chains; all > n {
		head.Text(fmt.Sprintf(", %d of %d chains", n, all), t.Dim)
	}
	lines := []string{head.String()}
	if height-1 < minChart || width < 3*axisWidth {
		return fill(lines, width, height)
	}
	last := float64(max(longest*c.Every-1, 1))
	chart := newChart(t, width, height-1, 0, last, 0, float64(n))
	chart.xs = roundMarks(0, last, 3)
	chart.xs[0].text = "draw " + chart.xs[0].text
	// As many draws as there are dots: more would fill the band.
	stride := max(longest/chart.cells.cols, 1)
	for k := range n {
		band := float64(n - 1 - k)
		chart.ys = append(chart.ys, mark{band + 0.5, fmt.Sprint(k + 1)})
		var xs, ys []float64
		for i := 0; i < len(c.Traces[0][k]); i += stride {
			xs, ys = append(xs, float64(i*c.Every)), append(ys, band+bandMargin+(1-2*bandMargin)*(min(max(c.Traces[0][k][i], lo), hi)-lo)/(hi-lo))
		}
		chart.curve(xs, ys, t.RunCurve(k))
	}
	return fill(append(lines, chart.lines()...), width, height)
}

// bandMargin is the share of a band above and below a trace.
const bandMargin = 0.1

// traceRange holds the middle 99 % of all traces, so that a single draw far off does not flatten the rest, and
// the number of values of the longest.
func traceRange(traces [][]float64) (lo, hi float64, longest int) {
	var all []float64
	for _, one := range traces {
		all, longest = append(all, one...), max(longest, len(one))
	}
	if len(all) == 0 {
		return -1, 1, 0
	}
	slices.Sort(all)
	lo, hi = all[len(all)/200], all[len(all)-1-len(all)/200]
	if !(hi > lo) {
		return lo - 1, lo + 1, longest
	}
	return lo, hi, longest
}
