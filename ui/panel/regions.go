package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"undercurrent/sim"
	"undercurrent/ui/layout"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// Regions is the id of the table of the regions, Transport that of where particles came from, and Mass
// that of the chart of their masses.
const (
	Regions   layout.ID = "regions"
	Transport layout.ID = "transport"
	Mass      layout.ID = "mass"
)

func regions() *Panel {
	return &Panel{
		Panel:   layout.Panel{ID: Regions, Kind: layout.Table},
		Caption: "regions",
		Shows: func(s *Scene) []string {
			return append(withAll(ownTarget(s.Frame), "mass of this %s and of %s by region", "mass of this %s and of all", "%s and %s"), "target mass and particle mass by region", "target and particle mass")
		},
		Help:   "by region: target mass p, particle mass q, both smoothed, its change per step Δ",
		Keys:   []Group{RegionKeys, CoverageKeys},
		Needs:  needs(session.Shown{Response: true, Effort: true}),
		Render: renderRegions,
	}
}

// head is the two lines above a column.
type head struct{ upper, lower string }

// headLines is how many there are.
const headLines = 2

// column is one column of the regions table. Where there is room it has another head, of
// full words, for which it is wider.
type column struct {
	head
	width int
	write func(r *paint.Row, end int, k sim.RegionReport)

	full      head
	fullWidth int // 0 for the same head everywhere
}

// renderRegions is the table: the target mass and the particle mass of each region, the
// latter in % of the former, and its change in a step. Where the tables share a rectangle, the detail of
// the chosen region is below.
func renderRegions(s *Scene, width, height int) []string {
	shown, hidden, below := s.regionRows(height)
	lines := regionTable(s, shown, width)
	if len(hidden) > 0 {
		lines = append(lines, rest(hidden, s.Theme, width))
	}
	lines = fill(lines, width, height-below)
	if below > 0 {
		lines = append(lines, Title(width, s.Theme, "region", detailForms...))
		lines = append(lines, fill(detailRows(s, width), width, below-1)...)
	}
	return lines
}

// regionRows are the regions that the table has rows for, in its order, those that it has none for, and
// the rows below that the detail takes.
func (s *Scene) regionRows(height int) (shown, hidden []sim.RegionReport, below int) {
	list := s.Order.Of(s.Frame)
	if s.Detail != nil && s.OneTable && height-detailHeight >= minTable {
		below = detailHeight
	}
	rows := height - below - headLines
	if len(list) <= rows {
		return list, nil, below
	}
	at := slices.IndexFunc(list, func(k sim.RegionReport) bool { return k.ID == s.Chosen() })
	from, to := s.Rows.window(len(list), rows-1, at)
	return list[from:to], slices.Concat(list[:from], list[to:]), below
}

// minTable is the least height of the table above a detail.
const minTable = headLines + 4

// RegionAt is the number of the region in a line of the table, counted below the title of its panel; 0
// where there is none.
func RegionAt(s *Scene, height, line int) int {
	shown, _, _ := s.regionRows(height)
	if k := line - headLines; k >= 0 && k < len(shown) {
		return shown[k].ID
	}
	return 0
}

// regionTable is the head and the rows of the table.
func regionTable(s *Scene, shown []sim.RegionReport, width int) []string {
	columns := regionColumns(s, width)
	upper, lower := paint.NewRow(width), paint.NewRow(width)
	end := 0
	for _, c := range columns {
		end += c.width
		upper.Right(end, c.upper, s.Theme.Dim)
		lower.Right(end, c.lower, s.Theme.Dim)
	}
	lines := []string{upper.String(), lower.String()}
	for _, k := range shown {
		row, end := paint.NewRow(width), 0
		for _, c := range columns {
			end += c.width
			c.write(row, end, k)
		}
		lines = append(lines, row.String())
	}
	return lines
}

// rest sums up the regions that found no room.
func rest(hidden []sim.RegionReport, t paint.Theme, width int) string {
	row := paint.NewRow(width).Text(fmt.Sprintf(" %d more", len(hidden)), t.Dim)
	if lowest, ratio := leastCovered(hidden); !math.IsNaN(ratio) {
		text := fmt.Sprintf("%d (%s)", lowest.ID, massRatioText(ratio))
		row.Text(longest([]string{"; lowest: region ", "; lowest: "}, row.Left()-paint.Width(text)), t.Dim).Text(text, massRatioStyle(t, ratio))
	}
	return row.String()
}

// regionColumns are those that fit, the most important first.
func regionColumns(s *Scene, width int) []column {
	f, t := s.Frame, s.Theme
	largest := 0.0
	for _, k := range f.Report.Regions {
		largest = max(largest, math.Abs(massChange(f, k)))
	}
	id := column{head: head{"", "#"}, width: 3, write: func(r *paint.Row, end int, k sim.RegionReport) {
		writeNumber(r, t, end, k.ID, s.Chosen())
	}}
	target := column{head: head{"", targetWord(f)}, width: 7, write: func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f%%", 100*k.Region.Mass), t.Text)
	}}
	particles := column{head: head{"parti-", "cles"}, width: 7, full: head{"", "particles"}, fullWidth: 10, write: func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f%%", 100*k.ParticleMass), t.Text)
	}}
	se := column{head: head{"", "± se"}, width: 6, write: func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.1f", 100*k.SE), t.Dim)
	}}
	share := column{head: head{"% of", targetWord(f)}, width: 7, write: func(r *paint.Row, end int, k sim.RegionReport) {
		text := "–"
		if ratio := k.MassRatio(); !math.IsNaN(ratio) {
			text = massRatioText(ratio)
		}
		r.Right(end, text, massRatioStyle(t, k.MassRatio()))
	}}
	under := column{head: head{"under-", "coverage"}, width: 9, write: func(r *paint.Row, end int, k sim.RegionReport) {
		r.Right(end, fmt.Sprintf("%.3f", k.UnderCoverage), t.Dim)
	}}
	heads := changeHeads(f)
	change := column{head: heads.change, width: heads.changeWidth, write: func(r *paint.Row, end int, k sim.RegionReport) {
		text, style := changeText(massChange(f, k), t)
		if f.Islands.Is(k.ID) {
			text, style = island, t.Strong
		}
		r.Right(end, text, style)
	}}
	predicted := column{head: heads.predicted, width: 20, write: func(r *paint.Row, end int, k sim.RegionReport) {
		text, style := changeText(k.MassChange.FirstOrder, t)
		if f.Islands.Is(k.ID) {
			r.Right(end, "island: "+text, style)
			return
		}
		if !f.Report.Ahead {
			actual, _ := changeText(k.Inflow, t)
			text += " → " + actual
		}
		r.Right(end, text, style)
	}}
	gaining := column{head: heads.gaining, width: 6, write: func(r *paint.Row, end int, k sim.RegionReport) {
		_, style := changeText(massChange(f, k), t)
		if f.Islands.Is(k.ID) {
			r.Right(end, island[:4]+".", t.Strong)
			return
		}
		r.Right(end, arrows(massChange(f, k), largest), style)
	}}
	movement := column{head: head{"move-", "ment"}, width: 8, full: head{"share of", "movement"}, fullWidth: 10, write: func(r *paint.Row, end int, k sim.RegionReport) {
		style := t.Text
		if k.Effort < 0 {
			style = t.Alert
		}
		r.Right(end, fmt.Sprintf("%.0f%%", 100*k.Effort), style)
	}}
	repair := column{head: heads.repair, width: 20, write: func(r *paint.Row, end int, k sim.RegionReport) {
		c := k.UnderCoverageChange
		text := signedSmall(c.FirstOrder)
		if !f.Report.Ahead {
			text += " → " + signedSmall(c.Measured)
		}
		r.Right(end, text, t.Dim)
	}}
	if f.Watching != nil {
		// Nothing is predicted of what moves these particles.
		predicted = change
		repair.write = func(r *paint.Row, end int, k sim.RegionReport) {
			r.Right(end, signedSmall(k.UnderCoverageChange.Measured), t.Dim)
		}
	}
	bar := column{}
	columns := []column{id, target, particles, bar, change}
	switch {
	case width >= 96:
		columns = []column{id, target, particles, se, bar, predicted, movement, under, repair}
	case width >= 64:
		columns = []column{id, target, particles, se, bar, predicted, movement}
	case width >= 46:
		columns = []column{id, target, particles, bar, change, movement}
	case width >= 34 && nameWidth(f.Report.Regions, width) > 0:
		// The names take the room of the particles, and the share of the target that of its bar.
		columns = []column{id, target, share, gaining}
	case width < 34:
		columns = []column{id, target, particles, bar, gaining}
	}
	if reweights(f) && width >= 46 {
		columns = slices.Insert(slices.Clone(columns), len(columns)-1, reweighted(f, t))
	}
	if !ownTarget(f).Ordered() {
		columns = slices.DeleteFunc(slices.Clone(columns), func(c column) bool {
			return c.head == heads.change || c.head == heads.gaining || c.head == heads.repair
		})
	}
	if Undriven(f) {
		columns = slices.DeleteFunc(slices.Clone(columns), func(c column) bool { return c.head == movement.head })
	}
	if f.Training != nil && len(f.Training.Regions) == len(f.Report.Regions) {
		columns = withSampler(columns, f, t, width)
	}
	// A blank column keeps the numbers off the edge, where the bar can spare it.
	return withBar(withNames(columns, f, t, width), targetWord(f), t, width-1)
}

// reweights reports whether birth–death changes the masses beside the drift.
func reweights(f *session.Frame) bool { return f.Settings.BirthDeath > 0 }

// reweighted is the column of the part of the change that is by birth–death; the rest is transported.
func reweighted(f *session.Frame, t paint.Theme) column {
	return column{head: head{"of it by", "copying"}, width: 9, write: func(r *paint.Row, end int, k sim.RegionReport) {
		text, style := changeText(copiedChange(f, k), t)
		r.Right(end, text, style)
	}}
}

// copiedChange is the part of massChange by birth–death.
func copiedChange(f *session.Frame, k sim.RegionReport) float64 {
	if f.Report.Ahead {
		return k.Reweighted.FirstOrder
	}
	return k.Reweighted.Measured
}

// island is in the place of its change for a region to which the drift carries too little.
const island = "island"

// changes are the heads of the columns of changes, one name at every size.
type changes struct {
	change, predicted, gaining, repair head
	changeWidth                        int
}

// changeHeads are those of a frame: of the last step, of the next one, or of a frame of a
// stream.
func changeHeads(f *session.Frame) changes {
	switch {
	case f.Watching != nil:
		return changes{head{"change", "per frame"}, head{}, head{"Δ per", "frame"}, head{"ΔU", "per frame"}, 10}
	case f.Report.Ahead:
		return changes{head{"change", "(pred.)"}, head{"change per step", "predicted"}, head{"Δ", "pred."}, head{"ΔU", "predicted"}, 9}
	}
	return changes{head{"change", "per step"}, head{"change per step", "predicted → actual"}, head{"Δ per", "step"}, head{"ΔU", "predicted → actual"}, 9}
}

// withNames puts the regions' names next to their numbers where there is room.
func withNames(columns []column, f *session.Frame, t paint.Theme, width int) []column {
	room := width
	for _, c := range columns {
		if room -= c.width; c.write == nil {
			room -= minBar
		}
	}
	w := nameWidth(f.Report.Regions, room)
	if w == 0 {
		return columns
	}
	return slices.Insert(slices.Clone(columns), 1, column{head: head{"", fmt.Sprintf("%-*s", w-1, "name")}, width: w, write: func(r *paint.Row, end int, k sim.RegionReport) {
		r.To(end - w)
		writeName(r, t, k, w)
	}})
}

// withSampler puts the masses of a sampler in training next to those of the particles, in
// the place of the last column where there is no room for both.
func withSampler(columns []column, f *session.Frame, t paint.Theme, width int) []column {
	sampler := column{head: head{"", "G(z)"}, width: 7, write: func(r *paint.Row, end int, k sim.RegionReport) {
		drawn := f.Training.Regions[k.ID-1]
		r.Right(end, fmt.Sprintf("%.1f%%", 100*drawn.ParticleMass), massRatioStyle(t, drawn.MassRatio()))
	}}
	const particles = 2
	columns = slices.Insert(slices.Clone(columns), particles+1, sampler)
	need := 5
	for _, c := range columns {
		need += c.width
	}
	if need > width {
		columns = columns[:len(columns)-1]
	}
	return columns
}

// withBar gives the bar of the mass ratio the width that is left, and columns their full
// heads where enough is.
func withBar(columns []column, of string, t paint.Theme, width int) []column {
	left := width
	for _, c := range columns {
		left -= c.width
	}
	for i, c := range columns {
		if more := c.fullWidth - c.width; c.fullWidth > 0 && left-more >= wholeHead {
			columns[i].head, columns[i].width = c.full, c.fullWidth
			left -= more
		}
	}
	for i, c := range columns {
		if c.write != nil {
			continue
		}
		w := min(max(left, 4), 22)
		columns[i].head, columns[i].width = barHead(w, of), w
		columns[i].write = func(r *paint.Row, end int, k sim.RegionReport) {
			r.To(end - w + 1)
			massRatioBar(r, t, k.MassRatio(), w-1)
		}
	}
	return columns
}

// massChange is the change of a region's mass in the last step, or where none was taken yet
// the one predicted for the next.
func massChange(f *session.Frame, k sim.RegionReport) float64 {
	if f.Report.Ahead {
		return k.MassChange.FirstOrder
	}
	return k.Inflow
}

// still is the change of mass per step below which a region is at rest.
const still = 5e-6

func changeText(change float64, t paint.Theme) (string, paint.Style) {
	switch {
	case change > still:
		return fmt.Sprintf("▲%.3f%%", 100*change), t.UnderCovered
	case change < -still:
		return fmt.Sprintf("▼%.3f%%", -100*change), t.OverCovered
	}
	return "·", t.Dim
}

// arrows shows a change of mass relative to the largest, one to four marks.
func arrows(change, largest float64) string {
	mark := "▲"
	if change < 0 {
		mark = "▼"
	}
	if math.Abs(change) <= still {
		return "·"
	}
	return strings.Repeat(mark, 1+min(int(4*math.Abs(change)/largest), 3))
}
