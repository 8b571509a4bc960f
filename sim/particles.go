package sim

import (
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// particles are the points of a flow and where they came from. Those of our own lie in the
// padded window. A frame of particles that something else moves may have some anywhere:
// points are then those in the padded window, the others are outside.
type particles struct {
	points []scenarios.Point
	// frame is what is watched, nil otherwise, and indices those of points in it, nil where
	// that is all of it.
	frame   []scenarios.Point
	indices []int32
	starts  []scenarios.Point // where each particle began, nil if unknown; shared with checkpoints, never written
	origins []uint16          // region each particle started in, nil if unknown
}

// take makes points the particles, all of which lie in the padded window.
func (c *particles) take(points []scenarios.Point) {
	c.points, c.frame, c.indices = points, nil, nil
}

// watch makes a frame the particles; it belongs to them from then on.
func (c *particles) watch(frame []scenarios.Point, bounds scenarios.Window) {
	c.frame = frame
	c.points, c.indices = density.Inside(frame, bounds)
}

// fit keeps the particles where they are but for another padded window.
func (c *particles) fit(bounds scenarios.Window) {
	if c.frame != nil {
		c.watch(c.frame, bounds)
		return
	}
	clampAll(c.points, bounds)
}

// watched reports whether something else moves the particles.
func (c *particles) watched() bool { return c.frame != nil }

// all are the particles, those outside included, in the order of the frame.
func (c *particles) all() []scenarios.Point {
	if c.watched() {
		return c.frame
	}
	return c.points
}

// outside is the number of particles beyond the padded window.
func (c *particles) outside() int { return len(c.all()) - len(c.points) }

// index is that of a point among all particles.
func (c *particles) index(point int) int {
	if c.indices == nil {
		return point
	}
	return int(c.indices[point])
}

// noRegion is the origin of a particle that began beyond the padded window.
const noRegion = math.MaxUint16

// findOrigins finds the regions in which the particles started.
func (c *particles) findOrigins(t *target.OnGrid) {
	if c.starts == nil {
		c.origins = nil
		return
	}
	c.origins = make([]uint16, len(c.starts))
	bounds := t.Grid.Bounds()
	for i, p := range c.starts {
		c.origins[i] = uint16(t.Regions.At(p))
		if _, out := grid.Clamp(p, bounds); out && c.watched() {
			c.origins[i] = noRegion
		}
	}
}

// count adds up the particles in each region, and those that went there from each, where
// their origins are known.
func (c *particles) count(regions *target.Regions, counts []int, transport [][]int) {
	for i, p := range c.points {
		k := regions.At(p)
		counts[k]++
		if c.origins == nil {
			continue
		}
		if from := c.origins[c.index(i)]; from != noRegion {
			transport[from][k]++
		}
	}
}

// Drained is a particle that was taken away.
type Drained struct {
	index     int
	at, start scenarios.Point
}

// drain takes the particles within radius of a place away, if keep others are left at
// least, and hands them out. It returns how many are or would be left.
func (c *particles) drain(at scenarios.Point, radius float64, keep int) (gone []Drained, left int) {
	var points, starts []scenarios.Point
	for i, p := range c.points {
		if math.Hypot(p.X-at.X, p.Y-at.Y) <= radius {
			gone = append(gone, Drained{i, p, c.starts[i]})
			continue
		}
		points, starts = append(points, p), append(starts, c.starts[i])
	}
	if len(points) < keep {
		return nil, len(points)
	}
	c.replace(points, starts)
	return gone, len(points)
}

// undrain puts drained particles back to where and among whom they were.
func (c *particles) undrain(gone []Drained) {
	n := len(c.points) + len(gone)
	points, starts := make([]scenarios.Point, 0, n), make([]scenarios.Point, 0, n)
	for kept := 0; len(points) < n; {
		if len(gone) > 0 && gone[0].index == len(points) {
			points, starts, gone = append(points, gone[0].at), append(starts, gone[0].start), gone[1:]
			continue
		}
		points, starts, kept = append(points, c.points[kept]), append(starts, c.starts[kept]), kept+1
	}
	c.replace(points, starts)
}

// pour adds particles that begin where they are.
func (c *particles) pour(fresh []scenarios.Point) {
	c.replace(append(c.points, fresh...), append(slices.Clip(c.starts), fresh...))
}

// unpour takes the last n particles away.
func (c *particles) unpour(n int) {
	keep := len(c.points) - n
	c.replace(c.points[:keep], c.starts[:keep])
}

// replace makes points with their starts the particles.
func (c *particles) replace(points, starts []scenarios.Point) {
	c.take(points)
	c.starts = starts
}
