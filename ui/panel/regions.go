package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/sim"
	"undercurrent/ui/engine"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
)

// Regions is the id of the table of the regions.
const Regions layout.ID = "regions"

func regions() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Regions, Kind: layout.Table},
		Caption: "regions",
		Shows:   says("who starves, who is fed"),
		Help:    "due and share of each mode, how far it is covered, its inflow and effort",
		Keys:    []Group{CoverageKeys},
		Needs:   needs(engine.Shown{Response: true, Effort: true}),
		Render:  renderRegions,
	}
}

// column is one column of the regions table.
type column struct {
	name  string
	width int
	write func(r *paint.Row, end int, k sim.RegionReport)
}

// renderRegions is the table: what each region is due, what it holds, how well it is
// covered and who is being fed.
func renderRegions(s *Scene, width, height int) []string {
	f, t := s.Frame, s.Theme
	columns := regionColumns(f, t, width)
	head := paint.NewRow(width)
	end := 0
	for _, c := range columns {
		end += c.width
		head.Right(end, c.name, t.Dim)
	}
	lines := []string{head.String()}
	shown := f.Report.Regions
	if len(shown) > height-1 {
		shown = shown[:max(height-2, 0)]
	}
	for _, k := range shown {
		row, end := paint.NewRow(width), 0
		for _, c := range columns {
			end += c.width
			c.write(row, end, k)
		}
		lines = append(lines, row.String())
	}
	if hidden := f.Report.Regions[len(shown):]; len(hidden) > 0 {
		lines = append(lines, rest(hidden, t, width))
	}
	return fill(lines, width, height)
}

// rest sums up the regions that found no room.
func rest(hidden []sim.RegionReport, t paint.Theme, width int) string {
	row := paint.NewRow(width).Text(fmt.Sprintf(" +%d more", len(hidden)), t.Dim)
	if worst, share := leastCovered(hidden); !math.IsNaN(share) {
		row.Text("; worst ", t.Dim).Text(fmt.Sprintf("%d at %s", worst.ID, massRatioText(share)), massRatioStyle(t, share))
	}
	return row.String()
}

// regionColumns are those that fit, most telling first.
func regionColumns(f *engine.Frame, t paint.Theme, width int) []column {
	most := 0.0
	for _, k := range f.Report.Regions {
		most = max(most, math.Abs(nextInflow(f, k)))
	}
	id := column{"#", 3, func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprint(k.ID), t.RegionStyle(k.ID-1))
	}}
	target := column{"target", 7, func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f%%", 100*k.Region.Mass), t.Text)
	}}
	cloud := column{"cloud", 7, func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f%%", 100*k.Share), t.Text)
	}}
	se := column{"± se", 6, func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f", 100*k.SE), t.Dim)
	}}
	under := column{"under", 7, func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.3f", k.UnderCoverage), t.Dim)
	}}
	inflowName, change, when := "inflow", "foretold → inflow", "%s → %s"
	if f.Report.Ahead {
		inflowName, change, when = "next", "foretold next", "%s%s"
	}
	inflow := column{inflowName, 9, func(r *paint.Row, end int, k sim.RegionReport) {
		text, style := inflowText(nextInflow(f, k), t)
		r.Right(end, text, style)
	}}
	predicted := column{change, 20, func(r *paint.Row, end int, k sim.RegionReport) {
		measured := ""
		if !f.Report.Ahead {
			measured, _ = inflowText(k.Inflow, t)
		}
		before, style := inflowText(k.MassChange.FirstOrder, t)
		r.Right(end, fmt.Sprintf(when, before, measured), style)
	}}
	fed := column{"fed", 6, func(r *paint.Row, end int, k sim.RegionReport) {
		_, style := inflowText(nextInflow(f, k), t)
		r.Right(end, arrows(nextInflow(f, k), most), style)
	}}
	share := column{"effort", 8, func(r *paint.Row, end int, k sim.RegionReport) {
		style := t.Text
		if k.Effort < 0 {
			style = t.Alert
		}
		r.Right(end, fmt.Sprintf("%.0f%%", 100*k.Effort), style)
	}}
	repair := column{"ΔU", 20, func(r *paint.Row, end int, k sim.RegionReport) {
		c := k.UnderCoverageChange
		text := signedSmall(c.FirstOrder)
		if !f.Report.Ahead {
			text += " → " + signedSmall(c.Measured)
		}
		r.Right(end, text, t.Dim)
	}}
	if f.Watching != nil {
		// Nothing is predicted of what moves these particles.
		predicted = inflow
		repair.write = func(r *paint.Row, end int, k sim.RegionReport) {
			r.Right(end, signedSmall(k.UnderCoverageChange.Measured), t.Dim)
		}
	}
	bar := column{"coverage", 0, nil}
	columns := []column{id, target, cloud, bar, inflow}
	switch {
	case width >= 96:
		columns = []column{id, target, cloud, se, bar, predicted, share, under, repair}
	case width >= 64:
		columns = []column{id, target, cloud, se, bar, predicted, share}
	case width >= 46:
		columns = []column{id, target, cloud, bar, inflow, share}
	case width < 34 || nameWidth(f.Report.Regions, width) > 0:
		columns = []column{id, target, cloud, bar, fed}
	}
	if f.Portrait != nil && len(f.Portrait.Regions) == len(f.Report.Regions) {
		columns = withSampler(columns, f, t, width)
	}
	return withBar(withNames(columns, f, t, width), t, width)
}

// minBar is the width that the coverage bar keeps beside names.
const minBar = 6

// withNames puts the regions' names beside their numbers where there is room.
func withNames(columns []column, f *engine.Frame, t paint.Theme, width int) []column {
	room := width - minBar
	for _, c := range columns {
		room -= c.width
	}
	w := nameWidth(f.Report.Regions, room)
	if w == 0 {
		return columns
	}
	return slices.Insert(slices.Clone(columns), 1, column{fmt.Sprintf("%-*s", w-1, "name"), w, func(r *paint.Row, end int, k sim.RegionReport) {
		r.To(end - w)
		writeName(r, t, k, w)
	}})
}

// withSampler puts the shares of a sampler in training beside those of the cloud,
// in the place of what else there is least room for.
func withSampler(columns []column, f *engine.Frame, t paint.Theme, width int) []column {
	sampler := column{"G(z)", 7, func(r *paint.Row, end int, k sim.RegionReport) {
		drawn := f.Portrait.Regions[k.ID-1]
		r.Right(end, fmt.Sprintf("%.1f%%", 100*drawn.Share), massRatioStyle(t, drawn.OfDue()))
	}}
	const cloud = 2
	columns = slices.Insert(slices.Clone(columns), cloud+1, sampler)
	need := 5
	for _, c := range columns {
		need += c.width
	}
	if need > width {
		columns = columns[:len(columns)-1]
	}
	return columns
}

// withBar gives the coverage bar the width that is left.
func withBar(columns []column, t paint.Theme, width int) []column {
	left := width
	for _, c := range columns {
		left -= c.width
	}
	for i, c := range columns {
		if c.write != nil {
			continue
		}
		w := min(max(left, 4), 22)
		columns[i].width = w
		if w < len("coverage")+1 {
			columns[i].name = "due"
		}
		columns[i].write = func(r *paint.Row, end int, k sim.RegionReport) {
			r.To(end - w + 1)
			massRatioBar(r, t, k.OfDue(), w-1)
		}
	}
	return columns
}

// nextInflow is what a region gained in the last step, or where none was taken yet
// what it is predicted to gain in the next.
func nextInflow(f *engine.Frame, k sim.RegionReport) float64 {
	if f.Report.Ahead {
		return k.MassChange.FirstOrder
	}
	return k.Inflow
}

// still is the change of mass a step under which a region is at rest.
const still = 5e-6

func inflowText(inflow float64, t paint.Theme) (string, paint.Style) {
	switch {
	case inflow > still:
		return fmt.Sprintf("▲%.3f%%", 100*inflow), t.Starved
	case inflow < -still:
		return fmt.Sprintf("▼%.3f%%", -100*inflow), t.Surplus
	}
	return "·", t.Dim
}

// arrows shows an inflow relative to the largest, one to four marks.
func arrows(inflow, most float64) string {
	mark := "▲"
	if inflow < 0 {
		mark = "▼"
	}
	if math.Abs(inflow) <= still {
		return "·"
	}
	return strings.Repeat(mark, 1+min(int(4*math.Abs(inflow)/most), 3))
}
