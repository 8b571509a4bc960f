package check

import (
	"math"

	"undercurrent/sim/density"
	"undercurrent/sim/metrics"
)

const (
	// floorPoints is the number of points of the floors that are compared.
	floorPoints = 1500
	// floorDeviations is the number of standard errors by which two floors may differ.
	floorDeviations = 5
)

// floors compares the floors of two seeds: their means agree within their standard errors, which
// are stated and small enough.
func (c *checker) floors() error {
	const quantity, expected = "floors of two seeds: largest difference of means in standard errors", "≤ 5, with errors ≤ 10 %"
	kernel := density.Kernel{Bandwidth: c.scenario.Bandwidth}
	first, err := c.program.floor(c.scenario, kernel, floorPoints, 1)
	if err != nil {
		return err
	}
	second, err := c.program.floor(c.scenario, kernel, floorPoints, 2)
	if err != nil {
		return err
	}
	worst, stated := 0.0, true
	for k, m := range metrics.Table() {
		a, b := first[k], second[k]
		if !m.Positive || !a.Measured() || !b.Measured() {
			continue
		}
		se := math.Hypot(a.SE, b.SE)
		stated = stated && a.Draws > 1 && b.Draws > 1 && !m.Imprecise(a) && !m.Imprecise(b)
		if a.Mean == b.Mean { // such as the KL of one region, which is 0
			continue
		}
		worst = max(worst, math.Abs(a.Mean-b.Mean)/max(se, 1e-12*math.Abs(a.Mean)))
	}
	c.add(c.scenario.ID, "floors", quantity, expected, stated && worst <= floorDeviations, worst)
	return nil
}
