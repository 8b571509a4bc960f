package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

const (
	// early is the number of steps after which expectations are checked: the limits of a step
	// matter most then.
	early = 3
	// expectationTolerance bounds their relative errors. Some weights change by a factor between
	// neighbouring nodes, also on a fine grid.
	expectationTolerance = 0.05
)

// expectations compares E|V|² of a report with the mean over the particles, which are equal
// whatever the limits of a step are, and the dissipation E[∇(K_h * Φ)·dx] with its exact
// derivative along the displacements dx, on a fine grid and if necessary a finer one.
func (c *checker) expectations(subject string, f *sim.Flow) error {
	const square, fall = "E|V|² of the report, and over the particles", "dissipation with the limits of the step, and first order"
	var got, mean, dissipation, first float64
	for _, nodes := range []int{forecastNodes, otherNodes} {
		fine, err := c.copied(f, func(s *sim.Settings) { s.Spacing = finer(f, nodes) })
		if err != nil {
			return c.refused(subject, MeanSquare, square, err)
		}
		r := &sim.Report{}
		fine.Report(r, sim.Instruments{Response: true})
		got, mean = c.program.meanSquare(r), meanSquare(fine)
		dissipation, first = c.program.dissipation(r), -r.ActiveChange.FirstOrder/r.StepDT
		if near(got, mean) && near(dissipation, first) {
			break
		}
	}
	c.add(subject, MeanSquare, square, "differ by ≤ 5 %", near(got, mean), got, mean)
	if ref := f.Drift().Reference(); ref.Kind != divergences.NoReference && !ref.Differentiated {
		c.without(subject, Dissipation, fall, "V grows as ρ/q, by a factor within a cell")
		return nil
	}
	c.add(subject, Dissipation, fall, "differ by ≤ 5 %", near(dissipation, first), dissipation, first)
	return nil
}

// near reports whether an expectation agrees with its oracle.
func near(got, expected float64) bool {
	return math.Abs(got-expected) <= expectationTolerance*math.Abs(expected)
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
