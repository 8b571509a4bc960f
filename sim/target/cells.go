package target

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// elongation is the ratio of the standard deviations along the axes from which a distribution is cut
// along the longer one. Nearly round ones are cut along the preferred axis, so that a small change of
// the target does not turn the cells.
const elongation = 1.25

// cellTree divides a distribution into cells of equal mass: strips across one axis, and each strip
// along one of its own.
type cellTree struct {
	across cuts
	along  []cuts // of every strip
}

// newCellTree returns n cells: strips across x unless the distribution is elongated along y, each
// divided along the other axis unless it is elongated along the same.
func newCellTree(m nodeMasses, n int) cellTree {
	numbers := stripNumbers(n)
	t := cellTree{across: cuts{y: m.alongY(false)}}
	t.across.at = m.quantiles(t.across.y, numbers)
	for k, parts := range numbers {
		strip := m.strip(t.across, k)
		c := cuts{y: strip.alongY(!t.across.y)}
		c.at = strip.quantiles(c.y, slices.Repeat([]int{1}, parts))
		t.along = append(t.along, c)
	}
	return t
}

// stripNumbers returns the number of cells of every strip: of up to three strips, symmetric.
func stripNumbers(n int) []int {
	switch n {
	case 1:
		return []int{1}
	case 2:
		return []int{1, 1}
	}
	each, rest := n/3, n%3
	return []int{each + rest/2, each + rest%2, each + rest/2}
}

// index is that of the cell of a point.
func (t cellTree) index(p scenarios.Point) int {
	strip := t.across.index(p)
	first := 0
	for _, c := range t.along[:strip] {
		first += len(c.at) + 1
	}
	return first + t.along[strip].index(p)
}

// names are the places of the cells.
func (t cellTree) names() (list []string) {
	strips := t.across.sides()
	for k, c := range t.along {
		for _, part := range c.sides() {
			list = append(list, placeName(t.across.y, strips[k], c.y, part))
		}
	}
	return list
}

const middle = "middle"

// placeName is the name of a part of a strip, by the side of the strip and the side of the part in it;
// y reports whether these are along y. A side is empty where there is no other.
func placeName(acrossY bool, strip string, alongY bool, part string) string {
	vertical, horizontal := part, strip
	if acrossY {
		vertical, horizontal = strip, part
	}
	switch same := acrossY == alongY; {
	case strip == "" || part == "":
		return strip + part
	case !same && strip == part:
		return "centre"
	case !same:
		return vertical + " " + horizontal
	case strip == part:
		return map[string]string{"left": "far left", "right": "far right", "upper": "top", "lower": "bottom"}[strip]
	case strip == middle:
		return middle + " " + part
	}
	return strip
}

// cuts divide the plane along an axis: x, or y from the top down. A point on a cut belongs to the part
// before it.
type cuts struct {
	y  bool
	at []float64 // ascending coordinates
}

// coordinate is x or −y.
func (c cuts) coordinate(p scenarios.Point) float64 {
	if c.y {
		return -p.Y
	}
	return p.X
}

// index is that of the part of a point.
func (c cuts) index(p scenarios.Point) (k int) {
	for k < len(c.at) && c.coordinate(p) > c.at[k] {
		k++
	}
	return k
}

// sides are the names of the parts, at most three.
func (c cuts) sides() []string {
	first, last := "left", "right"
	if c.y {
		first, last = "upper", "lower"
	}
	return [][]string{{""}, {first, last}, {first, middle, last}}[len(c.at)]
}

// nodeMasses are masses at the nodes of a grid. That of a node is spread evenly over the square of one
// spacing around it.
type nodeMasses struct {
	grid grid.Grid
	of   []float64
}

// alongY reports whether to cut along y: as preferred, unless the distribution is elongated along the
// other axis.
func (m nodeMasses) alongY(preferred bool) bool {
	sx, sy := m.spread(false), m.spread(true)
	if preferred {
		return !(sx > elongation*sy)
	}
	return sy > elongation*sx
}

// spread is the standard deviation along an axis.
func (m nodeMasses) spread(y bool) float64 {
	masses := m.marginal(y)
	var total, mean, square float64
	for k, v := range masses {
		total, mean = total+v, mean+v*float64(k)
	}
	mean /= total
	for k, v := range masses {
		square += v * (float64(k) - mean) * (float64(k) - mean)
	}
	return math.Sqrt(square / total)
}

// marginal is the mass by column, or by row from the top down.
func (m nodeMasses) marginal(y bool) []float64 {
	if !y {
		sum := make([]float64, m.grid.NX)
		for iy := range m.grid.NY {
			floats.Add(sum, m.row(iy))
		}
		return sum
	}
	sum := make([]float64, m.grid.NY)
	for iy := range m.grid.NY {
		for _, v := range m.row(iy) {
			sum[m.grid.NY-1-iy] += v
		}
	}
	return sum
}

// row is the masses at the nodes of a row of the grid.
func (m nodeMasses) row(iy int) []float64 { return m.of[iy*m.grid.NX : (iy+1)*m.grid.NX] }

// quantiles returns the cuts that divide the mass in proportion to numbers.
func (m nodeMasses) quantiles(y bool, numbers []int) (at []float64) {
	masses, total, parts := m.marginal(y), 0.0, 0
	for _, v := range masses {
		total += v
	}
	for _, n := range numbers {
		parts += n
	}
	before, below, k := 0, 0.0, 0
	for _, n := range numbers[:len(numbers)-1] {
		before += n
		wanted := total * float64(before) / float64(parts)
		for ; below+masses[k] < wanted; k++ {
			below += masses[k]
		}
		at = append(at, m.edge(y, k)+m.grid.Spacing*(wanted-below)/masses[k])
	}
	return at
}

// edge is the coordinate at which the k-th column begins, or the k-th row from the top.
func (m nodeMasses) edge(y bool, k int) float64 {
	if y {
		return -m.grid.Y(m.grid.NY-1-k) - m.grid.Spacing/2
	}
	return m.grid.X(k) - m.grid.Spacing/2
}

// strip is the mass in the k-th part of cuts.
func (m nodeMasses) strip(c cuts, k int) nodeMasses {
	from, to := math.Inf(-1), math.Inf(1)
	if k > 0 {
		from = c.at[k-1]
	}
	if k < len(c.at) {
		to = c.at[k]
	}
	lines := m.grid.NX
	if c.y {
		lines = m.grid.NY
	}
	inside := make([]float64, lines) // by line, the length of its nodes that is in the strip
	for line := range inside {
		begin := m.edge(c.y, line)
		inside[line] = max(0, min(to, begin+m.grid.Spacing)-max(from, begin))
	}
	s := nodeMasses{m.grid, make([]float64, len(m.of))}
	for iy := range m.grid.NY {
		row := s.row(iy)
		for ix, v := range m.row(iy) {
			line := ix
			if c.y {
				line = m.grid.NY - 1 - iy
			}
			row[ix] = v * inside[line] / m.grid.Spacing
		}
	}
	return s
}
