package panel

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"undercurrent/sim"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// detailHeight is the height of the detail below a table, its title included.
const detailHeight = 9

// detailForms say what the detail shows, the longest first.
var detailForms = []string{"changes per step, in % of all mass", "changes per step"}

// regionDetail is the chosen region: where its mass comes from, when it is covered, and which divergence
// would fill it fastest. It takes the place of the transport.
func regionDetail() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Transport, Kind: layout.Table},
		While:   func(f *session.Frame) bool { return f.Detail != nil },
		Caption: "region",
		Shows:   func(*Scene) []string { return detailForms },
		Help:    "the chosen region: exchange with neighbours, when it is covered, forecasts",
		Keys:    []Group{RegionKeys, CoverageKeys},
		Needs:   needs(session.Shown{Response: true, Effort: true}),
		Render:  func(s *Scene, width, height int) []string { return fill(detailRows(s, width), width, height) },
	}
}

// detailRows are the rows of the detail, the most important first.
func detailRows(s *Scene, width int) (rows []string) {
	d, regions := s.Detail, s.Report.Regions
	if d == nil || d.Region >= len(regions) {
		return nil
	}
	k := regions[d.Region]
	add := func(r *paint.Row) { rows = append(rows, r.String()) }
	add(massRow(s, k, width))
	add(changeRow(s, k, width))
	if s.Watching == nil {
		add(paint.NewRow(width).Text(" "+outlook(s.History, d.Region), s.Theme.Strong))
	} else {
		text := " " + deviation(k, s.Report.Effective)
		if n := effective(s.Frame); n != "" {
			text += ", " + n
		}
		add(paint.NewRow(width).Text(text, s.Theme.Strong))
	}
	if driven := s.Watching == nil && !sampled(s.Frame); driven {
		add(exchangeRow(s, width, " gains from", 1))
		add(exchangeRow(s, width, " loses to", -1))
	}
	if !s.Report.Untracked {
		add(originRow(s, width))
	}
	if s.Watching == nil && !sampled(s.Frame) {
		for _, r := range forecastRows(s, width) {
			add(r)
		}
	}
	return rows
}

// massRow is the name and the masses.
func massRow(s *Scene, k sim.RegionReport, width int) *paint.Row {
	r := paint.NewRow(width).Text(" ", "").Text(numberAndName(k, width/2), s.Theme.RegionStyle(k.ID-1))
	r.Text(fmt.Sprintf("  %.1f%% of %.1f%%", 100*k.ParticleMass, 100*k.Region.Mass), s.Theme.Text)
	return r.Text(" = ", s.Theme.Dim).Text(massRatioText(k.MassRatio()), massRatioStyle(s.Theme, k.MassRatio()))
}

// deviation says how many standard errors √(m(1−m)/n) the mass of n independent particles, the effective size of
// weighted ones, is off the target mass m.
func deviation(k sim.RegionReport, n float64) string {
	se := math.Sqrt(k.Region.Mass * (1 - k.Region.Mass) / n)
	off, side := (k.ParticleMass-k.Region.Mass)/se, "above"
	switch {
	case !(se > 0):
		return "all of the target, or none of it"
	case off < 0:
		off, side = -off, "below"
	}
	return fmt.Sprintf("%.1f se %s target, if independent", off, side)
}

// changeRow is the last change, the one predicted for the next step, and the share of the movement.
func changeRow(s *Scene, k sim.RegionReport, width int) *paint.Row {
	t, r := s.Theme, paint.NewRow(width)
	write := func(label, text string, style paint.Style) {
		if r.Left() > paint.Width(label+text)+1 {
			r.Text(" "+label, t.Dim).Text(text, style)
		}
	}
	text, style := changeText(massChange(s.Frame, k), t)
	switch {
	case s.Watching != nil:
		write("last frame ", text, style)
		return r
	case sampled(s.Frame):
		write("last ", text, style)
		return r
	case !s.Report.Ahead:
		write("last ", text, style)
	}
	if reweights(s.Frame) {
		text, style = changeText(copiedChange(s.Frame, k), t)
		write("by copying ", text, style)
	}
	if next := s.Detail.Current.MassChange; !math.IsNaN(next) {
		text, style = changeText(next, t)
		write("next ", text, style)
	}
	write("movement ", fmt.Sprintf("%.0f%%", 100*k.Effort), t.Text)
	return r
}

// exchangeRow is what crosses the borders to the neighbours in one direction, in the next step.
func exchangeRow(s *Scene, width int, label string, sign float64) *paint.Row {
	t, r := s.Theme, paint.NewRow(width).Text(label, s.Theme.Dim)
	order := make([]int, len(s.Detail.Exchange))
	for j := range order {
		order[j] = j
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(sign*s.Detail.Exchange[b], sign*s.Detail.Exchange[a])
	})
	none := true
	for _, j := range order {
		mass := sign * s.Detail.Exchange[j]
		text := fmt.Sprintf(" %s%.3f%%", map[bool]string{true: "+", false: "−"}[sign > 0], 100*mass)
		if mass < still || r.Left() < len(text)+4 {
			break
		}
		none = false
		r.Text(fmt.Sprintf("  %d", j+1), t.RegionStyle(j)).Text(text, t.Text)
	}
	if none {
		r.Text(" none", t.Dim)
	}
	return r
}

// originRow is where the particles of the region started, or in a stream were before.
func originRow(s *Scene, width int) *paint.Row {
	t, k := s.Theme, s.Detail.Region
	r := paint.NewRow(width).Text(" particles from", t.Dim)
	type origin struct{ region, n int }
	var list []origin
	total := 0
	for a, row := range s.Report.Transport {
		if row[k] > 0 {
			list = append(list, origin{a, row[k]})
			total += row[k]
		}
	}
	slices.SortStableFunc(list, func(a, b origin) int { return cmp.Compare(b.n, a.n) })
	if total == 0 {
		return r.Text(" – there are none", t.Dim)
	}
	for _, o := range list {
		text := fmt.Sprintf(" %.0f%%", 100*float64(o.n)/float64(total))
		if text == " 0%" || r.Left() < len(text)+4 {
			break
		}
		r.Text(fmt.Sprintf("  %d", o.region+1), t.RegionStyle(o.region)).Text(text, t.Text)
	}
	return r
}

// forecastRows are the divergences by what they would do for the region in the next step, away from the
// side on which it is wrong, and the place of the current one.
func forecastRows(s *Scene, width int) (rows []*paint.Row) {
	t, wanted := s.Theme, 1.0
	if s.Report.Regions[s.Detail.Region].MassRatio() > 1 {
		wanted = -1
	}
	list := slices.Clone(s.Detail.Forecasts)
	slices.SortStableFunc(list, func(a, b sim.Forecast) int { return cmp.Compare(wanted*b.MassChange, wanted*a.MassChange) })
	if len(list) == 0 {
		return nil
	}
	text, style := changeText(list[0].MassChange, t)
	first := paint.NewRow(width).Text(" best next: ", t.Dim).Text(list[0].Drift.Label()+" ", t.Strong).Text(text, style)
	writeEfficiency(first, list[0], s)
	rows = append(rows, first)
	if current := s.Detail.Current.MassChange; !math.IsNaN(current) {
		better := 0
		for _, f := range list {
			if wanted*f.MassChange > wanted*current {
				better++
			}
		}
		row := paint.NewRow(width).Text(fmt.Sprintf(" %d of %d do better than %s", better, len(list), s.Detail.Current.Drift.Label()), t.Dim)
		writeEfficiency(row, s.Detail.Current, s)
		rows = append(rows, row)
	}
	for k, f := range list[1:] {
		text, style := changeText(f.MassChange, t)
		row := paint.NewRow(width).Text(fmt.Sprintf(" %2d  %-20s ", k+2, f.Drift.Label()), t.Dim).Text(text, style)
		writeEfficiency(row, f, s)
		rows = append(rows, row)
	}
	return rows
}

// etaText names the efficiency by what it is for.
func etaText(f *session.Frame) string {
	if f.AimsAtCoverage {
		return "η of U"
	}
	return "η"
}

// writeEfficiency appends η of a forecast, where there is room for it.
func writeEfficiency(r *paint.Row, f sim.Forecast, s *Scene) {
	name, t := etaText(s.Frame), s.Theme
	text := "  " + name + "   –"
	if !math.IsNaN(f.Efficiency) {
		text = fmt.Sprintf("  %s %3.0f%%", name, 100*f.Efficiency)
	}
	if paint.Width(text) <= r.Left() {
		r.Text(text, t.Dim)
	}
}
