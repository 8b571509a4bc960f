package panel

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"undercurrent/sim"
	"undercurrent/ui/paint"
	"undercurrent/ui/session"
)

// ReachedTitle says what the table of the steps is, the longest form first.
func ReachedTitle() []string {
	return []string{
		"step at which the particles first had 90% of a region's target mass",
		"step at 90% of the region's target mass", "step at 90% of target mass", "step at 90%",
	}
}

// stepText is the step at which something was reached.
func stepText(step int) string {
	if step == sim.NotReached {
		return "—"
	}
	return strconv.Itoa(step)
}

// ReachedTable is the table of the steps at which each flow reached each region, and all of them at once.
// Where there is no room for all regions, those that are reached last are shown.
func ReachedTable(f *session.Frame, t paint.Theme, width, height int) []string {
	const mark = 2
	cell := reachedCell(f)
	last := len("  all at once")
	if width < mark+cell*len(f.Report.Regions)+last {
		last = cell + 1
	}
	shown := reachedLast(f, (width-mark-last)/cell)
	head := paint.NewRow(width).To(mark)
	for k, i := range shown {
		head.Right(mark+cell*(k+1), strconv.Itoa(f.Report.Regions[i].ID), t.RegionStyle(i))
	}
	end := mark + cell*len(shown) + last
	head.Right(end, longest([]string{"all at once", "all"}, last-1), t.Dim)
	lines := []string{head.String()}
	for k, l := range f.Runs {
		r := paint.NewRow(width).Text(" "+RunMark(k), t.RunStyle(k))
		for n, i := range shown {
			text := "–"
			if i < len(l.Report.Regions) {
				text = stepText(l.Report.Regions[i].Reached)
			}
			r.Right(mark+cell*(n+1), text, reachedStyle(t, text))
		}
		text := stepText(l.Report.Reached)
		lines = append(lines, r.Right(end, text, reachedStyle(t, text)).String())
	}
	return fill(lines, width, height)
}

func reachedStyle(t paint.Theme, text string) paint.Style {
	if _, err := strconv.Atoi(text); err != nil {
		return t.Dim
	}
	return t.Text
}

// reachedCell is the width of a column: that of the current step, and a blank.
func reachedCell(f *session.Frame) int {
	cell := 4
	for _, l := range f.Runs {
		cell = max(cell, len(strconv.Itoa(l.Report.Step))+1)
	}
	return cell
}

// reachedLast are the indices of at most n regions with target mass, those that the flows reach last.
func reachedLast(f *session.Frame, n int) (list []int) {
	latest := func(i int) (step int) {
		for _, l := range f.Runs {
			switch {
			case i >= len(l.Report.Regions):
			case l.Report.Regions[i].Reached == sim.NotReached:
				return math.MaxInt
			default:
				step = max(step, l.Report.Regions[i].Reached)
			}
		}
		return step
	}
	for i, k := range f.Report.Regions {
		if !math.IsNaN(k.MassRatio()) {
			list = append(list, i)
		}
	}
	if n = max(n, 0); len(list) > n {
		slices.SortStableFunc(list, func(a, b int) int { return cmp.Compare(latest(b), latest(a)) })
		list = list[:n]
		slices.Sort(list)
	}
	return list
}
