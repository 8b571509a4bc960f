package sim

import (
	"slices"

	"undercurrent/scenarios"
)

// Checkpoint is where the particles of a flow were and how far it had come.
type Checkpoint struct {
	Progress
	Points  []scenarios.Point
	starts  []scenarios.Point
	watched bool
}

// Checkpoint is a copy of the present.
func (f *Flow) Checkpoint() Checkpoint {
	c := &f.particles
	return Checkpoint{f.progress, slices.Clone(c.all()), c.starts, c.watched()}
}

// Restore goes back to a checkpoint of the same flow. Steps from there give the same bits
// as they did before, if what drives the flow is the same.
func (f *Flow) Restore(from Checkpoint) {
	c, bounds := &f.particles, f.driven.grid.Bounds()
	if points := slices.Clone(from.Points); from.watched {
		c.watch(points, bounds)
	} else {
		clampAll(points, bounds)
		c.take(points)
	}
	c.starts, f.progress = from.starts, from.Progress
	c.findOrigins(f.driven.target)
	f.use()
}

// Branch takes over the particles of another flow, with where they came from and how
// far they have come.
func (f *Flow) Branch(from *Flow) { f.Restore(from.Checkpoint()) }
