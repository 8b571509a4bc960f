package sim

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// lost are particles that are no numbers.
func lost(points []scenarios.Point) (n int) {
	for _, p := range points {
		if !scenarios.IsFinite(p.X) || !scenarios.IsFinite(p.Y) {
			n++
		}
	}
	return n
}

// The particles leave the cloud that they began in, whose density is the reference: far from it that is
// small, but it has a logarithm.
func TestTheInitialReferenceHoldsFarFromTheCloud(t *testing.T) {
	s, err := simtest.Scenario(t, "uneven-ring").WithStart("ring")
	if err != nil {
		t.Fatal(err)
	}
	for name, start := range map[string]scenarios.Sampler{"ring": s.Start.Sampler, "points": fixedPoints(t)} {
		s.Start.Sampler = start
		f := newFlow(t, s, divergences.NewLogVariance(divergences.Reference{Kind: divergences.Initial}), withParticles(100))
		for i, l := range f.driven.drift.rho.log {
			if !scenarios.IsFinite(l) {
				t.Fatalf("%s: log ρ is %g at node %d", name, l, i)
			}
		}
		r := &Report{}
		for range 75 {
			f.StepReport(r, Instruments{})
			if n := lost(pointsOf(f)); n > 0 || !scenarios.IsFinite(r.Active) || !scenarios.IsFinite(r.StepDT) {
				t.Fatalf("%s: after step %d %d particles are lost, the objective is %g", name, r.Step, n, r.Active)
			}
		}
	}
}

func fixedPoints(t *testing.T) scenarios.Sampler {
	t.Helper()
	p, err := scenarios.NewFixedPoints([]scenarios.Point{{X: -2, Y: 1}, {X: -2.1, Y: 1.2}, {X: -1.8, Y: 0.8}})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A displacement beyond the numbers is none, and counts as limited.
func TestNoDisplacementLeavesTheNumbers(t *testing.T) {
	l := limits{effort: 1, length: 0.5}
	for _, d := range []grid.Vector{{X: math.NaN()}, {Y: math.Inf(1)}, {X: math.Inf(-1), Y: math.NaN()}, {X: 1e200, Y: 1}} {
		if short, limited := l.shorten(d); short != (grid.Vector{}) || !limited {
			t.Errorf("%v becomes %v, limited: %v", d, short, limited)
		}
	}
	if short, limited := l.shorten(grid.Vector{X: 3, Y: -4}); math.Abs(short.X-0.3) > 1e-12 || math.Abs(short.Y+0.4) > 1e-12 || !limited {
		t.Errorf("(3, −4) becomes %v, expected (0.3, −0.4)", short)
	}
}

// A weight that vanishes leaves a step of no length, not one without end.
func TestAVanishingEffortIsNoStep(t *testing.T) {
	for mean, want := range map[float64]float64{0: 0, 1e-300: 0, 5e-324: 0, 1e-100: 4e99, 1: 0.4} {
		if dt := unitEffort(1, mean); math.Abs(dt-want) > 1e-12*want {
			t.Errorf("a mean effort of %g gives dt = %g, expected %g", mean, dt, want)
		}
	}
}

// On a grid that cuts off the kernels of particles at its edge, or much of the target, every divergence
// is still one: never negative.
func TestDivergencesAreNeverNegativeOnACutGrid(t *testing.T) {
	s := simtest.Gaussian(t, 12, scenarios.Gaussian{Mean: scenarios.Point{X: 20, Y: 12}, Sigma: 30})
	s.Window, s.Bandwidth = scenarios.Window{XMin: -5, XMax: 20, YMin: -9, YMax: 9}, 6
	negative := 0
	for _, d := range simtest.Divergences(t) {
		for _, factor := range []float64{1, 0.0113444, 80} {
			scaled, err := divergences.ScaleZ(d, factor)
			if err != nil {
				t.Fatal(err)
			}
			f := newFlow(t, s, divergences.NewDrift(scaled), withParticles(64))
			in, r := Instruments{Objectives: density.NewObjectives([]divergences.Divergence{scaled})}, &Report{}
			for range 5 {
				f.StepReport(r, in)
				if !(r.Active >= 0) || !(r.Objectives[0].Value >= 0) {
					negative++
					t.Errorf("%s with Z×%g: the objective is %g, and by its histogram %g", d.Info().ID, factor, r.Active, r.Objectives[0].Value)
					break
				}
			}
		}
	}
}

// Shares of the effort are parts of a whole, also next to lone particles.
func TestSharesOfTheEffortAreNoMoreThanTheWhole(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	for _, velocity := range []VelocityRule{Plugin, Blob} {
		for seed := range uint64(6) {
			f := newFlow(t, s, simtest.Drift(t, "reverse-kl"), withParticles(2), func(c *Settings) { c.Seed, c.Velocity = seed, velocity })
			r := &Report{}
			for range 4 {
				f.StepReport(r, Instruments{Effort: true})
				sum, size := 0.0, 0.0
				for _, b := range r.Effort {
					sum, size = sum+b.Share, size+math.Abs(b.Share)
					if velocity == Plugin && b.Share < 0 {
						t.Fatalf("seed %d: the band from %g has the share %g, expected it positive: all particles move along β", seed, b.Lo, b.Share)
					}
				}
				if size > 1+1e-9 || velocity == Plugin && math.Abs(sum-1) > 1e-9 {
					t.Fatalf("seed %d, %v: shares sum to %g, their sizes to %g", seed, velocity, sum, size)
				}
			}
		}
	}
}
