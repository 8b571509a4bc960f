package sim

import (
	"math/rand/v2"

	"undercurrent/scenarios"
)

// initialCloud is the initial cloud of a flow, a function of its fields.
type initialCloud struct {
	sampler scenarios.Sampler
	seed    uint64
	n       int
	bounds  scenarios.Window // points outside are moved to its edge
}

// draw returns the points, the same ones at every call, and the number of those that were outside.
func (c *initialCloud) draw() (points []scenarios.Point, outside int) {
	points = make([]scenarios.Point, c.n)
	c.sampler.Sample(points, rand.New(rand.NewPCG(c.seed, 0)))
	return points, clampAll(points, c.bounds)
}

// starts are the initial positions of particles; the zero value says that they are unknown. Those of an
// initial cloud take no memory: they are drawn again for the few tasks that read them.
type starts struct {
	cloud *initialCloud
	list  []scenarios.Point // without a cloud; never modified
}

// known reports whether there are any.
func (s starts) known() bool { return s.cloud != nil || s.list != nil }

// points are the positions, which must not be modified.
func (s starts) points() []scenarios.Point {
	if s.cloud != nil {
		points, _ := s.cloud.draw()
		return points
	}
	return s.list
}

// same reports whether two are one cloud or one list, not only equal.
func (s starts) same(other starts) bool {
	return s.cloud == other.cloud && len(s.list) == len(other.list) && (len(s.list) == 0 || &s.list[0] == &other.list[0])
}
