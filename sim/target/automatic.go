package target

import (
	"cmp"
	"slices"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

const (
	// minBasins is the number of basins from which they are not divided further: fewer say little
	// about where mass is missing.
	minBasins = 4
	// cellsOfOne is the number of cells of a single basin, cellsEach that of each of several, on
	// average.
	cellsOfOne = 6
	cellsEach  = 3
)

// automatic returns the basins where there are at least four. Fewer are divided into cells, in
// proportion to their masses; the cells of a basin have equal masses of the smoothed target. Where the
// target is narrower than the grid's spacing, so that a cell has no node, it returns the basins.
func (t *OnGrid) automatic(w *grid.Workers) *Regions {
	whole := t.Basins(w)
	if len(whole.List) >= minBasins {
		return whole
	}
	p := t.cellsOf(whole)
	r := p.label(t.Grid, w)
	if slices.Contains(r.nodes(len(p.names)), 0) {
		return whole
	}
	r.fill(p, &t.Table)
	return r
}

// cellsOf divides the basins into cells.
func (t *OnGrid) cellsOf(basins *Regions) (p partition) {
	density := t.smoothed()
	trees, first := make([]cellTree, len(basins.List)), make([]int, len(basins.List))
	for k, n := range cellNumbers(basins.List) {
		mass := nodeMasses{t.Grid, make([]float64, t.Grid.Len())}
		for i, v := range density {
			if int(basins.Labels[i]) == k {
				mass.of[i] = v
			}
		}
		trees[k], first[k] = newCellTree(mass, n), len(p.names)
		for _, name := range trees[k].names() {
			p.names = append(p.names, cellName(k, len(basins.List), name))
		}
	}
	p.at = func(node int, at scenarios.Point) uint16 {
		k := basins.Labels[node]
		return uint16(first[k] + trees[k].index(at))
	}
	return p
}

// smoothed is the smoothed density at the nodes.
func (t *OnGrid) smoothed() []float64 {
	if t.Smoothing == Matched {
		return t.P
	}
	density := make([]float64, t.Grid.Len())
	for i, l := range t.LogSmooth {
		density[i] = portable.Exp(l)
	}
	return density
}

// cellNumbers returns the number of cells of every basin: at least one, and in proportion to the
// masses, what is left to the largest remainders.
func cellNumbers(basins []Region) []int {
	total := max(cellsOfOne, cellsEach*len(basins))
	numbers, order, left := make([]int, len(basins)), make([]int, len(basins)), total
	wanted := func(k int) float64 { return float64(total) * basins[k].Mass }
	for k := range basins {
		numbers[k], order[k] = max(1, int(wanted(k))), k
		left -= numbers[k]
	}
	remainder := func(k int) float64 { return wanted(k) - float64(numbers[k]) }
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(remainder(j), remainder(i)) })
	for _, k := range order[:max(left, 0)] {
		numbers[k]++
	}
	return numbers
}

// cellName is the name of a cell of the k-th of n basins, which have letters.
func cellName(k, n int, place string) string {
	letter := string(rune('A' + k))
	switch {
	case n == 1:
		return place
	case place == "":
		return letter
	}
	return letter + " " + place
}
