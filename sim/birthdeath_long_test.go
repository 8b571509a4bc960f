//go:build long

package sim

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

// With birth–death the flow reaches targets whose modes the drift alone leaves without mass, or with the
// mass of their basins.
func TestBirthDeathReachesSeparatedModes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario         string
		particles, steps int
		within, without  float64
	}{
		{"gmm40", 8000, 100, 0.03, 0.4},
		{"uneven-ring", 8000, 150, 0.02, 0.1},
	} {
		for _, id := range []string{"reverse-kl", "forward-kl", "jensen-shannon"} {
			d := simtest.Drift(t, id)
			after := func(rate float64) float64 {
				f := newFlow(t, simtest.Scenario(t, c.scenario), d, withParticles(c.particles), withBirthDeath(rate))
				for range c.steps {
					f.Step()
				}
				return tv(f)
			}
			with, without := after(1), after(0)
			t.Logf("%s %s: TV %.4f, without birth–death %.4f", c.scenario, id, with, without)
			if with > c.within || without < c.without {
				t.Errorf("%s %s: TV is %.4f after %d steps, expected at most %g; without birth–death %.4f, expected at least %g", c.scenario, id, with, c.steps, c.within, without, c.without)
			}
		}
	}
}
