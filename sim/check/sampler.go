package check

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/stat/distuv"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

const (
	// The sampler is compared by counts in cells with at least minExpected of samplerDraws each,
	// by a χ² test that a correct sampler fails with probability 10⁻⁴.
	samplerDraws = 100_000
	samplerCells = 24
	minExpected  = 20
	minP         = 1e-4
)

// sampler compares draws with the density, cell by cell.
func (c *checker) sampler(t *target.OnGrid) {
	const quantity = "exact sampler against density (χ² p-value)"
	if c.scenario.Truth.Sampler == nil {
		c.without(c.scenario.ID, "sampler", quantity, "no exact sampler")
		return
	}
	fine := t.Grid.Fine()
	cell := func(p scenarios.Point) int { return samplerCell(fine, fine.Nearest(p.X, p.Y)) }
	expected, found := c.cellMasses(fine, t.LogZ), make([]float64, samplerCells*samplerCells)
	points := make([]scenarios.Point, samplerDraws)
	c.scenario.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(1, 1)))
	for _, p := range points {
		found[cell(p)]++
	}
	p := chiSquared(found, expected)
	c.add(c.scenario.ID, "sampler", quantity, "≥ 1e-4", p >= minP, p)
}

// cellMasses are the target masses of the cells: of a mixture in closed form, otherwise by two
// Gauss points along each axis of the square around a node.
func (c *checker) cellMasses(fine grid.Grid, logZ float64) []float64 {
	masses := make([]float64, samplerCells*samplerCells)
	if m, ok := c.scenario.Target.(*scenarios.Mixture); ok {
		for k := range masses {
			masses[k] = (1 - m.MassOutside(samplerWindow(fine, k))) / portable.Exp(logZ)
		}
		return masses
	}
	gauss := fine.Spacing / (2 * math.Sqrt(3))
	for k := range fine.Len() {
		x, y, sum := fine.X(k%fine.NX), fine.Y(k/fine.NX), 0.0
		for _, dx := range []float64{-gauss, gauss} {
			for _, dy := range []float64{-gauss, gauss} {
				sum += portable.Exp(c.scenario.Target.LogDensity(x+dx, y+dy) - logZ)
			}
		}
		masses[samplerCell(fine, k)] += sum * fine.Area() / 4
	}
	return masses
}

// samplerWindow is the rectangle of a cell, the squares around its nodes. Those at the border
// extend beyond it, where draws count at the nearest node.
func samplerWindow(g grid.Grid, cell int) scenarios.Window {
	edge := func(k, n int, first float64) float64 {
		switch k {
		case 0:
			return math.Inf(-1)
		case samplerCells:
			return math.Inf(1)
		}
		// The first node whose cell is k.
		node := (k*n + samplerCells - 1) / samplerCells
		return first + (float64(node)-0.5)*g.Spacing
	}
	ix, iy := cell%samplerCells, cell/samplerCells
	return scenarios.Window{XMin: edge(ix, g.NX, g.X0), XMax: edge(ix+1, g.NX, g.X0), YMin: edge(iy, g.NY, g.Y0), YMax: edge(iy+1, g.NY, g.Y0)}
}

// samplerCell is the index of the cell of a node.
func samplerCell(g grid.Grid, node int) int {
	return (node/g.NX)*samplerCells/g.NY*samplerCells + (node%g.NX)*samplerCells/g.NX
}

// chiSquared is the p-value of counts given expected probabilities; cells with an expected count
// below minExpected are merged.
func chiSquared(found, expected []float64) float64 {
	n := 0.0
	for _, k := range found {
		n += k
	}
	rest, restFound, sum, cells := 0.0, 0.0, 0.0, 0.0
	for i, e := range expected {
		e *= n
		if e < minExpected {
			rest, restFound = rest+e, restFound+found[i]
			continue
		}
		sum += (found[i] - e) * (found[i] - e) / e
		cells++
	}
	if rest >= minExpected {
		sum += (restFound - rest) * (restFound - rest) / rest
		cells++
	}
	return distuv.ChiSquared{K: max(cells-1, 1)}.Survival(sum)
}
