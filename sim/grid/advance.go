package grid

import "undercurrent/scenarios"

// Advance moves points, which lie within bounds, by the bilinear value of a vector field at each,
//
//	p ← p + v(p), clamped to the bounds,
//
// and returns the number of those that were clamped. bounds lie within those of the grid. The bits are the
// same with any width of the vectors of a processor.
func (g Grid) Advance(points []scenarios.Point, field []Vector, bounds scenarios.Window) (clamped int) {
	_ = field[g.Len()-1]
	done, clamped := g.advanceInVectors(points, field, bounds)
	return clamped + g.advanceEach(points[done:], field, bounds)
}

// advanceEach is Advance without vectors.
func (g Grid) advanceEach(points []scenarios.Point, field []Vector, bounds scenarios.Window) (clamped int) {
	nx, x0, y0, inv := g.NX, g.X0, g.Y0, 1/g.Spacing
	for k := range points {
		p := &points[k]
		d := Gather(field, nx, (p.X-x0)*inv, (p.Y-y0)*inv)
		x, y := p.X+d.X, p.Y+d.Y
		if x < bounds.XMin || x > bounds.XMax || y < bounds.YMin || y > bounds.YMax {
			q, _ := Clamp(scenarios.Point{X: x, Y: y}, bounds)
			x, y = q.X, q.Y
			clamped++
		}
		p.X, p.Y = x, y
	}
	return clamped
}
