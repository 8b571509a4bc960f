package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim"
)

const (
	// copyDraws steps of birth–death are taken from the same particles, with other random numbers.
	copyDraws, copyParticles = 64, 4000
	// copyFraction is that of a step, so that its second order is small.
	copyFraction = 0.05
	// copyTolerance bounds the relative difference beyond three standard errors of the mean.
	copyTolerance = 0.03
)

// birthDeath compares the change of the objective by births and deaths that is predicted to first order with
// the mean of many draws of the same step.
func (c *checker) birthDeath() error {
	spec, err := divergences.Standard().Spec(sim.MoverObjective, nil)
	if err != nil {
		return err
	}
	settings := sim.DefaultSettings(c.scenario, spec)
	settings.Particles = copyParticles
	from, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return err
	}
	for range underWay {
		from.Step()
	}
	settings.BirthDeath, settings.Fraction = 1, copyFraction
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return err
	}
	start := from.Checkpoint()
	first, mean, square := 0.0, 0.0, 0.0
	for draw := range copyDraws {
		f.Reseed(uint64(draw) + 1)
		f.Restore(start)
		r := &sim.Report{}
		f.StepReport(r, sim.Instruments{Response: true})
		part := c.program.reweighted(r)
		first = part.FirstOrder
		mean += part.Measured / copyDraws
		square += part.Measured * part.Measured / copyDraws
	}
	se := math.Sqrt(max(square-mean*mean, 0) / (copyDraws - 1))
	off := math.Abs(mean - first)
	c.add(c.scenario.ID, "birth-death", "change of reverse KL by births and deaths in a step: predicted, mean of 64 draws, its standard error",
		"difference ≤ 3 % + 3 se", off <= copyTolerance*math.Abs(first)+3*se, first, mean, se)
	return nil
}
