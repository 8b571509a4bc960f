package check

import (
	"fmt"
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

const (
	scorePoints    = 400
	scoreTolerance = 1e-5
	zTolerance     = 1e-4
)

// checkTarget checks the scenario itself.
func (c *checker) checkTarget() error {
	h := c.scenario.Bandwidth
	g, err := grid.New(c.scenario.Window, h, 0)
	if err != nil {
		return err
	}
	t, err := c.program.tabulate(c.targets, c.scenario, g, c.workers)
	if err != nil {
		return err
	}
	c.basins = t.Basins(c.workers).List
	id := c.scenario.ID
	e := c.scoreError(g)
	c.add(id, "score", "score against finite differences", "≤ 1e-5 relative", e <= scoreTolerance, e)
	c.logZ(t)
	if known := c.scenario.Truth.LogZ; !math.IsNaN(known) {
		c.add(id, "known-log-z", "log Z by trapezoids and known", "differ by ≤ 1e-3", math.Abs(t.LogZ-known) <= 1e-3, t.LogZ, known)
	}
	c.outside(t)
	c.resolution(t)
	c.tail(t)
	c.sampler(t)
	c.masses(t)
	c.regions(t.Regions)
	return nil
}

// logZ compares log Z with another quadrature, unless it is in closed form.
func (c *checker) logZ(t *target.OnGrid) {
	id, quantity := c.scenario.ID, "log Z by trapezoids and by Gauss–Legendre"
	if target.Resolve(c.scenario.Target, t.Grid, t.Smoothing, c.workers).ClosedForm {
		c.without(id, "log-z", quantity, "in closed form")
		return
	}
	gauss := c.logZByGauss(t.Grid)
	c.add(id, "log-z", quantity, "differ by ≤ 1e-4", math.Abs(t.LogZ-gauss) <= zTolerance, t.LogZ, gauss)
}

// resolution checks that the grid resolves the target.
func (c *checker) resolution(t *target.OnGrid) {
	const quantity = "grid resolves the target: change of its mass by half a step"
	r := target.Resolve(c.scenario.Target, t.Grid, t.Smoothing, c.workers)
	if r.ClosedForm {
		c.without(c.scenario.ID, "resolution", quantity, "in closed form")
		return
	}
	c.add(c.scenario.ID, "resolution", quantity, "≤ 0.1 %", r.Resolved(), r.Change)
	if !r.Resolved() {
		c.note(r.String())
	}
}

// scoreError is the largest relative difference between the score and finite differences of the
// log-density, at points of the start and near peaks.
func (c *checker) scoreError(g grid.Grid) float64 {
	start := c.start(g)
	rng := rand.New(rand.NewPCG(1, 0))
	h, worst := c.scenario.Bandwidth, 0.0
	t := c.scenario.Target
	for k := range scorePoints {
		p := start[k%len(start)]
		if k%2 == 1 {
			peak := c.basins[k%len(c.basins)].Peak
			p = scenarios.Point{X: peak.X + 2*h*rng.NormFloat64(), Y: peak.Y + 2*h*rng.NormFloat64()}
		}
		gx, gy := t.Score(p.X, p.Y)
		d := 1e-3 * h
		dx := difference(func(u float64) float64 { return t.LogDensity(p.X+u, p.Y) }, d)
		dy := difference(func(u float64) float64 { return t.LogDensity(p.X, p.Y+u) }, d)
		worst = max(worst, math.Hypot(gx-dx, gy-dy)/(1/h+math.Hypot(gx, gy)))
	}
	return worst
}

// start draws the initial cloud, clamped to the bounds of a grid.
func (c *checker) start(g grid.Grid) []scenarios.Point {
	points := make([]scenarios.Point, checkParticles)
	c.scenario.Start.Sampler.Sample(points, rand.New(rand.NewPCG(1, 0)))
	for i, p := range points {
		points[i], _ = grid.Clamp(p, g.Bounds())
	}
	return points
}

// difference is the derivative at 0, by fourth-order central differences.
func difference(f func(u float64) float64, d float64) float64 {
	return (8*(f(d)-f(-d)) - (f(2*d) - f(-2*d))) / (12 * d)
}

// gaussPoints is the number of Gauss–Legendre nodes per panel.
const gaussPoints = 6

// logZByGauss integrates over the same rectangle as the trapezoidal rule of the grid, with
// different nodes.
func (c *checker) logZByGauss(g grid.Grid) float64 {
	// The sum over the fine nodes covers half a cell beyond the outermost ones.
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
			sum += wx[ix] * wy[iy] * portable.Exp(c.scenario.Target.LogDensity(x, y)-top)
		}
	}
	return math.Log(sum) + top
}

// gaussNodes returns a composite Gauss–Legendre rule with about n nodes.
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

// regions checks that the masses of the regions sum to 1.
func (c *checker) regions(regions *target.Regions) {
	sum := 0.0
	for _, r := range regions.List {
		sum += r.Mass
	}
	c.add(c.scenario.ID, "regions", fmt.Sprintf("target mass in its %d regions", len(regions.List)), "1 within 1e-9", math.Abs(sum-1) <= 1e-9, sum)
}
