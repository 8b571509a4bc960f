package panel

import (
	"cmp"
	"fmt"
	"math"

	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// The least height and samples that make a chart.
const (
	leastChart   = 5
	leastSamples = 2
)

// stepChart is a chart over the steps of a history.
func stepChart(h *History, t paint.Theme, width, height int, lo, hi float64) *chart {
	from, to := h.Steps()
	c := newChart(t, width, height, from, to, lo, hi)
	c.xs = roundMarks(from, to, max(width/12, 2))
	if n := len(c.xs); n > 0 {
		c.xs[0].text = cmp.Or(h.Unit, "step") + " " + c.xs[0].text
	}
	return c
}

// unbegun stands for a chart whose past has not begun.
func unbegun(h *History, t paint.Theme, width int) []string {
	if len(h.Samples) >= leastSamples {
		return nil
	}
	return []string{paint.NewRow(width).String(), paint.NewRow(width).Text(" drawn from here on, step by step", t.Dim).String()}
}

// Distance is the chart of TV and the active objective over steps, both on a
// logarithmic scale. The past of another objective is dim.
func Distance(h *History, f *session.Frame, t paint.Theme, width, height int) []string {
	lines := []string{paint.NewRow(width).Text(" TV ", t.Dim).Text(fmt.Sprintf("%.3f", f.Report.TV), t.Strong).
		Text("  "+f.Info.Name+" ", t.Dim).Text(fmt.Sprintf("%.3g", f.Report.Active), t.Accent).String()}
	if height < leastChart || len(h.Samples) < leastSamples {
		return fill(append(lines, unbegun(h, t, width)...), width, height)
	}
	lo, hi := decadesOf(h)
	c := stepChart(h, t, width, height-1, lo, hi)
	for v := lo; v <= hi; v++ {
		c.ys = append(c.ys, mark{v, power(v)})
	}
	n := len(h.Samples)
	xs, tv, now, past := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
	for i, s := range h.Samples {
		xs[i], tv[i], now[i], past[i] = float64(s.Step), math.Log10(s.TV), math.NaN(), math.NaN()
		if s.Divergence == f.Info.ID {
			now[i] = math.Log10(s.Active)
		} else {
			past[i] = math.Log10(s.Active)
		}
	}
	c.curve(xs, past, t.Guide)
	c.curve(xs, tv, t.Second)
	c.curve(xs, now, t.Curve)
	return fill(append(lines, c.lines()...), width, height)
}

// The widest range of decades that is shown.
const (
	lowestDecade  = -4
	highestDecade = 6
)

// decadesOf is the range of log₁₀ of the curves, in whole decades.
func decadesOf(h *History) (lo, hi float64) {
	lo, hi = -1, 0
	for _, s := range h.Samples {
		for _, v := range []float64{s.TV, s.Active} {
			if l := math.Log10(v); !math.IsNaN(l) && !math.IsInf(l, 0) {
				lo, hi = min(lo, math.Floor(l)), max(hi, math.Ceil(l))
			}
		}
	}
	return max(lo, lowestDecade), min(hi, highestDecade)
}

// power is 10^v in at most four cells.
func power(v float64) string {
	if v > 3 || v < -2 {
		return fmt.Sprintf("1e%.0f", v)
	}
	return fmt.Sprintf("%.4g", math.Pow(10, v))
}

// mostDoublings bounds the mass chart: from an eighth of a region's due to eight
// times it.
const mostDoublings = 3

// Mass is the chart of every region's mass over its target's, in doublings: all
// flow to one.
func Mass(h *History, f *session.Frame, t paint.Theme, width, height int) []string {
	head := paint.NewRow(width).Text(" mass ÷ target  ", t.Dim)
	key := massKey(f.Report.Regions, head.Left())
	for i, k := range f.Report.Regions {
		if head.Left() > 3 {
			head.Text(key[i], t.RegionStyle(k.ID-1))
		}
	}
	lines := []string{head.String()}
	if height < leastChart || len(h.Samples) < leastSamples {
		return fill(append(lines, unbegun(h, t, width)...), width, height)
	}
	reach := doublings(h)
	c := stepChart(h, t, width, height-1, -reach, reach)
	for v := -reach; v <= reach; v++ {
		c.ys = append(c.ys, mark{v, number(math.Exp2(v))})
	}
	from, to := h.Steps()
	c.rule(from, 0, to, 0)
	xs, ys := make([]float64, len(h.Samples)), make([]float64, len(h.Samples))
	for k := len(f.Report.Regions) - 1; k >= 0; k-- {
		for i, s := range h.Samples {
			xs[i] = float64(s.Step)
			ys[i] = min(max(math.Log2(s.Due[k]), -reach), reach)
		}
		c.curve(xs, ys, t.RegionCurve(k))
	}
	return fill(append(lines, c.lines()...), width, height)
}

// massKey is what the regions are called over the chart: by number, and by name where
// there is room for all.
func massKey(regions []sim.RegionReport, room int) []string {
	numbers, names, need := make([]string, len(regions)), make([]string, len(regions)), 0
	for i, k := range regions {
		numbers[i], names[i] = fmt.Sprintf("%d ", k.ID), numberAndName(k, room)+"  "
		need += paint.Width(names[i])
	}
	if len(regions) > 0 && regions[0].Name != "" && need <= room {
		return names
	}
	return numbers
}

// doublings is how far the regions have been from their due, in whole doublings.
func doublings(h *History) float64 {
	reach := 1.0
	for _, s := range h.Samples {
		for _, d := range s.Due {
			if !math.IsNaN(d) {
				reach = max(reach, math.Abs(math.Log2(d)))
			}
		}
	}
	return min(math.Ceil(reach), mostDoublings)
}
