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
func (b *basins) refineBorders(g grid.Grid, w *grid.Workers) {
	for i := range b.up {
		b.up[i] = int32(b.root(i))
	}
	a := newAscent(b, g, w)
	list := b.bandAround(g, a.band, func(i int) bool { return b.atBorder(g, i) })
	roots, changed := make([]int32, 0, len(list)), make([]bool, len(b.up))
	for range maxRounds {
		roots = append(roots[:0], make([]int32, len(list))...)
		w.Ranges(len(list), func(from, to int) {
			a.from(list[from:to], roots[from:to])
		})
		clear(changed)
		any := false
		for k, i := range list {
			if int(b.up[i]) != i && roots[k] != b.up[i] {
				b.up[i], changed[i], any = roots[k], true, true
			}
		}
		if !any {
			return
		}
		list = b.bandAround(g, a.band, func(i int) bool { return changed[i] })
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

// ascent follows the gradient of the height: the bilinear value of that at the nodes.
type ascent struct {
	basins *basins
	grid   grid.Grid
	slopes []grid.Vector
	band   []bool // the nodes near borders
	// Of the grid, in units of the spacing from the first node.
	bounds scenarios.Window
}

func newAscent(b *basins, g grid.Grid, w *grid.Workers) *ascent {
	a := &ascent{basins: b, grid: g, slopes: make([]grid.Vector, g.Len()), band: make([]bool, g.Len())}
	a.bounds = grid.Grid{Spacing: 1, NX: g.NX, NY: g.NY}.Bounds()
	w.Rows(g.NY, grid.OneByOne(func(iy int) {
		for ix := range g.NX {
			a.slopes[iy*g.NX+ix] = g.Gradient(b.height, ix, iy)
		}
	}))
	return a
}

// abreast is the number of ascents that are taken in turn: a processor overlaps steps that do not depend on each
// other, and those of one ascent do.
const abreast = 4

// climber is on its way up.
type climber struct {
	at    scenarios.Point
	node  int // nearest to it
	index int // of the node where it began
	steps int
}

// from writes the roots of the nodes that ascents from nodes lead to.
func (a *ascent) from(nodes []int, roots []int32) {
	var climbers [abreast]climber
	next, climbing := 0, 0
	start := func(c *climber) bool {
		if next == len(nodes) {
			return false
		}
		nx := a.grid.NX
		at, _ := grid.Clamp(scenarios.Point{X: float64(nodes[next] % nx), Y: float64(nodes[next] / nx)}, a.bounds)
		*c = climber{at: at, node: nodes[next], index: next}
		next++
		return true
	}
	for climbing < abreast && start(&climbers[climbing]) {
		climbing++
	}
	for climbing > 0 {
		for k := 0; k < climbing; {
			c := &climbers[k]
			if a.step(c) {
				k++
				continue
			}
			roots[c.index] = a.basins.up[c.node]
			if !start(c) {
				climbing--
				*c = climbers[climbing]
			}
		}
	}
}

// step follows the gradient, and reports whether it goes on: until it is nearest to a node outside the band or to a
// peak. Where the height is not finite, or the ascent ends at no peak, its root is that of the node where it ends.
func (a *ascent) step(c *climber) (on bool) {
	nx := a.grid.NX
	slope := grid.Gather(a.slopes, nx, c.at.X, c.at.Y)
	length := math.Sqrt(slope.Dot(slope))
	if !(length > 0 && length <= math.MaxFloat64) {
		return false
	}
	c.at, _ = grid.Clamp(scenarios.Point{X: c.at.X + ascentStep*slope.X/length, Y: c.at.Y + ascentStep*slope.Y/length}, a.bounds)
	c.node = int(c.at.Y+0.5)*nx + int(c.at.X+0.5)
	c.steps++
	return a.band[c.node] && int(a.basins.up[c.node]) != c.node && c.steps < maxAscent
}
