package check

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim"
	"undercurrent/sim/grid"
)

const (
	// identityOrder is the smallest passing order of the residual in the spacing.
	identityOrder = 1.5
	// patch is the width of the finely spaced window of the check, in bandwidths.
	patch = 32
	// identityReach is the reach of the kernel in it: truncation at four bandwidths would be
	// visible in second differences.
	identityReach = 6
)

// identity compares the left and the right side of the compression–elasticity identity at h/3,
// h/6 and h/12 in a patch around the largest region. The order is the higher of that over all
// three and that over the finer two: at h/3 error terms of higher order may cancel the leading
// one.
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
	s.Start.Sampler, s.ChosenDivision = inside, scenarios.ByBasins
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
