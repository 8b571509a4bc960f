package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// RunMark is the letter of the k-th flow of a comparison, counted from 0.
func RunMark(k int) string { return string(rune('A' + k)) }

// Alone is the frame of the k-th flow of a comparison, as it were if that one had the
// focus. Of the probe only the place is known where another has it.
func Alone(f *session.Frame, k int) *session.Frame {
	l, one := f.Runs[k], *f
	one.Flow, one.Settings, one.Drift, one.Info = l.Flow, l.Settings, l.Drift, l.Info
	one.Report, one.Histogram, one.Fields, one.Particles, one.Outside = l.Report, l.Histogram, l.Fields, l.Particles, l.Outside
	one.Runs, one.Focus, one.Training = nil, 0, nil
	if f.Probe != nil && k != f.Focus {
		one.Probe = &sim.Probe{Point: f.Probe.Point}
	}
	return &one
}

// runRows are the regions that the table of a comparison has rows for, the chosen one among them.
func runRows(f *session.Frame, rows *Scroll, height int) []sim.RegionReport {
	from, to := rows.window(len(f.Report.Regions), height-2, f.Chosen()-1)
	return f.Report.Regions[from:to]
}

// RunRegionAt is the number of the region in a line of the table of a comparison, counted below the title
// of its panel; 0 where there is none.
func RunRegionAt(f *session.Frame, scroll *Scroll, height, line int) int {
	if rows := runRows(f, scroll, height); line > 0 && line <= len(rows) {
		return rows[line-1].ID
	}
	return 0
}

// RunTable is the table of a comparison: the particle mass of each region in % of its
// target mass under each flow, and which regions gain.
func RunTable(f *session.Frame, rows *Scroll, t paint.Theme, width, height int) []string {
	const cell = 7
	shown, head := f.Runs, paint.NewRow(width)
	name, start := nameWidth(f.Report.Regions, width-10-cell*len(shown)), 10
	if start += name; start+cell*len(shown) > width {
		start = 3
	}
	head.Right(3, "#", t.Dim)
	if name > 0 {
		head.Text(" name", t.Dim)
	}
	if start > 3 {
		head.Right(start, "target", t.Dim)
	}
	for k := range shown {
		style := t.RunStyle(k)
		if k == f.Focus {
			style = t.Selected
		}
		head.To(start + cell*k + 3)
		head.Text(RunMark(k), style)
	}
	lines := []string{head.String()}
	listed := runRows(f, rows, height)
	for _, region := range listed {
		r := writeNumber(paint.NewRow(width), t, 3, region.ID, f.Chosen())
		if name > 0 {
			writeName(r, t, region, name)
		}
		if start > 3 {
			r.Right(start, fmt.Sprintf("%.1f%%", 100*region.Region.Mass), t.Text)
		}
		for k, l := range shown {
			r.To(start + cell*k)
			runCell(r, l.Report.Regions, region.ID-1, t)
		}
		lines = append(lines, r.String())
	}
	last := paint.NewRow(width)
	if more := len(f.Report.Regions) - len(listed); more > 0 {
		last.Text(longest([]string{fmt.Sprintf(" %d more", more), fmt.Sprintf(" +%d", more)}, start-3), t.Dim)
	}
	last.Right(max(start, 3), "TV", t.Dim)
	for k, l := range shown {
		last.To(start+cell*k).Text(fmt.Sprintf(" %.3f", l.Report.TV), t.RunStyle(k))
	}
	lines = append(lines, last.String())
	if len(lines) < height && slices.ContainsFunc(shown, func(l session.Run) bool { return !l.Settings.Mover.IsZero() }) {
		cost := paint.NewRow(width).Right(max(start, 3), longest([]string{"evaluations", "evals", ""}, max(start, 3)-1), t.Dim)
		for k, l := range shown {
			cost.To(start+cell*k).Text(" "+large(l.Report.Evaluations), t.Text)
		}
		lines = append(lines, cost.String())
	}
	return fill(lines, width, height)
}

// runCell is a region's mass ratio, and whether it gains or loses mass: ▲▲ is the fastest
// growing region of the flow.
func runCell(r *paint.Row, regions []sim.RegionReport, i int, t paint.Theme) {
	if i >= len(regions) {
		r.Text("   –", t.Dim)
		return
	}
	share := regions[i].MassRatio()
	text := massRatioText(share)
	if math.IsNaN(share) {
		text = "none"
	}
	r.Text(fmt.Sprintf("%5s", text), massRatioStyle(t, share))
	fastest := 0.0
	for _, k := range regions {
		fastest = max(fastest, k.Inflow)
	}
	switch in := regions[i].Inflow; {
	case in > still && in == fastest:
		r.Text("▲▲", t.UnderCovered)
	case in > still:
		r.Text("▲", t.UnderCovered)
	case in < -still:
		r.Text("▼", t.OverCovered)
	}
}

// RunTitle is the first line of a flow's map.
func RunTitle(width int, t paint.Theme, k int, label string, style paint.Style) string {
	r := paint.NewRow(width).Text("─ ", t.Rule).Text(RunMark(k), style).Text(" "+label+" ", t.Text)
	return r.Text(strings.Repeat("─", max(r.Left(), 0)), t.Rule).String()
}
