package check

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

const (
	// outsideDraws are the draws with which an exact mass outside the window is compared, by
	// outsideDeviations of their standard errors. The error is that of at least one draw.
	outsideDraws      = 100_000
	outsideDeviations = 5
)

// outside checks the target mass outside the padded window. A mass that is known without
// the exact sampler is compared with the share of its draws.
func (c *checker) outside(t *target.OnGrid) {
	o := c.program.massOutside(c.scenario, t.Grid, t.LogZ, c.workers)
	id := c.scenario.ID
	c.add(id, "outside", "target mass outside the window and its margin", "≤ 0.1 %", !o.Missing(), o.Mass)
	c.note(o.Unknown())
	const quantity = "that mass, and the share of exact draws there"
	if o.How == target.Drawn || c.scenario.Truth.Sampler == nil {
		c.without(id, "outside-draws", quantity, "nothing to compare")
		return
	}
	share, se := c.drawnOutside(t.Grid.Bounds())
	c.add(id, "outside-draws", quantity, "differ by ≤ 5 standard errors", math.Abs(o.Mass-share) <= outsideDeviations*se, o.Mass, share)
}

// drawnOutside is the share of exact draws outside a rectangle, and its standard error.
func (c *checker) drawnOutside(bounds scenarios.Window) (share, se float64) {
	points := make([]scenarios.Point, outsideDraws)
	c.scenario.Truth.Sampler.Sample(points, rand.New(rand.NewPCG(1, 3)))
	for _, p := range points {
		if !bounds.Contains(p) {
			share += 1. / outsideDraws
		}
	}
	return share, math.Sqrt(max(share*(1-share), 1./outsideDraws) / outsideDraws)
}
