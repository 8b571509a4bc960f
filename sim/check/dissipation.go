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
// gradient flow whatever the limits of a step are, on a fine grid and if necessary a finer one.
func (c *checker) dissipation(subject string, d divergences.Drift, f *sim.Flow) error {
	const quantity, expected = "dissipation E[∇Φ·V], and E|V|² over the particles", "differ by ≤ 5 %"
	if !d.IsGradientFlow() {
		c.without(subject, Dissipation, quantity, "not the gradient flow of an objective")
		return nil
	}
	var got, mean float64
	for _, nodes := range []int{forecastNodes, otherNodes} {
		fine, err := c.copied(f, func(s *sim.Settings) { s.Spacing = finer(f, nodes) })
		if err != nil {
			return c.refused(subject, Dissipation, quantity, err)
		}
		r := &sim.Report{}
		fine.Report(r, sim.Instruments{Response: true})
		got, mean = c.program.dissipation(r), meanSquare(fine)
		if math.Abs(got-mean) <= dissipationTolerance*mean {
			break
		}
	}
	c.add(subject, Dissipation, quantity, expected, math.Abs(got-mean) <= dissipationTolerance*mean, got, mean)
	return nil
}

// meanSquare is E|V|² over the particles.
func meanSquare(f *sim.Flow) (mean float64) {
	velocities := make([]scenarios.Point, f.Settings().Particles)
	f.Velocities(velocities)
	for _, v := range velocities {
		mean += (v.X*v.X + v.Y*v.Y) / float64(len(velocities))
	}
	return mean
}
