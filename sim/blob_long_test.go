//go:build long

package sim

import (
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

// Every divergence on one target, and those of three kinds of weight on two more.
func TestTheObjectiveNeverRisesOnAnyPath(t *testing.T) {
	for _, m := range simtest.Divergences(t) {
		t.Run("three-modes "+m.Info().ID+" "+m.Info().WeightFormula, func(t *testing.T) {
			t.Parallel()
			neverRises(t, "three-modes", divergences.NewDrift(m), 200)
		})
	}
	for _, id := range []string{"uneven-ring", "ring8"} {
		for _, d := range []string{"reverse-kl", "pearson", "jensen-shannon"} {
			t.Run(id+" "+d, func(t *testing.T) {
				t.Parallel()
				neverRises(t, id, simtest.Drift(t, d), 200)
			})
		}
	}
}
