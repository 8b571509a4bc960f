package sim

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// The numbers of a reading fit together, and are those of the fields at its node.
func TestProbeSatisfiesTheFormulas(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	drifts, err := divergences.BuildAll(divergences.Standard().Members(nil))
	if err != nil {
		t.Fatal(err)
	}
	known := &target.Cache{}
	for _, d := range drifts {
		f := newFlowOn(t, known, s, d, withParticles(1000))
		for range 2 {
			f.Step()
		}
		fields := &Fields{}
		f.Fields(fields)
		for _, at := range []scenarios.Point{{X: 4, Y: 0.3}, {X: 0.1, Y: -0.2}, {X: -3, Y: 2.9}} {
			r := f.ProbeAt(at)
			i := fields.Grid.Nearest(at.X, at.Y)
			if !r.Driven || r.P != fields.P[i] || r.Q != fields.Q[i] || r.V.X != fields.VX[i] || r.V.Y != fields.VY[i] {
				t.Fatalf("%s at %v: the reading is %+v", d.Info().ID, at, r)
			}
			wantX := r.Coefficients.Beta*r.ByR.X + r.Coefficients.Gamma*r.ByRho.X
			wantY := r.Coefficients.Beta*r.ByR.Y + r.Coefficients.Gamma*r.ByRho.Y
			if size := math.Hypot(wantX, wantY); math.Hypot(r.V.X-wantX, r.V.Y-wantY) > 1e-6*(1+size) {
				t.Errorf("%s at %v: V is %v, the formula gives (%g, %g)", d.Info().ID, at, r.V, wantX, wantY)
			}
			if math.Abs(math.Hypot(r.Point.X-at.X, r.Point.Y-at.Y)) > fields.Grid.Spacing {
				t.Errorf("the probe at %v is of %v", at, r.Point)
			}
		}
	}
}

func TestProbeFarFromTheParticlesHasNoVelocity(t *testing.T) {
	f := newFlow(t, simtest.Scenario(t, "grid9"), simtest.Drift(t, "reverse-kl"), withParticles(500))
	if r := f.ProbeAt(scenarios.Point{X: 8.9, Y: -8.9}); r.Driven || r.V != (scenarios.Point{}) || !(r.LogR > 0) {
		t.Errorf("the reading is %+v", r)
	}
}

// Looking does not move anything.
func TestProbeDoesNotChangeThePath(t *testing.T) {
	a := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "pearson"), withParticles(500))
	b := newFlow(t, simtest.Scenario(t, "three-modes"), simtest.Drift(t, "pearson"), withParticles(500))
	for range 5 {
		a.Step()
		b.ProbeAt(scenarios.Point{X: 1, Y: 1})
		b.Step()
	}
	pa, pb := make([]scenarios.Point, 500), make([]scenarios.Point, 500)
	a.Points(pa)
	b.Points(pb)
	for i := range pa {
		if pa[i] != pb[i] {
			t.Fatalf("particle %d is at %v, unread at %v", i, pb[i], pa[i])
		}
	}
}
