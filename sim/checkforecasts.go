package sim

import (
	"math"
	"math/rand/v2"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

const (
	// underWay is how many steps a flow takes before its forecasts are checked.
	underWay = 30
	// forecastOrder is the least order of first order in the step.
	forecastOrder = 0.8
	// forecastFloor is where the kinks that the deposit has at the edges of its cells
	// hide the order: their sum over the particles shrinks as √dt alone. The finer
	// the grid, the smaller they are; forecastNodes a side are fine enough.
	forecastFloor = 1e-2
	forecastNodes = 640
	// leastFraction of a step is where the last of the forecasts begin.
	leastFraction = 1.0 / 16
	// identityOrder is the least order of the residual in the spacing.
	identityOrder = 1.5
	// patch is how many bandwidths the finely spaced window of the identity is wide.
	patch = 32
	// identityReach is that of the kernel there: at four bandwidths its cut would be
	// seen by second differences.
	identityReach = 6
	// descentSteps are taken under the blob velocity.
	descentSteps = 40
)

// forecasts compares first order and measured change of the soft under-coverage,
// region by region, at a step, half of it and a quarter from the same cloud. Where a few
// particles do most of it, held back by the bounds of a step, first order begins to
// hold at smaller steps: those are tried next.
func (c *checker) forecasts(subject string, f *Flow) error {
	const quantity = "forecast − measured at dt, dt/2, dt/4"
	for fraction := 1.0; ; fraction /= 4 {
		off, err := f.forecastErrors(fraction)
		if err != nil {
			return c.refused(subject, CheckForecast, quantity, err)
		}
		o := order(off[0], off[2], 4)
		pass := o >= forecastOrder || off[2] <= forecastFloor
		if pass || fraction <= leastFraction {
			c.addOrdered(subject, CheckForecast, quantity, "order ≥ 0.8, or ≤ 1 % at dt/4", pass, o, off...)
			c.list[len(c.list)-1].Scale = fraction
			return nil
		}
	}
}

// forecastErrors are those of a fraction of a step, of half of it and of a quarter.
func (f *Flow) forecastErrors(fraction float64) (off []float64, err error) {
	for _, part := range []float64{fraction, fraction / 2, fraction / 4} {
		g, err := f.copied(func(s *Settings) { s.Fraction, s.Spacing = part, f.finer(forecastNodes) })
		if err != nil {
			return nil, err
		}
		r := &Report{}
		g.StepReport(r, Instruments{Response: true})
		off = append(off, forecastError(r.Regions, g.response.gross))
	}
	return off, nil
}

// finer is the spacing that gives so many nodes along the longer side, or the one
// in force where that is finer.
func (f *Flow) finer(nodes int) float64 {
	w, pad := f.scenario.Window, 2*grid.Padding*f.settings.Bandwidth
	return min(f.grid.Spacing, (max(w.XMax-w.XMin, w.YMax-w.YMin)+pad)/float64(nodes))
}

// forecastError is Σ|first order − measured| over the regions, relative to Σ|measured| or
// to what the particles' own changes add up to in size, whichever is more: a change that is
// the rest of many that cancel is known no better than those.
func forecastError(regions []RegionReport, gross float64) float64 {
	off, size := 0.0, 0.0
	for _, k := range regions {
		u := k.UnderCoverageChange
		off += math.Abs(u.FirstOrder - u.Measured)
		size += math.Abs(u.Measured)
	}
	return quotient(off, max(size, gross))
}

// copied is a flow of the same scenario that starts where f is, its settings edited.
func (f *Flow) copied(edit func(*Settings)) (*Flow, error) {
	s := f.scenario
	s.Start.Sampler = placed(f.points)
	settings := f.settings
	edit(&settings)
	return newOn(f.known, s, settings)
}

// placed is a cloud that is where it is.
type placed []scenarios.Point

// Sample copies the places.
func (p placed) Sample(dst []scenarios.Point, _ *rand.Rand) { copy(dst, p) }

// identity compares both sides of the compression–elasticity identity at h/3, h/6
// and h/12 in a patch around the largest region. The order is that over all three or that
// of the finer two, whichever is higher: at h/3 the error terms of higher order may still
// cancel the first one, at h/12 a few particles at the clip of log r may be all there is.
func (c *checker) identity(subject string, f *Flow) error {
	const quantity = "identity residual at h/3, h/6, h/12"
	s, inside := c.scenario, placed(nil)
	h := f.settings.Bandwidth
	s.Window = around(c.basins[0].Peak, patch*h/2)
	for _, p := range f.points {
		if q, outside := grid.Clamp(p, s.Window); !outside {
			inside = append(inside, q)
		}
	}
	if len(inside) < 2 {
		c.without(subject, CheckIdentity, quantity, "no particles near the largest region")
		return nil
	}
	s.Start.Sampler, s.Regions = inside, nil
	var residuals []float64
	for _, parts := range []float64{3, 6, 12} {
		settings := f.settings
		settings.Particles, settings.Spacing, settings.Reach = len(inside), h/parts, identityReach
		g, err := newOn(&c.known, s, settings)
		if err != nil {
			return c.refused(subject, CheckIdentity, quantity, err)
		}
		r := &Report{}
		g.Report(r, Instruments{Identity: true})
		if math.IsNaN(r.IdentityResidual) {
			c.without(subject, CheckIdentity, quantity, "no particles within the clip of log r near the largest region")
			return nil
		}
		residuals = append(residuals, r.IdentityResidual)
	}
	o := max(order(residuals[0], residuals[2], 4), order(residuals[1], residuals[2], 2))
	c.addOrdered(subject, CheckIdentity, quantity, "order ≥ 1.5 over all or from h/6 on", o >= identityOrder, o, residuals...)
	return nil
}

func around(p scenarios.Point, reach float64) scenarios.Window {
	return scenarios.Window{XMin: p.X - reach, XMax: p.X + reach, YMin: p.Y - reach, YMax: p.Y + reach}
}

// descent finds the longest fraction of a step, from a quarter down, at which the
// objective falls in every step under the blob velocity.
func (c *checker) descent(subject string, d divergences.Drift) error {
	const quantity, expected = "steps that raise the objective under the blob velocity, at what step", "none at a small enough one"
	for fraction := 0.25; ; fraction /= 4 {
		rises, err := c.rises(d, fraction)
		if err != nil {
			return err
		}
		if rises == 0 || fraction < 1e-3 {
			c.add(subject, CheckBlob, quantity, expected, rises == 0, float64(rises), fraction)
			return nil
		}
	}
}

// rises counts the steps in which the objective rises under the blob velocity.
func (c *checker) rises(d divergences.Drift, fraction float64) (rises int, err error) {
	settings := DefaultSettings(c.scenario, divergences.SpecOf(d))
	settings.Particles, settings.Velocity, settings.Fraction = descentParticles, Blob, fraction
	f, err := newOn(&c.known, c.scenario, settings)
	if err != nil {
		return 0, err
	}
	r := &Report{}
	f.Report(r, Instruments{})
	for range descentSteps {
		before := r.Active
		f.StepReport(r, Instruments{})
		if r.Active > before {
			rises++
		}
	}
	return rises, nil
}
