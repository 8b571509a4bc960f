package check

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/target"
)

const (
	massDraws = 100_000
	// massDeviations is the number of standard errors by which masses may differ.
	massDeviations = 5
)

// masses compares the target masses of the regions with those of exact draws.
func (c *checker) masses(t *target.OnGrid) {
	const quantity = "target masses of regions and exact draws in them: largest difference in standard errors"
	sampler := c.scenario.Truth.Sampler
	if sampler == nil {
		c.without(c.scenario.ID, "region-masses", quantity, "no exact sampler")
		return
	}
	points := make([]scenarios.Point, massDraws)
	sampler.Sample(points, rand.New(rand.NewPCG(1, 4)))
	e := density.NewOn(t, density.Kernel{Bandwidth: t.Bandwidth}, c.workers)
	e.Set(points)
	worst := 0.0
	for k, mass := range c.program.masses(e) {
		want := t.Regions.List[k].Mass
		se := math.Sqrt(max(want*(1-want), 1./massDraws) / massDraws)
		worst = max(worst, math.Abs(mass-want)/se)
	}
	c.add(c.scenario.ID, "region-masses", quantity, "≤ 5", worst <= massDeviations, worst)
}
