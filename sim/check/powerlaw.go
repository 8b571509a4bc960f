package check

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim"
)

const (
	// scaledSteps is the number of steps with a wrong normalizing constant, wrongZ times too large.
	scaledSteps, scaledParticles = 20, 2000
	wrongZ                       = 100
	// scaledTolerance bounds the distance of the particles, in bandwidths.
	scaledTolerance = 1e-6
)

// powerLaws moves particles under power laws, a named and a typed one, with a wrong normalizing
// constant: they take the same paths.
func (c *checker) powerLaws() error {
	typed, err := divergences.NewCustom("r^0.5", math.Sqrt)
	if err != nil {
		return err
	}
	pearson, err := divergences.Standard().Spec("pearson", nil)
	if err != nil {
		return err
	}
	for _, spec := range []divergences.Spec{pearson, divergences.NewSpec(divergences.CustomFamily(typed), nil)} {
		right, err := c.moved(spec)
		if err != nil {
			return err
		}
		wrong, err := c.moved(c.program.scaled(spec, wrongZ))
		if err != nil {
			return err
		}
		far := 0.0
		for i, p := range right {
			far = max(far, math.Hypot(p.X-wrong[i].X, p.Y-wrong[i].Y)/c.scenario.Bandwidth)
		}
		name := spec.ID()
		if w := spec.Family().Weight; w != "" {
			name = "w = " + w
		}
		c.add(c.scenario.ID, "power-law", "distance in h of particles with Z 100 times too large under "+name, "≤ 1e-6", far <= scaledTolerance, far)
	}
	return nil
}

// moved are particles after some steps.
func (c *checker) moved(spec divergences.Spec) ([]scenarios.Point, error) {
	settings := sim.DefaultSettings(c.scenario, spec)
	settings.Particles = scaledParticles
	f, err := sim.NewOn(c.targets, c.scenario, settings)
	if err != nil {
		return nil, err
	}
	for range scaledSteps {
		f.Step()
	}
	return pointsOf(f), nil
}
