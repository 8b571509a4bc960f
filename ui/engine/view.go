package engine

import (
	"undercurrent/scenarios"
	"undercurrent/sim"
)

const (
	// worthSeeing is the density, relative to the peak, from which a place of the
	// target belongs in the picture.
	worthSeeing = 1e-4
	// margin is added around it, as a share of its size.
	margin = 0.06
)

// lookAt is the part of the window that holds the target: a window is as wide as
// the initial cloud needs, the picture only as wide as what it flows to.
func lookAt(f *sim.Flow) scenarios.Window {
	d := &sim.Fields{}
	f.Densities(d)
	top := 0.0
	for _, p := range d.P {
		top = max(top, p)
	}
	g := d.Grid
	w := scenarios.Window{XMin: g.X(g.NX - 1), XMax: g.X(0), YMin: g.Y(g.NY - 1), YMax: g.Y(0)}
	for i, p := range d.P {
		if p < worthSeeing*top {
			continue
		}
		x, y := g.X(i%g.NX), g.Y(i/g.NX)
		w.XMin, w.XMax = min(w.XMin, x), max(w.XMax, x)
		w.YMin, w.YMax = min(w.YMin, y), max(w.YMax, y)
	}
	whole, pad := f.Scenario().Window, margin*max(w.XMax-w.XMin, w.YMax-w.YMin)
	return scenarios.Window{
		XMin: max(w.XMin-pad, whole.XMin), XMax: min(w.XMax+pad, whole.XMax),
		YMin: max(w.YMin-pad, whole.YMin), YMax: min(w.YMax+pad, whole.YMax),
	}
}
