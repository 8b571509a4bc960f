package check

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
)

const (
	// underWay is the number of steps of a flow before its predictions are checked.
	underWay = 30
	// forecastOrder is the smallest passing order of the first-order prediction in dt.
	forecastOrder = 0.8
	// forecastFloor is the error at which the kinks of the deposit at the edges of cells hide
	// the order: their sum over the particles decreases only as √dt. It is smaller on finer
	// grids.
	forecastFloor = 1e-2
	// forecastNodes is the number of nodes along a side on which predictions are checked, and
	// otherNodes that where they fail: a particle at the edge of a cell may dominate one of them.
	forecastNodes, otherNodes = 640, 1000
	// minFraction is the smallest fraction of a step at which predictions are checked.
	minFraction = 1.0 / 16
)

// forecasts compares the first-order and the measured change of the soft under-coverage by
// region, and of the objective, at dt, dt/2 and dt/4 from the same particles. If a few particles
// limited by the bounds of a step dominate, first order applies at smaller steps only, which are
// tried next.
func (c *checker) forecasts(subject string, f *sim.Flow) error {
	known := map[tried]predictionErrors{}
	errorsAt := func(t tried) (e predictionErrors, err error) {
		e, ok := known[t]
		if !ok {
			if e, err = c.predictionErrors(f, t); err == nil {
				known[t] = e
			}
		}
		return e, err
	}
	if err := c.forecast(subject, Forecast, "forecast − measured at dt, dt/2, dt/4", func(t tried) (float64, error) {
		e, err := errorsAt(t)
		return e.coverage, err
	}); err != nil {
		return err
	}
	return c.forecast(subject, ObjectiveForecast, "the same of the objective", func(t tried) (float64, error) {
		e, err := errorsAt(t)
		return e.objective, err
	})
}

// tried is a step that is predicted: the nodes along a side of the grid and the fraction of the
// usual step.
type tried struct {
	nodes    int
	fraction float64
}

// forecast adds a finding from the errors of predictions of steps that get shorter, on grids that
// get finer, up to the first that pass.
func (c *checker) forecast(subject, check, quantity string, errorOf func(tried) (float64, error)) error {
	for _, nodes := range []int{forecastNodes, otherNodes} {
		for fraction := 1.0; fraction >= minFraction; fraction /= 4 {
			var off []float64
			for _, part := range []float64{fraction, fraction / 2, fraction / 4} {
				e, err := errorOf(tried{nodes, part})
				if err != nil {
					return c.refused(subject, check, quantity, err)
				}
				off = append(off, e)
			}
			o := order(off[0], off[2], 4)
			pass := o >= forecastOrder || off[2] <= forecastFloor
			if last := nodes == otherNodes && fraction == minFraction; pass || last {
				c.addOrdered(subject, check, quantity, "order ≥ 0.8, or ≤ 1 % at dt/4", pass, o, off...)
				c.list[len(c.list)-1].Scale = fraction
				return nil
			}
		}
	}
	return nil
}

// predictionErrors are the relative errors of first-order predictions of a step.
type predictionErrors struct{ coverage, objective float64 }

// predictionErrors returns the errors for a step.
func (c *checker) predictionErrors(f *sim.Flow, t tried) (predictionErrors, error) {
	g, err := c.copied(f, func(s *sim.Settings) { s.Fraction, s.Spacing = t.fraction, finer(f, t.nodes) })
	if err != nil {
		return predictionErrors{}, err
	}
	r := &sim.Report{}
	g.StepReport(r, sim.Instruments{Response: true})
	return predictionErrors{forecastError(r), objectiveError(r.ActiveChange)}, nil
}

// objectiveError is |first order − measured| relative to the larger of |measured| and the change
// by the formula, zero if nothing changes.
func objectiveError(c sim.Change) float64 {
	size := max(math.Abs(c.Measured), math.Abs(c.Taken))
	if size == 0 {
		return 0
	}
	return math.Abs(c.FirstOrder-c.Measured) / size
}

// finer is the spacing that gives a number of nodes along the longer side, or that of the flow if
// it is finer.
func finer(f *sim.Flow, nodes int) float64 {
	w, pad := f.Scenario().Window, 2*grid.Padding*f.Settings().Bandwidth
	return min(f.Grid().Spacing, (max(w.XMax-w.XMin, w.YMax-w.YMin)+pad)/float64(nodes))
}

// forecastError is Σ|first order − measured| over the regions, relative to the larger of
// Σ|measured| and UnderCoverageGross, so that the result of cancellation is not the scale. It is
// zero if nothing changes.
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

// copied returns a flow of the same scenario with the particles of f and edited settings.
func (c *checker) copied(f *sim.Flow, edit func(*sim.Settings)) (*sim.Flow, error) {
	s, settings := f.Scenario(), f.Settings()
	s.Start.Sampler = fixedPoints(pointsOf(f))
	edit(&settings)
	return sim.NewOn(c.targets, s, settings)
}

// pointsOf returns the particles of a flow.
func pointsOf(f *sim.Flow) []scenarios.Point {
	points := make([]scenarios.Point, f.Settings().Particles)
	f.Points(points)
	return points
}

// fixedPoints is a sampler of given points.
type fixedPoints []scenarios.Point

// Sample copies the points.
func (p fixedPoints) Sample(dst []scenarios.Point, _ *rand.Rand) { copy(dst, p) }
