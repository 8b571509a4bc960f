package target

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Search describes a search for mass outside the window.
type Search struct {
	// Doublings is how often the window was doubled; Reach is the distance from its centre to
	// the edges of the last one along the longer side.
	Doublings int
	Reach     float64
	// Spacing is the distance of the nodes in the last ring, where it is largest, before
	// refinement.
	Spacing float64
	// Last is the share of the mass in the last ring.
	Last float64
	// Growing reports whether the rings did not lose mass outwards: the target may have no
	// finite integral.
	Growing bool
	// Undefined reports whether the target has no value, or an infinite one, somewhere
	// outside. It counts as zero there.
	Undefined bool
}

const (
	// minDoublings is the number of doublings of every search: to 32 windows on either side.
	minDoublings = 6
	// maxDoublings ends the search of a heavy tail, a million windows away.
	maxDoublings = 20
	// quietRings is the number of successive rings with a negligible share that end a search.
	quietRings      = 3
	negligibleShare = 1e-6
	// minDecay is the factor from ring to ring above which mass counts as growing. A density
	// that falls like r^−2, the slowest that is not integrable, has the factor 1.
	minDecay = 0.95
	// maxBlock is the largest number of cells along a side of a block; a ring has 12 blocks.
	maxBlock = 20
)

// searchedOutside integrates the target over rings around the grid: each window is twice the
// last one, about the same centre.
func searchedOutside(s scenarios.Scenario, g grid.Grid, logZ float64, w *grid.Workers) OutsideMass {
	fine := g.Fine()
	// The sum of LogZ covers half a cell beyond the outermost fine nodes.
	width, height := fine.Spacing*float64(fine.NX), fine.Spacing*float64(fine.NY)
	c := cubature{target: s.Target, workers: w, logTotal: logZ}
	centre := scenarios.Point{X: fine.X(0) + fine.Spacing*float64(fine.NX-1)/2, Y: fine.Y(0) + fine.Spacing*float64(fine.NY-1)/2}
	logOutside, before, quiet := math.Inf(-1), math.Inf(-1), 0
	search := Search{}
	for k := 1; k <= maxDoublings && (k <= minDoublings || quiet < quietRings); k++ {
		scale := math.Ldexp(1, k)
		cells, spacing := ring(centre, scale*width, scale*height, s.Bandwidth)
		added := c.integrate(cells)
		logOutside, c.logTotal = logAdd(logOutside, added), logAdd(c.logTotal, added)
		search.Doublings, search.Reach, search.Spacing = k, scale*max(width, height)/2, spacing
		search.Last = portable.Exp(added - c.logTotal)
		search.Growing = search.Last > negligibleShare && added-before > math.Log(minDecay)
		if before = added; search.Last > negligibleShare {
			quiet = 0
		} else {
			quiet++
		}
	}
	search.Undefined = c.undefined
	return OutsideMass{Mass: portable.Exp(logOutside - c.logTotal), How: Searched, Search: search}
}

// ring returns the cells between a rectangle about a centre and the one of half its sides: a
// quarter of a side is a block, and a block has so many cells that their nodes are a
// bandwidth apart, or as many as are allowed. The spacing is the larger one of their nodes.
func ring(centre scenarios.Point, width, height, bandwidth float64) (cells []*cell, spacing float64) {
	const blocks = 4
	across := func(side float64) int {
		return int(max(2, min(math.Ceil(side/blocks/(2*bandwidth)), maxBlock)))
	}
	nx, ny := across(width), across(height)
	half := scenarios.Point{X: width / float64(2*blocks*nx), Y: height / float64(2*blocks*ny)}
	for j := range blocks * ny {
		for i := range blocks * nx {
			if i >= nx && i < (blocks-1)*nx && j >= ny && j < (blocks-1)*ny {
				continue
			}
			at := scenarios.Point{X: centre.X - width/2 + float64(2*i+1)*half.X, Y: centre.Y - height/2 + float64(2*j+1)*half.Y}
			cells = append(cells, &cell{centre: at, half: half})
		}
	}
	return cells, max(half.X, half.Y)
}

// String says how far the search went and what it may have missed.
func (s Search) String() string {
	text := fmt.Sprintf("searched to ±%.3g at a spacing of up to %.2g: narrower features may be missed there", s.Reach, s.Spacing)
	windows := math.Ldexp(1, s.Doublings)
	switch {
	case s.Growing:
		text = fmt.Sprintf("the mass of the target keeps growing outwards: not integrable within %.0f windows", windows)
	case s.Last > negligibleShare:
		text = fmt.Sprintf("a heavy tail: searched to %.0f windows, where the last doubling still adds %s", windows, percent(s.Last))
	}
	if s.Undefined {
		text += "; where the target has no finite value outside, it counts as 0"
	}
	return text
}
