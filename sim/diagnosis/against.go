package diagnosis

import (
	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

// Against is a target on a grid, with the regions of draws of its two coordinates. Draws outside the padded
// window are in none.
func Against(on *target.OnGrid, x, y []float64) *Target {
	t := &Target{Regions: make([]int, len(x))}
	for _, r := range on.Regions.List {
		t.Names, t.Masses = append(t.Names, r.Name), append(t.Masses, min(max(r.Mass, 0), 1))
	}
	bounds := on.Grid.Bounds()
	for i := range x {
		p := scenarios.Point{X: x[i], Y: y[i]}
		if t.Regions[i] = -1; bounds.Contains(p) {
			t.Regions[i] = on.Regions.At(p)
		}
	}
	return t
}

// Among is Against where no target was given, and the regions are those of the density of all draws: their
// masses are the shares of all draws, so that chains are compared with each other alone.
func Among(on *target.OnGrid, x, y []float64) *Target {
	t := Against(on, x, y)
	clear(t.Masses)
	for _, k := range t.Regions {
		if k >= 0 {
			t.Masses[k] += 1 / float64(len(x))
		}
	}
	return t
}

// LogDensities are those of a target at draws of its two coordinates.
func LogDensities(t scenarios.Target, x, y []float64) []float64 {
	list := make([]float64, len(x))
	for i := range x {
		list[i] = t.LogDensity(x[i], y[i])
	}
	return list
}
