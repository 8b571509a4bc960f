package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// crosshair marks a place on a map.
func crosshair(lines []string, at scenarios.Point, t paint.Theme, v View) {
	x, y := v.Pixel(at)
	column, row := int(math.Floor(x)), int(math.Floor(y/2))
	if row < 0 || row >= len(lines) || column < 0 || column >= v.Width {
		return
	}
	text, from := "─┼─", column-1
	if column == 0 {
		text, from = "┼─", 0
	}
	if from+3 > v.Width {
		text = "─┼"
	}
	lines[row] = paint.Overlay(lines[row], from, text, t.Label(t.Strong), v.Width)
	for _, next := range []int{row - 1, row + 1} {
		if next >= 0 && next < len(lines) {
			lines[next] = paint.Overlay(lines[next], column, "│", t.Label(t.Strong), v.Width)
		}
	}
}

// ProbeWidth and MinProbe are the usual width of the box and the least one, its frame included.
const ProbeWidth, MinProbe = 42, 32

// Probe is the box with the densities, weight and velocity at the crosshair.
func Probe(f *session.Frame, t paint.Theme, width int) []string {
	r, inner := f.Probe, width-4
	place := fmt.Sprintf("x %.3g  y %.3g", r.Point.X, r.Point.Y)
	rows := slices.Concat(
		pair(inner, t, place, regionText(f.Report.Regions, r.Region, inner-len(place)-1)),
		pair(inner, t, fmt.Sprintf("p %.3g", r.P), fmt.Sprintf("q %.3g", r.Q)),
		pair(inner, t, "r "+ratio(r.LogR), fmt.Sprintf("log r %+.3g", r.LogR)),
	)
	if Undriven(f) {
		return boxed(rows, t, width)
	}
	if !r.Driven {
		rows = append(rows, pair(inner, t, "no particles here: no velocity", "")...)
		return boxed(rows, t, width)
	}
	weight := fmt.Sprintf("w %.3g", r.Coefficients.Beta)
	if f.Drift.Reference().Kind != divergences.NoReference {
		weight = fmt.Sprintf("a %.3g  b %.3g", r.Coefficients.Beta, r.Coefficients.Gamma)
	}
	elasticity := ""
	if !math.IsNaN(r.Elasticity) {
		elasticity = fmt.Sprintf("elasticity %.3g", r.Elasticity)
	}
	rows = append(rows, pair(inner, t, weight, elasticity)...)
	rows = append(rows, pair(inner, t, "∇log r "+arrow(r.ByR), "−div V "+known(r.Compression))...)
	for _, line := range formula(f, r) {
		rows = append(rows, paint.NewRow(inner).Text(line, t.Accent).String())
	}
	rows = append(rows, aroundProbe(f, t, inner)...)
	return boxed(rows, t, width)
}

// aroundProbe says what is around the probe, and which divergence is best for it.
func aroundProbe(f *session.Frame, t paint.Theme, inner int) []string {
	d := f.Aimed
	if d == nil {
		return nil
	}
	rows := pair(inner, t, fmt.Sprintf("within %.3g", d.Around.Radius), fmt.Sprintf("q %s  p %s", percentText(d.Mass), percentText(d.Target)))
	best := -1
	for k, forecast := range d.Forecasts {
		if !math.IsNaN(forecast.Efficiency) && (best < 0 || forecast.Efficiency > d.Forecasts[best].Efficiency) {
			best = k
		}
	}
	if best < 0 || d.Forecasts[best].Efficiency == 0 {
		return append(rows, pair(inner, t, "no divergence helps here now", "")...)
	}
	now := ""
	if !math.IsNaN(d.Current.Efficiency) {
		now = fmt.Sprintf("%s %.0f%%", etaText(f), 100*d.Current.Efficiency)
	}
	return append(rows, pair(inner, t, now, fmt.Sprintf("best %s %.0f%%", d.Forecasts[best].Drift.Label(), 100*d.Forecasts[best].Efficiency))...)
}

// regionText is what the k-th region is called in a number of cells.
func regionText(regions []sim.RegionReport, k, room int) string {
	const word = "region "
	if k >= len(regions) {
		return fmt.Sprint(word, k+1)
	}
	return word + numberAndName(regions[k], room-len(word))
}

// formula is the velocity with its numbers filled in.
func formula(f *session.Frame, r *sim.Probe) []string {
	if f.Settings.Velocity == sim.Blob {
		return []string{"V = −∇(K*δD/δq) = " + arrow(r.V)}
	}
	if r.Coefficients.Gamma != 0 {
		return []string{"V = a·∇log r + b·∇log(ρ/q)",
			fmt.Sprintf("  = %.3g × %s", r.Coefficients.Beta, arrow(r.ByR)),
			fmt.Sprintf("  + %.3g × %s", r.Coefficients.Gamma, arrow(r.ByRho)),
			"  = " + arrow(r.V)}
	}
	return []string{"V = w(r)·∇log r",
		fmt.Sprintf("  = %.3g × %s", r.Coefficients.Beta, arrow(r.ByR)),
		"  = " + arrow(r.V)}
}

// arrow is a vector to three digits.
func arrow(v scenarios.Point) string { return fmt.Sprintf("(%.3g, %.3g)", v.X, v.Y) }

// ratio is r, empty places included.
func ratio(logR float64) string {
	if logR > sim.ClipLogR {
		return "> 1e6"
	}
	return fmt.Sprintf("%.3g", portable.Exp(logR))
}

func known(v float64) string {
	if math.IsNaN(v) {
		return "–"
	}
	return fmt.Sprintf("%.3g", v)
}

// pair is a row with a text at either end, or two rows where one is too narrow.
func pair(width int, t paint.Theme, left, right string) []string {
	r := paint.NewRow(width).Text(left, t.Text)
	if right != "" && r.Left() <= paint.Width(right) {
		return []string{r.String(), paint.NewRow(width).Text(right, t.Text).String()}
	}
	return []string{r.Right(width, right, t.Text).String()}
}

// boxed puts a frame around rows of the same width.
func boxed(rows []string, t paint.Theme, width int) []string {
	const title = " probe "
	rule := strings.Repeat("─", width-2)
	side := paint.NewRow(2).Text("│ ", t.Rule).String()
	end := paint.NewRow(2).Text(" │", t.Rule).String()
	lines := []string{paint.NewRow(width).Text("╭─", t.Rule).Text(title, t.Title).Text(strings.Repeat("─", width-3-len(title))+"╮", t.Rule).String()}
	for _, r := range rows {
		lines = append(lines, side+r+end)
	}
	return append(lines, paint.NewRow(width).Text("╰"+rule+"╯", t.Rule).String())
}
