package panel

import (
	"fmt"
	"math"

	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Distance is the id of the chart of distances; a sampler in training has its place.
const Distance layout.ID = "distance"

// distance shows how far the particles are from the target, over time.
func distance() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Distance, Kind: layout.Chart, Tab: 2},
		Caption: "distance",
		Shows: func(s *Scene) []string {
			if own := ownTarget(s.Frame); own.Is() {
				return []string{"to " + own.Of}
			}
			return []string{"to the target; every divergence has its own scale", "to the target"}
		},
		Help:   "TV, the current objective, and the target mass without particles",
		Keys:   []Group{FlowKeys},
		Render: renderDistance,
	}
}

// renderDistance is the chart of TV and the active objective over steps, both on a
// logarithmic scale. Where another objective drove the flow, its past is dim.
func renderDistance(s *Scene, width, height int) []string {
	h, f, t := s.History, s.Frame, s.Theme
	if own := ownTarget(f); own.Alone() {
		return fill(notCompared(own, t, width), width, height)
	}
	head := paint.NewRow(width).Text(" TV ", t.Dim).Text(fmt.Sprintf("%.3f", f.Report.TV), t.Strong).
		Text("  D "+f.Info.Name+" ", t.Dim).Text(fmt.Sprintf("%.3g", f.Report.Active), t.Accent)
	what, number, style := targetWord(f)+" without particles ", fmt.Sprintf("%.1f%%", 100*f.Report.Unreached), t.Text
	if i := f.Islands; i != nil {
		what, number, style = "islands lack ", fmt.Sprintf("%.0f%%: press U or H", 100*i.Lacking), t.Strong
	}
	lines := appended(head, width, distanceWidth, what, number, t.Dim, style)
	if height <= minChart {
		lines = lines[:1] // rather the chart
	}
	if height < minChart || len(h.Samples) < minSamples {
		return fill(append(lines, unbegun(h, t, width)...), width, height)
	}
	lo, hi := decadesOf(h, f)
	c := stepChart(h, t, width, height-len(lines), lo, hi)
	for v := lo; v <= hi; v++ {
		c.ys = append(c.ys, mark{v, power(v)})
	}
	n := len(h.Samples)
	xs, tv, now, past := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, s := range h.Samples {
		xs[i], tv[i], now[i], past[i] = float64(s.Step), math.Log10(s.TV), math.Log10(currentObjective(s, f)), math.NaN()
		if s.Divergence != f.Info.ID {
			past[i] = math.Log10(s.Active)
		}
	}
	c.curve(xs, past, t.Guide)
	c.curve(xs, tv, t.Second)
	c.curve(xs, now, t.Curve)
	c.letters([]letter{{xs[n-1], now[n-1], "D", t.Curve}, {xs[n-1], tv[n-1], "TV", t.Second}})
	return fill(append(lines, c.lines()...), width, height)
}

// distanceWidth is the width from which the head of the chart has one line.
const distanceWidth = 62

// currentObjective is the value of the divergence of a frame in a sample, NaN where it is not known.
func currentObjective(s session.Sample, f *session.Frame) float64 {
	switch {
	case s.Divergence == f.Info.ID:
		return s.Active
	case f.Settings.Drift.ZFactor() != 1:
		return math.NaN()
	}
	return s.Objective(f.Info.ID)
}

// decadesOf is the range of log₁₀ of the curves, in whole decades.
func decadesOf(h *History, f *session.Frame) (lo, hi float64) {
	lo, hi = -1, 0
	for _, s := range h.Samples {
		for _, v := range []float64{s.TV, s.Active, currentObjective(s, f)} {
			if l := math.Log10(v); !math.IsNaN(l) && !math.IsInf(l, 0) {
				lo, hi = min(lo, math.Floor(l)), max(hi, math.Ceil(l))
			}
		}
	}
	return max(lo, lowestDecade), min(hi, highestDecade)
}
