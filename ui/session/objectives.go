package session

import (
	"undercurrent/divergences"
	"undercurrent/sim/density"
)

// objectives are the f-divergences without parameters. They are measured with every report, at a seventh
// of its cost, so that the chart of a divergence has the past of a flow under others too. Those with a
// parameter would be measured at values that nobody asks for, and a Log-Variance divergence is one for the
// reference ρ of its own time.
func (c *MotionControl) objectives() *density.Objectives {
	if c.measured == nil {
		var list []divergences.Divergence
		for _, f := range divergences.Standard().Families() {
			if len(f.Parameters) > 0 {
				continue
			}
			// Without parameters none is out of range.
			if d, err := f.Divergence(nil); err == nil && d != nil {
				list = append(list, d)
			}
		}
		c.measured = density.NewObjectives(list)
	}
	return c.measured
}
