package check

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
)

const (
	// underWay is the number of steps that a flow takes before its predictions are checked.
	underWay = 30
	// forecastOrder is the least order of first order in the step.
	forecastOrder = 0.8
	// forecastFloor is where the kinks that the deposit has at the edges of its cells
	// hide the order: their sum over the particles shrinks as √dt alone. The finer
	// the grid, the smaller they are; forecastNodes a side are fine enough.
	forecastFloor = 1e-2
	forecastNodes = 640
	// minFraction of a step is where the last of the predictions begin.
	minFraction = 1.0 / 16
)

// forecasts compares first order and measured change of the soft under-coverage,
// region by region, at a step, half of it and a quarter from the same cloud. Where a few
// particles do most of it, held back by the bounds of a step, first order begins to
// hold at smaller steps: those are tried next.
func (c *checker) forecasts(subject string, f *sim.Flow) error {
	const quantity = "forecast − measured at dt, dt/2, dt/4"
	for fraction := 1.0; ; fraction /= 4 {
		off, err := c.forecastErrors(f, fraction)
		if err != nil {
			return c.refused(subject, Forecast, quantity, err)
		}
		o := order(off[0], off[2], 4)
		pass := o >= forecastOrder || off[2] <= forecastFloor
		if pass || fraction <= minFraction {
			c.addOrdered(subject, Forecast, quantity, "order ≥ 0.8, or ≤ 1 % at dt/4", pass, o, off...)
			c.list[len(c.list)-1].Scale = fraction
			return nil
		}
	}
}

// forecastErrors are those of a fraction of a step, of half of it and of a quarter.
func (c *checker) forecastErrors(f *sim.Flow, fraction float64) (off []float64, err error) {
	for _, part := range []float64{fraction, fraction / 2, fraction / 4} {
		g, err := c.copied(f, func(s *sim.Settings) { s.Fraction, s.Spacing = part, finer(f, forecastNodes) })
		if err != nil {
			return nil, err
		}
		r := &sim.Report{}
		g.StepReport(r, sim.Instruments{Response: true})
		off = append(off, forecastError(r))
	}
	return off, nil
}

// finer is the spacing that gives so many nodes along the longer side, or that of the flow
// where it is finer.
func finer(f *sim.Flow, nodes int) float64 {
	w, pad := f.Scenario().Window, 2*grid.Padding*f.Settings().Bandwidth
	return min(f.Grid().Spacing, (max(w.XMax-w.XMin, w.YMax-w.YMin)+pad)/float64(nodes))
}

// forecastError is Σ|first order − measured| over the regions, relative to Σ|measured| or
// to what the particles' own changes add up to in size, whichever is more: a change that is
// the rest of many that cancel is known no better than those. It is zero where nothing
// changes.
func forecastError(r *sim.Report) float64 {
	off, size := 0.0, 0.0
	for _, k := range r.Regions {
		u := k.UnderCoverageChange
		off += math.Abs(u.FirstOrder - u.Measured)
		size += math.Abs(u.Measured)
	}
	if size = max(size, r.UnderCoverageGross); size == 0 {
		return 0
	}
	return off / size
}

// copied is a flow of the same scenario that starts where f is, its settings edited.
func (c *checker) copied(f *sim.Flow, edit func(*sim.Settings)) (*sim.Flow, error) {
	s, settings := f.Scenario(), f.Settings()
	s.Start.Sampler = fixedPoints(pointsOf(f))
	edit(&settings)
	return sim.NewOn(c.targets, s, settings)
}

// pointsOf are the particles of a flow.
func pointsOf(f *sim.Flow) []scenarios.Point {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	return points
}

// fixedPoints is an initial cloud of points that are given.
type fixedPoints []scenarios.Point

// Sample copies the points.
func (p fixedPoints) Sample(dst []scenarios.Point, _ *rand.Rand) { copy(dst, p) }
