package scenarios

import "math"

// LogDensityRow writes the log-density of a target at (x0 + i·dx, y) to dst[i]. For a
// Mixture it leaves out, block by block of the row, the components that cannot matter
// there: a row costs what the components near to it cost. The values differ from
// LogDensity by what such components sum to at most, a rounding error.
func LogDensityRow(t Target, dst []float64, x0, dx, y float64) {
	if m, ok := t.(*Mixture); ok && len(m.parts) > 1 {
		r := mixtureRow{dst: dst, x0: x0, dx: dx, y: y, parts: make([]normal, 0, 2*len(m.parts))}
		r.parts = append(r.parts, m.parts...)
		r.fill(0, len(dst), 0)
		return
	}
	for i := range dst {
		dst[i] = t.LogDensity(x0+float64(i)*dx, y)
	}
}

// mixtureRow is a row under evaluation. parts is a stack of components: what is left of them
// in a block of nodes lies above what is left of them in the block around it.
type mixtureRow struct {
	dst       []float64
	x0, dx, y float64
	parts     []normal
}

const (
	// shortBlock is a number of nodes that is not halved any more.
	shortBlock = 16
	// boundSlack is by how much a bound may be off by rounding, relative to its size.
	boundSlack = 1e-12
)

// fill evaluates the nodes from ≤ i < to with the components that lie from bottom on. It
// halves the block for as long as that leaves out more of them.
func (r *mixtureRow) fill(from, to, bottom int) {
	top := len(r.parts)
	r.keep(from, to, r.parts[bottom:top])
	if left := r.parts[top:]; len(left) == 1 || to-from <= shortBlock {
		for i := from; i < to; i++ {
			r.dst[i] = logSum(left, r.x(i), r.y)
		}
	} else {
		middle := (from + to) / 2
		r.fill(from, middle, top)
		r.fill(middle, to, top)
	}
	r.parts = r.parts[:top]
}

func (r *mixtureRow) x(i int) float64 { return r.x0 + float64(i)*r.dx }

// keep puts on the stack, in their order, the components that may matter at one of
// the nodes from ≤ i < to. The exponent of each is a concave quadratic along the row: in
// the block it is at least what it is at one end, and at most what it is where the
// block comes nearest to its vertex. One that stays negligible beside what another
// reaches everywhere is negligible at every node.
func (r *mixtureRow) keep(from, to int, parts []normal) {
	first, last := r.x(from), r.x(to-1)
	floor := min(parts[0].logDensity(first, r.y), parts[0].logDensity(last, r.y))
	for k := range parts[1:] {
		floor = max(floor, min(parts[k+1].logDensity(first, r.y), parts[k+1].logDensity(last, r.y)))
	}
	floor += negligible - boundSlack*math.Abs(floor)
	for k := range parts {
		nearest := max(first, min(last, parts[k].vertex(r.y)))
		// A bound that is no number leaves nothing out.
		if !(parts[k].logDensity(nearest, r.y) < floor) {
			r.parts = append(r.parts, parts[k])
		}
	}
}
