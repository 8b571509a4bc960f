package sim

import (
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// The displacement that the settings say is that of a step at every node, also where the weight or the
// length is limited.
func TestTheDisplacementIsThatOfAStep(t *testing.T) {
	t.Parallel()
	limited := 0
	for _, id := range []string{"reverse-kl", "pearson"} {
		f := newFlow(t, simtest.Scenario(t, "uneven-ring"), simtest.Drift(t, id), withParticles(500))
		var d Fields
		f.Fields(&d)
		s, e := f.driven.step(), f.driven
		e.density.Deposit().EachOccupied(func(i int) {
			got := f.Settings().Displacement(scenarios.Point{X: d.VX[i], Y: d.VY[i]}, e.field.weight[i], s.dt)
			if want := s.shift[i]; got.X != want.X || got.Y != want.Y {
				t.Errorf("%s: at node %d the displacement is %v, in a step %v", id, i, got, want)
			}
			if by := got.X*got.X + got.Y*got.Y; by < s.dt*s.dt*(d.VX[i]*d.VX[i]+d.VY[i]*d.VY[i])*(1-1e-9) {
				limited++
			}
		})
	}
	if limited == 0 {
		t.Error("no node is limited, expected some under pearson")
	}
}
