package check

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
)

const (
	// identityOrder is the least order of the residual in the spacing.
	identityOrder = 1.5
	// patch is how many bandwidths the finely spaced window of the identity is wide.
	patch = 32
	// identityReach is that of the kernel there: at four bandwidths its cut would be
	// seen by second differences.
	identityReach = 6
)

// identity compares both sides of the compression–elasticity identity at h/3, h/6
// and h/12 in a patch around the largest region. The order is that over all three or that
// of the finer two, whichever is higher: at h/3 the error terms of higher order may still
// cancel the first one, at h/12 a few particles at the clip of log r may be all there is.
func (c *checker) identity(subject string, f *sim.Flow) error {
	const quantity = "identity residual at h/3, h/6, h/12"
	s, inside := c.scenario, fixedPoints(nil)
	settings := f.Settings()
	h := settings.Bandwidth
	s.Window = around(c.basins[0].Peak, patch*h/2)
	for _, p := range pointsOf(f) {
		if q, outside := grid.Clamp(p, s.Window); !outside {
			inside = append(inside, q)
		}
	}
	if len(inside) < 2 {
		c.without(subject, Identity, quantity, "no particles near the largest region")
		return nil
	}
	s.Start.Sampler, s.Regions = inside, nil
	var residuals []float64
	for _, parts := range []float64{3, 6, 12} {
		settings.Particles, settings.Spacing, settings.Reach = len(inside), h/parts, identityReach
		g, err := sim.NewOn(c.targets, s, settings)
		if err != nil {
			return c.refused(subject, Identity, quantity, err)
		}
		r := &sim.Report{}
		g.Report(r, sim.Instruments{Identity: true})
		if math.IsNaN(r.IdentityResidual) {
			c.without(subject, Identity, quantity, "no particles within the clip of log r near the largest region")
			return nil
		}
		residuals = append(residuals, r.IdentityResidual)
	}
	o := max(order(residuals[0], residuals[2], 4), order(residuals[1], residuals[2], 2))
	c.addOrdered(subject, Identity, quantity, "order ≥ 1.5 over all or from h/6 on", o >= identityOrder, o, residuals...)
	return nil
}

func around(p scenarios.Point, reach float64) scenarios.Window {
	return scenarios.Window{XMin: p.X - reach, XMax: p.X + reach, YMin: p.Y - reach, YMax: p.Y + reach}
}
