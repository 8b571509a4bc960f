package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

const (
	// early is the number of steps after which the dissipation is checked: the limits of a step
	// matter most then.
	early = 3
	// dissipationTolerance bounds its relative error. Some weights change by a factor between
	// neighbouring nodes, also on a fine grid.
	dissipationTolerance = 0.05
)

// dissipation compares E[∇Φ·V] with the mean of |V|² over the particles, which are equal for a
// gradient flow whatever the limits of a step are.
func (c *checker) dissipation(subject string, d divergences.Drift, f *sim.Flow) error {
	const quantity, expected = "dissipation E[∇Φ·V], and E|V|² over the particles", "differ by ≤ 5 %"
	if !d.IsGradientFlow() {
		c.without(subject, Dissipation, quantity, "not the gradient flow of an objective")
		return nil
	}
	f, err := c.copied(f, func(s *sim.Settings) { s.Spacing = finer(f, forecastNodes) })
	if err != nil {
		return c.refused(subject, Dissipation, quantity, err)
	}
	r, mean, velocities := &sim.Report{}, 0.0, make([]scenarios.Point, f.Settings().Particles)
	f.Report(r, sim.Instruments{Response: true})
	f.Velocities(velocities)
	for _, v := range velocities {
		mean += (v.X*v.X + v.Y*v.Y) / float64(f.Settings().Particles)
	}
	got := c.program.dissipation(r)
	c.add(subject, Dissipation, quantity, expected, math.Abs(got-mean) <= dissipationTolerance*mean, got, mean)
	return nil
}
