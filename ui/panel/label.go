package panel

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/ui/paint"
)

// label writes each region's number beside its peak, away from the middle of the
// picture, with the share of its due where there is room.
func (m *Map) label(lines []string, regions []sim.RegionReport, t paint.Theme, v View) {
	const most = 16 // regions that carry a share
	taken := map[int][][2]int{}
	long := len(regions) <= most && v.Width >= 30
	for _, r := range regions {
		share := r.Share / r.Region.Mass
		text := fmt.Sprint(r.ID)
		if long {
			text = fmt.Sprintf("%d %.0f%%", r.ID, 100*share)
		}
		w := paint.Width(text)
		x, y := v.Pixel(outward(r, v))
		row := min(max(int(y/2), 0), len(lines)-1)
		column := min(max(int(x)-w/2, 0), v.Width-w)
		if overlaps(taken[row], column, column+w) {
			continue
		}
		taken[row] = append(taken[row], [2]int{column, column + w})
		lines[row] = paint.Overlay(lines[row], column, text, t.Label(shareStyle(t, share)), v.Width)
	}
}

// outward is the peak of a region, moved two standard deviations away from the
// middle of the picture so that a label there leaves the peak to be seen.
func outward(r sim.RegionReport, v View) scenarios.Point {
	middle := v.Point(float64(v.Width)/2, float64(v.Height)/2)
	dx, dy := r.Peak.X-middle.X, r.Peak.Y-middle.Y
	d := math.Hypot(dx, dy)
	if d < v.scale*float64(v.Width)/10 {
		return r.Peak
	}
	away := 2 * math.Sqrt((r.VarX+r.VarY)/2) / d
	return scenarios.Point{X: r.Peak.X + away*dx, Y: r.Peak.Y + away*dy}
}

func overlaps(taken [][2]int, from, to int) bool {
	for _, c := range taken {
		if from <= c[1] && to >= c[0] {
			return true
		}
	}
	return false
}

// Shares of its due from which a region counts as starved or overfull.
const (
	starvedBelow = 0.9
	surplusAbove = 1.1
)

func shareStyle(t paint.Theme, share float64) paint.Style {
	switch {
	case share < starvedBelow:
		return t.Starved
	case share > surplusAbove:
		return t.Surplus
	}
	return t.Balanced
}
