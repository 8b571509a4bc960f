package session

import (
	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

const (
	// minRelativeDensity is the lowest density, relative to the peak, that the view contains.
	minRelativeDensity = 1e-4
	// maxOutside is the share of the target that may lie beyond each side of the view: long
	// tails of low density may have more.
	maxOutside = 2e-4
	// margin is added around it, relative to its size.
	margin = 0.06
)

// viewOf is the part of the whole window that contains the target: the window also has room
// for the initial cloud.
func viewOf(on *target.OnGrid, whole scenarios.Window) scenarios.Window {
	top := 0.0
	for _, p := range on.P {
		top = max(top, p)
	}
	g := on.Grid
	columns, rows := make([]float64, g.NX), make([]float64, g.NY)
	for i, p := range on.P {
		columns[i%g.NX] += p
		rows[i/g.NX] += p
	}
	left, right := rangeOf(columns)
	low, high := rangeOf(rows)
	w := scenarios.Window{XMin: g.X(left), XMax: g.X(right), YMin: g.Y(low), YMax: g.Y(high)}
	for i, p := range on.P {
		if p < minRelativeDensity*top {
			continue
		}
		x, y := g.X(i%g.NX), g.Y(i/g.NX)
		w.XMin, w.XMax = min(w.XMin, x), max(w.XMax, x)
		w.YMin, w.YMax = min(w.YMin, y), max(w.YMax, y)
	}
	pad := margin * max(w.XMax-w.XMin, w.YMax-w.YMin)
	return scenarios.Window{
		XMin: max(w.XMin-pad, whole.XMin), XMax: min(w.XMax+pad, whole.XMax),
		YMin: max(w.YMin-pad, whole.YMin), YMax: min(w.YMax+pad, whole.YMax),
	}
}

// rangeOf is the range of masses that leaves out at most the share maxOutside at either end.
func rangeOf(masses []float64) (first, last int) {
	total := 0.0
	for _, m := range masses {
		total += m
	}
	last = len(masses) - 1
	for out := masses[first]; first < last && out <= maxOutside*total; out += masses[first] {
		first++
	}
	for out := masses[last]; last > first && out <= maxOutside*total; out += masses[last] {
		last--
	}
	return first, last
}
