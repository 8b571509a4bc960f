package check

import (
	"undercurrent/divergences"
	"undercurrent/sim"
)

// descentSteps is the number of steps under the blob velocity.
const descentSteps = 40

// descent finds the largest fraction of a step, from 1/4 down, at which the objective decreases
// in every step under the blob velocity.
func (c *checker) descent(subject string, d divergences.Drift) error {
	const quantity, expected = "steps that raise the objective under the blob velocity, at what step", "none at a small enough one"
	for fraction := 0.25; ; fraction /= 4 {
		rises, err := c.rises(d, fraction)
		if err != nil {
			return err
		}
		if rises == 0 || fraction < 1e-3 {
			c.add(subject, Blob, quantity, expected, rises == 0, float64(rises), fraction)
			return nil
		}
	}
}

// rises counts the steps in which the objective rises under the blob velocity.
func (c *checker) rises(d divergences.Drift, fraction float64) (rises int, err error) {
	settings := sim.DefaultSettings(c.scenario, divergences.SpecFromDrift(d))
	settings.Particles, settings.Velocity, settings.Fraction = descentParticles, sim.Blob, fraction
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return 0, err
	}
	r := &sim.Report{}
	f.Report(r, sim.Instruments{})
	for range descentSteps {
		before := r.Active
		f.StepReport(r, sim.Instruments{})
		if r.Active > before {
			rises++
		}
	}
	return rises, nil
}
