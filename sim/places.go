package sim

import (
	"undercurrent/scenarios"
)

// A flow may also measure and drive places that are not its own: those of a
// sampler in training, or of another method on the same target.

// Place puts the particles at N other places, holds those outside of the padded
// window at its edge and returns how many.
func (f *Flow) Place(points []scenarios.Point) (held int) {
	mustMatch("points", len(points), len(f.points))
	copy(f.points, points)
	f.fresh = false
	return f.holdAll(f.points)
}

// Ahead writes where so many times the next step would put the first particles, as
// many as dst has room for, without taking it.
func (f *Flow) Ahead(dst []scenarios.Point, times float64) {
	f.evaluate()
	f.aim()
	g, inv := f.grid, 1/f.grid.Spacing
	for k := range dst {
		p := f.points[k]
		d := f.mover.at((p.X-g.X0)*inv, (p.Y-g.Y0)*inv)
		dst[k] = scenarios.Point{X: p.X + times*d.X, Y: p.Y + times*d.Y}
	}
}

// Evaluations is how often the target was evaluated to tabulate it: all that a
// flow asks of it, however long it goes on.
func (f *Flow) Evaluations() int { return f.target.Evaluations() }

// ReferenceAt is log ρ and its gradient at a point, where the drift in force has a
// reference that is a density of its own: the bilinear value of the nodes.
func (f *Flow) ReferenceAt(p scenarios.Point) (logRho, gx, gy float64) {
	return f.grid.LookUp(f.law.rho.log, p)
}

// TargetAt is log p of the target that the flow compares with, at its bandwidth, and
// its gradient at a point: the bilinear value of the nodes.
func (f *Flow) TargetAt(p scenarios.Point) (logP, gx, gy float64) {
	return f.target.LogPAt(p)
}
