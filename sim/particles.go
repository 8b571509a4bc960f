package sim

import (
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// particles are the points of a flow with their origins. Particles moved by the flow lie in
// the padded window. Those of a watched frame may lie anywhere: points are then the ones in
// the padded window.
type particles struct {
	points []scenarios.Point
	// frame is the watched frame, without points otherwise, within what of it is in the padded window, and
	// indices are the indices of points in it, nil if points is the whole frame.
	frame   scenarios.Cloud
	within  density.Contents
	indices []int32
	starts  starts // shared with checkpoints
	// tracked reports whether origins are wanted, those of starts on the current target.
	tracked bool
	origins origins
	// ancestors are the particles that the current ones descend from by copying, nil if each is its
	// own; see ancestry.go.
	ancestors []int32
}

// take sets the particles to points, all of which lie in the padded window.
func (c *particles) take(points []scenarios.Point) {
	c.points, c.frame, c.within, c.indices = points, scenarios.Cloud{}, density.Contents{}, nil
}

// watch sets the particles to a watched frame and keeps its slices.
func (c *particles) watch(frame scenarios.Cloud, bounds scenarios.Window) {
	c.frame = frame
	c.within, c.indices = density.ContentsOf(frame, bounds)
	c.points = c.within.Points
}

// contents are the particles as the points of a density.
func (c *particles) contents() density.Contents {
	if c.watched() {
		return c.within
	}
	return density.AllEqual(c.points, len(c.points))
}

// fit adapts the particles to another padded window.
func (c *particles) fit(bounds scenarios.Window) {
	if c.watched() {
		c.watch(c.frame, bounds)
		return
	}
	clampAll(c.points, bounds)
}

// watched reports whether the particles are those of a watched frame.
func (c *particles) watched() bool { return c.frame.Points != nil }

// all returns all particles, including those outside, in the order of the frame.
func (c *particles) all() []scenarios.Point {
	if c.watched() {
		return c.frame.Points
	}
	return c.points
}

// outside is the number of particles beyond the padded window.
func (c *particles) outside() int { return len(c.all()) - len(c.points) }

// index returns the index of a point among all particles.
func (c *particles) index(point int) int {
	if c.indices == nil {
		return point
	}
	return int(c.indices[point])
}

// track finds the regions in which the particles started, now and whenever particles or target are others.
func (c *particles) track(t *target.OnGrid) {
	if !c.tracked {
		c.tracked = true
		c.findOrigins(t)
	}
}

// findOrigins finds the regions in which the particles started, if they are wanted.
func (c *particles) findOrigins(t *target.OnGrid) {
	if !c.tracked || !c.starts.known() {
		c.origins = origins{}
		return
	}
	c.findOriginsOf(c.starts.points(), t)
}

// findOriginsOf is findOrigins with the points of starts. A watched particle that started outside the padded window
// has none.
func (c *particles) findOriginsOf(starts []scenarios.Point, t *target.OnGrid) {
	c.origins = newOrigins(len(starts), len(t.Regions.List), c.origins)
	bounds := t.Grid.Bounds()
	for i, p := range starts {
		region := t.Regions.At(p)
		if _, out := grid.Clamp(p, bounds); out && c.watched() {
			region = inNone
		}
		c.origins.set(i, region)
	}
}

// Drained is a removed particle.
type Drained struct {
	index     int
	at, start scenarios.Point
	copied    bool
}

// drain removes the particles within radius of a point if at least keep others remain, and
// returns them with the number of the remaining ones.
func (c *particles) drain(at scenarios.Point, radius float64, keep int) (gone []Drained, left int) {
	all, copies := c.settled()
	var points, starts []scenarios.Point
	var copied []bool
	for i, p := range c.points {
		if math.Hypot(p.X-at.X, p.Y-at.Y) <= radius {
			gone = append(gone, Drained{i, p, all[i], copies[i]})
			continue
		}
		points, starts, copied = append(points, p), append(starts, all[i]), append(copied, copies[i])
	}
	if len(points) < keep {
		return nil, len(points)
	}
	c.replace(points, starts, copied)
	return gone, len(points)
}

// undrain restores drained particles at their positions and indices.
func (c *particles) undrain(gone []Drained) {
	n := len(c.points) + len(gone)
	all, copies := c.settled()
	points, starts, copied := make([]scenarios.Point, 0, n), make([]scenarios.Point, 0, n), make([]bool, 0, n)
	add := func(at, start scenarios.Point, copy bool) {
		points, starts, copied = append(points, at), append(starts, start), append(copied, copy)
	}
	for kept := 0; len(points) < n; {
		if len(gone) > 0 && gone[0].index == len(points) {
			add(gone[0].at, gone[0].start, gone[0].copied)
			gone = gone[1:]
			continue
		}
		add(c.points[kept], all[kept], copies[kept])
		kept++
	}
	c.replace(points, starts, copied)
}

// pour appends particles; their start is their position.
func (c *particles) pour(fresh []scenarios.Point) {
	starts, copied := c.settled()
	c.replace(append(c.points, fresh...), append(slices.Clip(starts), fresh...), append(copied, make([]bool, len(fresh))...))
}

// unpour removes the last n particles.
func (c *particles) unpour(n int) {
	keep := len(c.points) - n
	starts, copied := c.settled()
	c.replace(c.points[:keep], starts[:keep], copied[:keep])
}

// replace sets the particles, their starts, and which of them have arrived by copying.
func (c *particles) replace(points, list []scenarios.Point, copied []bool) {
	c.take(points)
	c.starts, c.ancestors = starts{list: list}, settledAncestors(copied)
}

// begin sets the particles to the points of an initial cloud.
func (c *particles) begin(points []scenarios.Point, cloud *initialCloud, t *target.OnGrid) {
	c.take(points)
	c.starts, c.ancestors = starts{cloud: cloud}, nil
	if c.tracked {
		c.findOriginsOf(points, t)
	}
}
