package movers

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
)

// hamiltonian is Hamiltonian Monte Carlo with unit masses: a velocity from N(0, I), leapfrog steps of
// H = −log p(x) + |v|²/2, and a Metropolis test of exp(−ΔH). Neal (2011), MCMC using Hamiltonian
// dynamics. A path that ends beyond the bounds is refused, and so is one that meets a score that is
// not finite: position or energy are not finite after it.
type hamiltonian struct {
	target scenarios.Target
	bounds scenarios.Window
	step   float64 // of time, which is a length with unit masses
	steps  int
}

// phase is a position with its velocity and the state of the target there.
type phase struct {
	at, v scenarios.Point
	State
}

// energy is H.
func (f phase) energy() float64 { return (f.v.X*f.v.X+f.v.Y*f.v.Y)/2 - f.LogP }

func (hamiltonian) prepare([]scenarios.Point, streams.Stream) int { return 0 }

func (c hamiltonian) move(_ int, p scenarios.Point, rng *rand.Rand) outcome {
	start := phase{p, scenarios.Point{X: rng.NormFloat64(), Y: rng.NormFloat64()}, At(c.target, p)}
	u := rng.Float64()
	end, evaluations, ok := c.path(start)
	evaluations++
	if ok && c.bounds.Contains(end.at) && math.Log(u) < start.energy()-end.energy() {
		return outcome{to: end.at, evaluations: evaluations, accepted: true}
	}
	return outcome{to: p, evaluations: evaluations}
}

// path takes the leapfrog steps and returns the number of evaluations; ok is false if it is broken off.
// Reversing the velocity at the end leads back.
func (c hamiltonian) path(f phase) (end phase, evaluations int, ok bool) {
	for range c.steps {
		half := c.step / 2
		f.v.X += half * f.GX
		f.v.Y += half * f.GY
		f.at.X += c.step * f.v.X
		f.at.Y += c.step * f.v.Y
		if !finite(f.at) {
			return f, evaluations, false
		}
		f.State = At(c.target, f.at)
		evaluations++
		f.v.X += half * f.GX
		f.v.Y += half * f.GY
	}
	return f, evaluations, true
}
