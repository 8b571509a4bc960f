package movers

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// startsOn returns phases with positions from a scenario and standard normal velocities.
func startsOn(s scenarios.Scenario, n int) (list []phase) {
	rng := rand.New(rand.NewPCG(8, 0))
	for _, p := range simtest.Exact(s, n, 9) {
		list = append(list, phase{p, scenarios.Point{X: rng.NormFloat64(), Y: rng.NormFloat64()}, At(s.Target, p)})
	}
	return list
}

// After a given time the error of the energy falls with the square of the step.
func TestTheEnergyErrorOfLeapfrogStepsIsOfSecondOrder(t *testing.T) {
	s := simtest.Scenario(t, "banana")
	worst := func(steps int) (sum float64) {
		c := hamiltonian{target: s.Target, step: 1.0 / float64(steps), steps: steps}
		for _, f := range startsOn(s, 200) {
			end, evaluations, ok := c.path(f)
			if !ok || evaluations != steps {
				t.Fatalf("a path is broken off after %d evaluations, expected %d", evaluations, steps)
			}
			sum += math.Abs(end.energy() - f.energy())
		}
		return sum
	}
	coarse, fine := worst(32), worst(64)
	if ratio := coarse / fine; math.Abs(ratio-4) > 0.1 {
		t.Errorf("half the step divides the error of the energy by %.3f, expected 4", ratio)
	}
}

func TestPathsAreReversible(t *testing.T) {
	s := simtest.Scenario(t, "banana")
	c := hamiltonian{target: s.Target, step: 0.3, steps: 12}
	for _, f := range startsOn(s, 100) {
		end, _, _ := c.path(f)
		end.v = scenarios.Point{X: -end.v.X, Y: -end.v.Y}
		back, _, _ := c.path(end)
		if d := math.Hypot(back.at.X-f.at.X, back.at.Y-f.at.Y) + math.Hypot(back.v.X+f.v.X, back.v.Y+f.v.Y); !(d < 1e-9) {
			t.Fatalf("the way back from %v ends %.2g away", f.at, d)
		}
	}
}

// On a harmonic potential with period 2πσ a quarter of the period exchanges position and velocity.
func TestAPathIsAHarmonicOscillation(t *testing.T) {
	const sigma, steps = 2, 400
	g := scenarios.Gaussian{Sigma: sigma}
	c := hamiltonian{target: g, step: math.Pi / 2 * sigma / steps, steps: steps}
	start := scenarios.Point{X: 1, Y: -2}
	end, _, _ := c.path(phase{start, scenarios.Point{X: 0.5, Y: 0.25}, At(g, start)})
	for name, v := range map[string][2]float64{
		"x": {end.at.X, 0.5 * sigma}, "y": {end.at.Y, 0.25 * sigma},
		"velocity along x": {end.v.X, -1. / sigma}, "velocity along y": {end.v.Y, 1},
	} {
		if math.Abs(v[0]-v[1]) > 1e-5 {
			t.Errorf("%s is %.7f, expected %.7f", name, v[0], v[1])
		}
	}
}
