//go:build long

package sim

import (
	"testing"

	"undercurrent/sim/internal/simtest"
)

// From coarse to fine the flow reaches targets whose modes the drift alone leaves without mass, or with
// the mass of their basins.
func TestCoarseToFineReachesSeparatedModes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario        string
		within, without float64
	}{{"gmm40", 0.05, 0.4}, {"uneven-ring", 0.02, 0.1}} {
		for _, id := range []string{"reverse-kl", "forward-kl", "jensen-shannon"} {
			d := simtest.Drift(t, id)
			after := func(coarse Coarse) float64 {
				f := newFlow(t, simtest.Scenario(t, c.scenario), d, withParticles(8000), withCoarse(coarse))
				for range 300 {
					f.Step()
				}
				return tv(f)
			}
			with, without := after(DefaultCoarse(0)), after(Coarse{})
			t.Logf("%s %s: TV %.4f, with the fine kernel alone %.4f", c.scenario, id, with, without)
			if with > c.within || without < c.without {
				t.Errorf("%s %s: TV is %.4f after 300 steps, expected at most %g; with the fine kernel alone %.4f, expected at least %g", c.scenario, id, with, c.within, without, c.without)
			}
		}
	}
}
