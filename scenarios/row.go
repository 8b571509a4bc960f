package scenarios

import (
	"math"

	"undercurrent/internal/portable"
)

// RowTarget is a target that takes less for the nodes of a row than for each of them alone. LogDensityRow is as the
// function of this name says.
type RowTarget interface {
	Target
	LogDensityRow(dst []float64, x0, dx, y float64)
}

// LogDensityRow writes the log-density of a target at (x0 + i·dx, y) to dst[i]. For a
// Mixture it omits, block by block of the row, the components that are negligible there, and
// takes three exponentials per block for each of the others. The values agree with
// LogDensity to 1e-14 · max(1, |log p|). A RowTarget evaluates its rows itself.
func LogDensityRow(t Target, dst []float64, x0, dx, y float64) {
	if m, ok := t.(*Mixture); ok && len(m.parts) > 1 {
		m.row(mixtureRow{dst: dst, x0: x0, dx: dx, y: y})
		return
	}
	if r, ok := t.(RowTarget); ok {
		r.LogDensityRow(dst, x0, dx, y)
		return
	}
	for i := range dst {
		dst[i] = t.LogDensity(x0+float64(i)*dx, y)
	}
}

// row evaluates a row.
func (m *Mixture) row(r mixtureRow) {
	r.parts = append(make([]Normal, 0, 2*len(m.parts)), m.parts...)
	r.fill(0, len(r.dst), 0)
}

// mixtureRow is a row under evaluation. parts is a stack of components: those kept for a
// block of nodes lie above those kept for the enclosing block.
type mixtureRow struct {
	dst       []float64
	x0, dx, y float64
	parts     []Normal
}

const (
	// shortBlock is the number of nodes below which a block is not halved.
	shortBlock = 16
	// maxSpan bounds the range of the exponent of a term within a short block: 2·maxSpan
	// plus the negligible exponents stay within the range of a float64.
	maxSpan = 300
	// boundSlack bounds the relative rounding error of a bound.
	boundSlack = 1e-12
)

// fill evaluates the nodes from ≤ i < to with the components parts[bottom:]. It halves the
// block down to shortBlock nodes, or until one component is left.
func (r *mixtureRow) fill(from, to, bottom int) {
	top := len(r.parts)
	r.keep(from, to, r.parts[bottom:top])
	switch left := r.parts[top:]; {
	case len(left) == 1:
		for i := from; i < to; i++ {
			r.dst[i] = left[0].LogDensity(r.x(i), r.y)
		}
	case to-from <= shortBlock:
		r.short(from, to, left)
	default:
		middle := (from + to) / 2
		r.fill(from, middle, top)
		r.fill(middle, to, top)
	}
	r.parts = r.parts[:top]
}

// short evaluates a short block of nodes.
func (r *mixtureRow) short(from, to int, parts []Normal) {
	if r.sum(from, to, parts) {
		return
	}
	for i := from; i < to; i++ {
		r.dst[i] = logSum(parts, r.x(i), r.y)
	}
}

// sum evaluates a short block component by component. The exponent of a term is quadratic in
// the node, so that the quotients of successive terms have a constant quotient: each term
// follows from the previous one by two products. It returns false, and writes nothing, if an
// exponent spans maxSpan or more.
func (r *mixtureRow) sum(from, to int, parts []Normal) bool {
	first, last := r.x(from), r.x(to-1)
	top := math.Inf(-1)
	for k := range parts {
		p := &parts[k]
		a, b := p.LogDensity(first, r.y), p.LogDensity(last, r.y)
		highest := p.LogDensity(max(first, min(last, p.vertex(r.y))), r.y)
		if !(highest-min(a, b) < maxSpan) {
			return false
		}
		top = max(top, highest)
	}
	var sums [shortBlock]float64
	for k := range parts {
		p := &parts[k]
		z1, z2 := p.Whiten(first, r.y)
		slope, bend := -(z1*p.w11+z2*p.w21)*r.dx, -0.5*(p.w11*p.w11+p.w21*p.w21)*r.dx*r.dx
		term, quotient, change := portable.Exp(p.peak-0.5*(z1*z1+z2*z2)-top), portable.Exp(slope+bend), portable.Exp(2*bend)
		for i := range sums[:to-from] {
			sums[i] += term
			term, quotient = term*quotient, quotient*change
		}
	}
	for i := from; i < to; i++ {
		r.dst[i] = top + math.Log(sums[i-from])
	}
	return true
}

func (r *mixtureRow) x(i int) float64 { return r.x0 + float64(i)*r.dx }

// keep pushes, in order, the components that are not negligible at some node from ≤ i < to.
// The exponent of a component is a concave quadratic along the row: its minimum over the
// block is at an end, its maximum at the point nearest to its vertex. A component is
// negligible if its maximum is negligible relative to the minimum of another.
func (r *mixtureRow) keep(from, to int, parts []Normal) {
	first, last := r.x(from), r.x(to-1)
	floor := min(parts[0].LogDensity(first, r.y), parts[0].LogDensity(last, r.y))
	for k := range parts[1:] {
		floor = max(floor, min(parts[k+1].LogDensity(first, r.y), parts[k+1].LogDensity(last, r.y)))
	}
	floor += negligible - boundSlack*math.Abs(floor)
	for k := range parts {
		nearest := max(first, min(last, parts[k].vertex(r.y)))
		// A NaN bound omits nothing.
		if !(parts[k].LogDensity(nearest, r.y) < floor) {
			r.parts = append(r.parts, parts[k])
		}
	}
}
