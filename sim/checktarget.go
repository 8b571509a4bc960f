package sim

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

const (
	scorePoints    = 400
	scoreTolerance = 1e-5
	zTolerance     = 1e-4
	// outsideTolerance is the target mass that may lie beyond the window.
	outsideTolerance = 1e-3
	// widened is how much wider the window is made to look for mass outside of it.
	widened = 1.5
	// The sampler is compared in cells: at least leastExpected of samplerDraws in
	// each, with a χ² test that a right sampler fails once in ten thousand scenarios.
	samplerDraws  = 100_000
	samplerCells  = 24
	leastExpected = 20
	leastP        = 1e-4
)

// target examines the scenario itself.
func (c *checker) target() error {
	settings := DefaultSettings(c.scenario, divergences.SpecOf(divergences.Of(divergences.ReverseKL{})))
	settings.Particles = checkParticles
	f, err := newOn(&c.known, c.scenario, settings)
	if err != nil {
		return err
	}
	c.basins = f.target.Basins().List
	id := c.scenario.ID
	e := c.scoreError(f)
	c.add(id, "score", "score against finite differences", "≤ 1e-5 relative", e <= scoreTolerance, e)
	gauss := c.logZByGauss(f.grid)
	c.add(id, "log-z", "log Z by trapezoids and by Gauss–Legendre", "differ by ≤ 1e-4", math.Abs(f.LogZ()-gauss) <= zTolerance, f.LogZ(), gauss)
	if known := c.scenario.Truth.LogZ; !math.IsNaN(known) {
		c.add(id, "known-log-z", "log Z by trapezoids and known", "differ by ≤ 1e-3", math.Abs(f.LogZ()-known) <= 1e-3, f.LogZ(), known)
	}
	outside, err := c.massOutside(f)
	if err != nil {
		return err
	}
	c.add(id, "outside", "target mass outside the window", "≤ 0.1 %", outside <= outsideTolerance, outside)
	c.sampler(f)
	c.regions(f)
	return nil
}

// scoreError is the largest relative difference between score and finite differences
// of the log-density, at the start and at the peaks' surroundings.
func (c *checker) scoreError(f *Flow) float64 {
	rng := rand.New(rand.NewPCG(1, 0))
	h, worst := f.settings.Bandwidth, 0.0
	t := c.scenario.Target
	for k := range scorePoints {
		p := f.points[k%len(f.points)]
		if k%2 == 1 {
			at := c.basins[k%len(c.basins)].Peak
			p = scenarios.Point{X: at.X + 2*h*rng.NormFloat64(), Y: at.Y + 2*h*rng.NormFloat64()}
		}
		gx, gy := t.Score(p.X, p.Y)
		d := 1e-3 * h
		dx := difference(func(u float64) float64 { return t.LogDensity(p.X+u, p.Y) }, d)
		dy := difference(func(u float64) float64 { return t.LogDensity(p.X, p.Y+u) }, d)
		worst = max(worst, math.Hypot(gx-dx, gy-dy)/(1/h+math.Hypot(gx, gy)))
	}
	return worst
}

// difference is the derivative at 0, of fourth order.
func difference(f func(u float64) float64, d float64) float64 {
	return (8*(f(d)-f(-d)) - (f(2*d) - f(-2*d))) / (12 * d)
}

// gaussPoints of a Gauss–Legendre rule in each panel, about a node for a node.
const gaussPoints = 6

// logZByGauss integrates over the same rectangle as the grid's trapezoids by a rule
// that shares no node with it.
func (c *checker) logZByGauss(g grid.Grid) float64 {
	// The trapezoids reach half a fine cell beyond the nodes, over fineGrid.
	fine := g.Fine()
	half := fine.Spacing / 2
	xs, wx := gaussNodes(fine.X(0)-half, fine.X(fine.NX-1)+half, fine.NX)
	ys, wy := gaussNodes(fine.Y(0)-half, fine.Y(fine.NY-1)+half, fine.NY)
	top := math.Inf(-1)
	for iy := 0; iy < len(ys); iy += gaussPoints {
		for ix := 0; ix < len(xs); ix += gaussPoints {
			top = max(top, c.scenario.Target.LogDensity(xs[ix], ys[iy]))
		}
	}
	sum := 0.0
	for iy, y := range ys {
		for ix, x := range xs {
			sum += wx[ix] * wy[iy] * math.Exp(c.scenario.Target.LogDensity(x, y)-top)
		}
	}
	return math.Log(sum) + top
}

// gaussNodes is a composite rule with about n nodes.
func gaussNodes(lo, hi float64, n int) (x, weight []float64) {
	panels := (n + gaussPoints - 1) / gaussPoints
	width := (hi - lo) / float64(panels)
	for k := range panels {
		px, pw := make([]float64, gaussPoints), make([]float64, gaussPoints)
		quad.Legendre{}.FixedLocations(px, pw, lo+float64(k)*width, lo+float64(k+1)*width)
		x, weight = append(x, px...), append(weight, pw...)
	}
	return x, weight
}

// massOutside is the share of the target that the padded window leaves out, found
// by widening it.
func (c *checker) massOutside(f *Flow) (float64, error) {
	w := c.scenario.Window
	mx, my := (w.XMax-w.XMin)*(widened-1)/2, (w.YMax-w.YMin)*(widened-1)/2
	wide := scenarios.Window{XMin: w.XMin - mx, XMax: w.XMax + mx, YMin: w.YMin - my, YMax: w.YMax + my}
	h := f.settings.Bandwidth
	g, err := grid.New(wide, h, 0)
	for err != nil && h < 64*f.settings.Bandwidth {
		h *= 2
		g, err = grid.New(wide, h, 0)
	}
	if err != nil {
		return 0, err
	}
	logZ, err := target.LogZ(c.scenario, g, f.workers)
	if err != nil {
		return 0, err
	}
	return max(0, -math.Expm1(f.LogZ()-logZ)), nil
}

// sampler compares draws with the density, cell by cell.
func (c *checker) sampler(f *Flow) {
	const quantity = "exact sampler against density (χ² p-value)"
	if c.scenario.Truth.Sampler == nil {
		c.without(c.scenario.ID, "sampler", quantity, "no exact sampler")
		return
	}
	fine := f.grid.Fine()
	cell := func(p scenarios.Point) int { return samplerCell(fine, fine.Nearest(p.X, p.Y)) }
	expected, found := make([]float64, samplerCells*samplerCells), make([]float64, samplerCells*samplerCells)
	// Two Gauss points along each side of the square around a node.
	gauss := fine.Spacing / (2 * math.Sqrt(3))
	for k := range fine.Len() {
		x, y, sum := fine.X(k%fine.NX), fine.Y(k/fine.NX), 0.0
		for _, dx := range []float64{-gauss, gauss} {
			for _, dy := range []float64{-gauss, gauss} {
				sum += math.Exp(c.scenario.Target.LogDensity(x+dx, y+dy) - f.LogZ())
			}
		}
		expected[samplerCell(fine, k)] += sum * fine.Area() / 4
	}
	points := make([]scenarios.Point, samplerDraws)
	c.scenario.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(1, 1)))
	for _, p := range points {
		found[cell(p)]++
	}
	p := chiSquared(found, expected)
	c.add(c.scenario.ID, "sampler", quantity, "≥ 1e-4", p >= leastP, p)
}

// samplerCell is the block of nodes that a node belongs to.
func samplerCell(g grid.Grid, node int) int {
	return (node/g.NX)*samplerCells/g.NY*samplerCells + (node%g.NX)*samplerCells/g.NX
}

// chiSquared is the p-value of counts under expected shares; cells with little
// expected are taken together.
func chiSquared(found, expected []float64) float64 {
	n := 0.0
	for _, k := range found {
		n += k
	}
	rest, restFound, sum, cells := 0.0, 0.0, 0.0, 0.0
	for i, e := range expected {
		e *= n
		if e < leastExpected {
			rest, restFound = rest+e, restFound+found[i]
			continue
		}
		sum += (found[i] - e) * (found[i] - e) / e
		cells++
	}
	if rest >= leastExpected {
		sum += (restFound - rest) * (restFound - rest) / rest
		cells++
	}
	return distuv.ChiSquared{K: max(cells-1, 1)}.Survival(sum)
}

// regions tells how many there are and that they share out the whole target.
func (c *checker) regions(f *Flow) {
	sum := 0.0
	for _, r := range f.regions.List {
		sum += r.Mass
	}
	c.add(c.scenario.ID, "regions", fmt.Sprintf("target mass in its %d regions", len(f.regions.List)), "1 within 1e-9", math.Abs(sum-1) <= 1e-9, sum)
}
