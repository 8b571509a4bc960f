package diagnosis

import (
	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

// Against is a target on a grid, with the regions of draws of its two coordinates. Draws outside the padded
// window are in none.
func Against(on *target.OnGrid, x, y []float64) *Target {
	t := regionsIn(on)
	t.Regions = make([]int, len(x))
	for i := range x {
		t.Regions[i] = regionAt(on, scenarios.Point{X: x[i], Y: y[i]})
	}
	return t
}

// regionsIn are the regions of a target, without draws.
func regionsIn(on *target.OnGrid) *Target {
	t := &Target{}
	for _, r := range on.Regions.List {
		t.Names, t.Masses = append(t.Names, r.Name), append(t.Masses, min(max(r.Mass, 0), 1))
	}
	return t
}

// regionAt is the region of a place, −1 outside the padded window.
func regionAt(on *target.OnGrid, p scenarios.Point) int {
	if !on.Grid.Bounds().Contains(p) {
		return -1
	}
	return on.Regions.At(p)
}

// fromDraws makes the masses the shares of all draws, so that chains are compared with each other alone.
func (t *Target) fromDraws() {
	clear(t.Masses)
	for _, k := range t.Regions {
		if k >= 0 {
			t.Masses[k] += 1 / float64(len(t.Regions))
		}
	}
}

// LogDensities are those of a target at draws of its two coordinates.
func LogDensities(t scenarios.Target, x, y []float64) []float64 {
	list := make([]float64, len(x))
	for i := range x {
		list[i] = t.LogDensity(x[i], y[i])
	}
	return list
}
