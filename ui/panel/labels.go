package panel

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/ui/paint"
)

// label writes each region's number, with its mass ratio where there is room: in the
// middle of a named region, otherwise next to the peak, away from the middle of the
// picture.
func (m *Map) label(lines []string, regions []density.RegionTotals, t paint.Theme, v View) {
	const maxLabelled = 16 // regions that carry their mass ratio
	taken, patches := map[int][][2]int{}, make([][]paint.Patch, len(lines))
	long := len(regions) <= maxLabelled && v.Width >= 30
	for _, r := range regions {
		share := r.MassRatio()
		text := fmt.Sprint(r.ID)
		if long {
			text = fmt.Sprintf("%d %s", r.ID, massRatioText(share))
		}
		w := paint.Width(text)
		x, y := v.Pixel(outward(r, v))
		column := min(max(int(x)-w/2, 0), v.Width-w)
		row, ok := freeRow(taken, min(max(int(y/2), 0), len(lines)-1), len(lines), column, column+w, r.Name != "")
		if !ok {
			continue
		}
		taken[row] = append(taken[row], [2]int{column, column + w})
		patches[row] = append(patches[row], paint.Patch{Column: column, Text: text, Style: t.Label(massRatioStyle(t, share))})
	}
	for row, list := range patches {
		lines[row] = paint.Patched(lines[row], v.Width, list...)
	}
}

// outward is the peak of a region, moved two standard deviations away from the
// middle of the picture so that a label there leaves the peak to be seen. A named
// region reaches as far as it likes, and has its label in its middle.
func outward(r density.RegionTotals, v View) scenarios.Point {
	if r.Name != "" {
		return r.Middle
	}
	middle := v.Point(float64(v.Width)/2, float64(v.Height)/2)
	dx, dy := r.Peak.X-middle.X, r.Peak.Y-middle.Y
	d := math.Hypot(dx, dy)
	if d < v.scale*float64(v.Width)/10 {
		return r.Peak
	}
	away := 2 * math.Sqrt((r.VarX+r.VarY)/2) / d
	return scenarios.Point{X: r.Peak.X + away*dx, Y: r.Peak.Y + away*dy}
}

// freeRow is the row of a label that overlaps no other, or the one below or above if
// near will do.
func freeRow(taken map[int][][2]int, row, rows, from, to int, near bool) (int, bool) {
	for _, d := range []int{0, 1, -1} {
		if at := row + d; (d == 0 || near) && at >= 0 && at < rows && !overlaps(taken[at], from, to) {
			return at, true
		}
	}
	return 0, false
}

func overlaps(taken [][2]int, from, to int) bool {
	for _, c := range taken {
		if from <= c[1] && to >= c[0] {
			return true
		}
	}
	return false
}

// labelOutside writes at every side of a picture how many particles lie beyond the padded window
// there.
func labelOutside(lines []string, s density.Outside, t paint.Theme, width int) {
	write := func(n, row, column int, form string) {
		text := fmt.Sprintf(form, n)
		w := paint.Width(text)
		if n == 0 || w > width {
			return
		}
		column = min(max(column-w/2, 0), width-w)
		lines[row] = paint.Overlay(lines[row], column, text, t.Label(t.Alert), width)
	}
	write(s.Above, 0, width/2, "▲%d")
	write(s.Left, len(lines)/2, 0, "◀%d")
	write(s.Right, len(lines)/2, width, "%d▶")
	write(s.Below, len(lines)-1, width/2, "▼%d")
}
