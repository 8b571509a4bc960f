package sim

import (
	"slices"

	"undercurrent/scenarios"
)

// A particle that takes the place of another one has the start of its source. The starts are shared
// with checkpoints, so that ancestors says whose start it is:
//
//	a ≥ 0    it has the start of the a-th, and has been copied unless a is its own index;
//	a < 0    it has been copied, and its start has been written at the index ^a.
//
// An edit adds and removes particles, and with them indices: before it, every start is written at
// the index of its particle.

// ancestor returns the index in starts of a particle's start.
func (c *particles) ancestor(i int) int {
	if c.ancestors == nil {
		return i
	}
	if a := c.ancestors[i]; a < 0 {
		return int(^a)
	}
	return int(c.ancestors[i])
}

// copied reports whether a particle has arrived by copying.
func (c *particles) copied(i int) bool { return c.ancestors != nil && c.ancestors[i] != int32(i) }

// copy makes a particle a descendant of another one.
func (c *particles) copy(to, from int) {
	if c.ancestors == nil {
		c.ancestors = make([]int32, len(c.points))
		for i := range c.ancestors {
			c.ancestors[i] = int32(i)
		}
	}
	c.ancestors[to] = c.ancestors[from]
}

// settled returns the start of every particle, and whether it has been copied. Without copies the
// starts may be the shared ones.
func (c *particles) settled() (starts []scenarios.Point, copied []bool) {
	all := c.starts.points()
	copied = make([]bool, len(c.points))
	if c.ancestors == nil {
		return all, copied
	}
	starts = make([]scenarios.Point, len(c.points))
	for i := range starts {
		starts[i], copied[i] = all[c.ancestor(i)], c.copied(i)
	}
	return starts, copied
}

// settledAncestors are the ancestors of particles whose starts are at their own indices.
func settledAncestors(copied []bool) []int32 {
	if !slices.Contains(copied, true) {
		return nil
	}
	ancestors := make([]int32, len(copied))
	for i, c := range copied {
		if ancestors[i] = int32(i); c {
			ancestors[i] = ^int32(i)
		}
	}
	return ancestors
}
