package grid

import "undercurrent/scenarios"

// SpreadChange adds to the sums at the nodes what the cloud-in-cell weights of points, which lie within bounds, change to
// first order if Advance moves them by a field: with dx their displacement, clamped to the bounds, and W the weight of a
// node,
//
//	sums[node] += dx·∇W(node),
//
// in units of spacing/scale, rounded towards 0, where no displacement times scale is 2⁵⁰ or more. bounds lie within those of
// the grid. Integers do not depend on the order
// of the points, and the bits are the same with any width of the vectors of a processor.
func (g Grid) SpreadChange(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64) {
	g.spreadChange(sums, points, field, bounds, scale, false)
}

// AdvanceWithChange is SpreadChange, and Advance with the same field, whose displacement of a point is computed once.
func (g Grid) AdvanceWithChange(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64) (clamped int) {
	return g.spreadChange(sums, points, field, bounds, scale, true)
}

func (g Grid) spreadChange(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64, move bool) (clamped int) {
	_, _ = sums[g.Len()-1], field[g.Len()-1]
	done, clamped := g.spreadChangeInVectors(sums, points, field, bounds, scale, move)
	g.spreadChangeOfEach(sums, points[done:], field, bounds, scale)
	if move {
		clamped += g.advanceEach(points[done:], field, bounds)
	}
	return clamped
}

// spreadChangeOfEach is SpreadChange without vectors.
func (g Grid) spreadChangeOfEach(sums []int64, points []scenarios.Point, field []Vector, bounds scenarios.Window, scale float64) {
	inv := 1 / g.Spacing
	for _, p := range points {
		u, v := (p.X-g.X0)*inv, (p.Y-g.Y0)*inv
		g.AddChange(sums, p, u, v, Gather(field, g.NX, u, v), bounds, scale)
	}
}

// AddChange is SpreadChange of a point at the position (u, v) in units of the spacing, given its displacement.
func (g Grid) AddChange(sums []int64, p scenarios.Point, u, v float64, displacement Vector, bounds scenarios.Window, scale float64) {
	end, _ := Clamp(scenarios.Point{X: p.X + displacement.X, Y: p.Y + displacement.Y}, bounds)
	dx, dy := (end.X-p.X)*scale, (end.Y-p.Y)*scale
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	i := iy*g.NX + ix
	lower, upper := sums[i:i+2:i+2], sums[i+g.NX:i+g.NX+2:i+g.NX+2]
	lower[0] -= int64(float64(dx*(1-fy)) + float64(dy*(1-fx)))
	lower[1] += int64(float64(dx*(1-fy)) - float64(dy*fx))
	upper[0] += int64(float64(dy*(1-fx)) - float64(dx*fy))
	upper[1] += int64(float64(dx*fy) + float64(dy*fx))
}
