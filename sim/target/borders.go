package target

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Steepest ascent over eight neighbours drifts off the gradient by up to 22°, which moves the
// borders of basins: their masses are then off by some percent. So the nodes near the borders are
// followed along the gradient between the nodes, until they are well inside a basin.

const (
	// borderBand is the distance in nodes from a border within which nodes are followed.
	borderBand = 2
	// ascentStep is the length of a step of the ascent, in units of the spacing.
	ascentStep = 0.5
	// maxAscent bounds the steps of an ascent.
	maxAscent = 2000
	// maxRounds bounds the repetitions for nodes next to those whose basin has changed.
	maxRounds = 20
)

// refineBorders assigns the nodes near the borders of basins to the peak that the gradient of the
// height leads to, and repeats that around the nodes that have changed.
func (b *basins) refineBorders(g grid.Grid) {
	for i := range b.up {
		b.up[i] = int32(b.root(i))
	}
	band := make([]bool, len(b.up))
	list := b.bandAround(g, band, func(i int) bool { return b.atBorder(g, i) })
	for range maxRounds {
		changed := map[int]bool{}
		roots := make([]int32, len(list))
		for k, i := range list {
			roots[k] = b.ascend(g, band, i)
		}
		for k, i := range list {
			if int(b.up[i]) != i && roots[k] != b.up[i] {
				b.up[i], changed[i] = roots[k], true
			}
		}
		if len(changed) == 0 {
			return
		}
		list = b.bandAround(g, band, func(i int) bool { return changed[i] })
	}
}

// atBorder reports whether a neighbour of a node is in another basin.
func (b *basins) atBorder(g grid.Grid, i int) bool {
	ix, iy := i%g.NX, i/g.NX
	return ix+1 < g.NX && b.up[i+1] != b.up[i] || ix > 0 && b.up[i-1] != b.up[i] ||
		iy+1 < g.NY && b.up[i+g.NX] != b.up[i] || iy > 0 && b.up[i-g.NX] != b.up[i]
}

// bandAround adds the nodes within borderBand of the selected ones to the band, and returns those
// that are new.
func (b *basins) bandAround(g grid.Grid, band []bool, selected func(i int) bool) (fresh []int) {
	for i := range b.up {
		if !selected(i) {
			continue
		}
		ix, iy := i%g.NX, i/g.NX
		for jy := max(iy-borderBand, 0); jy <= min(iy+borderBand, g.NY-1); jy++ {
			for jx := max(ix-borderBand, 0); jx <= min(ix+borderBand, g.NX-1); jx++ {
				if j := jy*g.NX + jx; !band[j] {
					band[j] = true
					fresh = append(fresh, j)
				}
			}
		}
	}
	return fresh
}

// ascend follows the gradient from a node until it is nearest to a node outside the band or to a
// peak, and returns the root of that node. Where the height is not finite, or the ascent ends at
// no peak, it is the root of the node where it ends.
func (b *basins) ascend(g grid.Grid, band []bool, i int) int32 {
	p, bounds := g.Node(i), g.Bounds()
	for range maxAscent {
		slope := b.slope(g, p)
		length := math.Sqrt(slope.Dot(slope))
		if !(length > 0) || math.IsInf(length, 1) {
			break
		}
		step := ascentStep * g.Spacing / length
		p, _ = grid.Clamp(scenarios.Point{X: p.X + step*slope.X, Y: p.Y + step*slope.Y}, bounds)
		if i = g.Nearest(p.X, p.Y); !band[i] || int(b.up[i]) == i {
			break
		}
	}
	return b.up[i]
}

// slope is the gradient of the height at a point: the bilinear value of the central differences
// at the four nodes around it.
func (b *basins) slope(g grid.Grid, p scenarios.Point) grid.Vector {
	p, _ = grid.Clamp(p, g.Bounds())
	u, v := (p.X-g.X0)/g.Spacing, (p.Y-g.Y0)/g.Spacing
	ix, iy := int(u), int(v)
	fx, fy := u-float64(ix), v-float64(iy)
	at := func(dx, dy int) grid.Vector { return g.Gradient(b.height, ix+dx, iy+dy) }
	lower := at(0, 0).Times(1 - fx).Plus(at(1, 0).Times(fx))
	upper := at(0, 1).Times(1 - fx).Plus(at(1, 1).Times(fx))
	return lower.Times(1 - fy).Plus(upper.Times(fy))
}
