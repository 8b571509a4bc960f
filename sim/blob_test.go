package sim

import (
	"math"
	"slices"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

func TestTheObjectiveNeverRisesUnderTheBlobVelocity(t *testing.T) {
	for _, d := range simtest.Kinds(t) {
		neverRises(t, "three-modes", divergences.NewDrift(d), 40)
	}
}

func neverRises(t *testing.T, id string, d divergences.Drift, steps int) {
	t.Helper()
	f := newFlow(t, simtest.Scenario(t, id), d, func(s *Settings) { s.Velocity, s.Fraction = Blob, 0.25 })
	before := objectiveNow(f)
	for step := range steps {
		f.Step()
		after := objectiveNow(f)
		if after > before {
			t.Fatalf("%s on %s: step %d raises the objective from %.8g to %.8g", d.Info().ID, id, step+1, before, after)
		}
		before = after
	}
}

// objectiveNow is the value of the drift's objective where the particles are.
func objectiveNow(f *Flow) float64 {
	r := &Report{}
	f.Report(r, Instruments{})
	return r.Active
}

// V of particle i is −N ∂D/∂xᵢ of the objective on the nodes: moved alone, it changes
// the objective by −V·dx/N.
func TestTheBlobVelocityIsTheGradientOfTheObjective(t *testing.T) {
	for _, id := range []string{"reverse-kl", "pearson", "jensen-shannon"} {
		f := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, id), withParticles(500), func(s *Settings) { s.Velocity = Blob })
		v := make([]scenarios.Point, 500)
		f.Velocities(v)
		was := f.Checkpoint()
		moved := func(i int, d float64) float64 {
			c := was
			c.Points = slices.Clone(was.Points)
			c.Points[i].X += d
			f.Restore(c)
			return objectiveNow(f)
		}
		for i := 0; i < 500; i += 61 {
			const d = 2e-4
			up, down := moved(i, d), moved(i, -d)
			want := -(up - down) / (2 * d) * 500
			if got := v[i].X; math.Abs(got-want) > 0.02*math.Abs(want)+0.01 {
				t.Errorf("%s: particle %d has V = %.5g, the objective's slope gives %.5g", id, i, got, want)
			}
		}
	}
}
