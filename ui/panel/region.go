package panel

import (
	"fmt"
	"math"

	"undercurrent/sim"
	"undercurrent/ui/paint"
)

// Ratios of a region's mass to the target's from which it counts as under- or over-covered.
const (
	underCoveredBelow = 0.9
	overCoveredAbove  = 1.1
)

func massRatioStyle(t paint.Theme, share float64) paint.Style {
	switch {
	case math.IsNaN(share):
		return t.Dim
	case share < underCoveredBelow:
		return t.UnderCovered
	case share > overCoveredAbove:
		return t.OverCovered
	}
	return t.Balanced
}

// massRatioText is the mass ratio of a region in percent; it is NaN where the target mass is
// zero.
func massRatioText(share float64) string {
	if math.IsNaN(share) {
		return "no target"
	}
	return fmt.Sprintf("%.0f%%", 100*share)
}

// leastCovered is the region with the smallest mass ratio, and that ratio; it is
// NaN where no target mass is positive.
func leastCovered(regions []sim.RegionReport) (worst sim.RegionReport, share float64) {
	share = math.NaN()
	for _, k := range regions {
		if s := k.MassRatio(); s < share || math.IsNaN(share) {
			worst, share = k, s
		}
	}
	return worst, share
}

// massRatioBar shows a mass ratio from nothing to twice, with a mark at one; an
// arrow says that there is more. Where the target mass is zero it says so.
func massRatioBar(r *paint.Row, t paint.Theme, share float64, width int) {
	const full = 2.0
	if math.IsNaN(share) {
		text := massRatioText(share)
		if len(text) > width {
			text = "none"
		}
		r.Text(paint.Cut(text, width), t.Dim)
		return
	}
	halves := int(math.Round(share / full * float64(2*width)))
	style := massRatioStyle(t, share)
	for k := range width {
		switch {
		case halves > 2*width && k == width-1:
			r.Text("▶", style)
		case halves >= 2*(k+1):
			r.Text("━", style)
		case halves == 2*k+1:
			r.Text("╸", style)
		case k == width/2:
			r.Text("┊", t.Dim)
		default:
			r.Text("·", t.Rule)
		}
	}
}

// shortName is the width below which a name is not shown cut.
const shortName = 8

// nameWidth is the width of a column of the regions' names with a blank before them:
// the room there is, if need be; 0 where there are no names or too little room.
func nameWidth(regions []sim.RegionReport, room int) int {
	long := 0
	for _, k := range regions {
		long = max(long, paint.Width(k.Name))
	}
	if long == 0 || room <= min(long, shortName) {
		return 0
	}
	return min(long+1, room)
}

// writeName fills a column of names.
func writeName(r *paint.Row, t paint.Theme, k sim.RegionReport, width int) {
	r.Text(" "+paint.Cut(k.Name, width-1), t.RegionStyle(k.ID-1))
}

// writeNumber writes the number of a region so that it ends at a column, with a mark if it is chosen.
func writeNumber(r *paint.Row, t paint.Theme, end, number, chosen int) *paint.Row {
	text, style := fmt.Sprint(number), t.RegionStyle(number-1)
	if number == chosen {
		r.Right(end-len(text), "▸", t.Accent)
		style = t.Selected
	}
	return r.Right(end, text, style)
}

// numberAndName is how a region is called in a number of cells.
func numberAndName(k sim.RegionReport, room int) string {
	if text := fmt.Sprintf("%d %s", k.ID, k.Name); k.Name != "" && paint.Width(text) <= room {
		return text
	}
	return fmt.Sprint(k.ID)
}
