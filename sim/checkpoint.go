package sim

import (
	"slices"

	"undercurrent/scenarios"
)

// Checkpoint is a copy of the particles and the progress of a flow.
type Checkpoint struct {
	Progress
	Points []scenarios.Point
	// Shares are those of the points of a frame in its mass, nil if all are equal; never modified.
	Shares []float64
	starts starts
	// ancestors are those of the particles, nil if each is its own.
	ancestors []int32
	reached   *arrivals
	watched   bool
}

// Ancestors is the number of particles whose ancestor the checkpoint has copied: none or all.
func (c Checkpoint) Ancestors() int { return len(c.ancestors) }

// Starts is the number of initial positions in memory that the checkpoint refers to, none before an edit.
func (c Checkpoint) Starts() int { return len(c.starts.list) }

// SharesStarts reports whether two checkpoints refer to the same initial positions in memory.
func (c Checkpoint) SharesStarts(other Checkpoint) bool {
	return c.starts.same(other.starts)
}

// Checkpoint returns a copy of the current particles and progress.
func (f *Flow) Checkpoint() Checkpoint {
	c := &f.particles
	return Checkpoint{f.progress, slices.Clone(c.all()), c.frame.Shares, c.starts, slices.Clone(c.ancestors), f.reached.at, c.watched()}
}

// Restore goes back to a checkpoint of the same flow. Steps from there are bit-identical to
// the earlier ones if the settings are the same.
func (f *Flow) Restore(from Checkpoint) {
	c, bounds := &f.particles, f.driven.grid.Bounds()
	if points := slices.Clone(from.Points); from.watched {
		c.watch(scenarios.Cloud{Points: points, Shares: from.Shares}, bounds)
	} else {
		clampAll(points, bounds)
		c.take(points)
	}
	c.ancestors, f.progress, f.reached.at = slices.Clone(from.ancestors), from.Progress, from.reached
	if !c.starts.same(from.starts) {
		c.starts = from.starts
		c.findOrigins(f.driven.target)
	}
	f.use()
	f.follow()
}

// Branch takes over the particles, their origins and the progress of another flow.
func (f *Flow) Branch(from *Flow) { f.Restore(from.Checkpoint()) }
