package movers

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
)

// State is log p and its gradient at a point.
type State struct{ LogP, GX, GY float64 }

// At returns the state at a point, by one evaluation of the target.
func At(target scenarios.Target, p scenarios.Point) State {
	gx, gy := target.Score(p.X, p.Y)
	return State{target.LogDensity(p.X, p.Y), gx, gy}
}

// Langevin returns x + ε∇log p + noise·(ξ₁, ξ₂) for x = p, where s has the gradient at p and noise is
// √(2ε): Roberts, Tweedie (1996).
func (s State) Langevin(p scenarios.Point, epsilon, noise, xi1, xi2 float64) scenarios.Point {
	return scenarios.Point{X: p.X + epsilon*s.GX + noise*xi1, Y: p.Y + epsilon*s.GY + noise*xi2}
}

// LogAcceptance is the logarithm of p(y)k(y,x) / p(x)k(x,y) of a Langevin step from x to y, where a and
// b are the states at x and y: MALA accepts y with probability min(1, that). NaN if p vanishes at both.
func LogAcceptance(x, y scenarios.Point, a, b State, epsilon float64) float64 {
	return b.LogP - a.LogP + b.logProposal(y, x, epsilon) - a.logProposal(x, y, epsilon)
}

// logProposal is log k(x,y) of a Langevin step, up to its constant.
func (s State) logProposal(x, y scenarios.Point, epsilon float64) float64 {
	dx, dy := y.X-x.X-epsilon*s.GX, y.Y-x.Y-epsilon*s.GY
	return -(dx*dx + dy*dy) / (4 * epsilon)
}

// langevin is x ← x + ε∇log p(x) + √(2ε)ξ. On N(μ, σ²I) its variance ends at σ²/(1 − ε/2σ²), and it
// diverges for ε > 2σ².
type langevin struct {
	target         scenarios.Target
	epsilon, noise float64
}

func (langevin) prepare([]scenarios.Point, streams.Stream) int { return 0 }

func (l langevin) move(_ int, p scenarios.Point, rng *rand.Rand) outcome {
	var s State
	s.GX, s.GY = l.target.Score(p.X, p.Y)
	return outcome{to: s.Langevin(p, l.epsilon, l.noise, rng.NormFloat64(), rng.NormFloat64()), evaluations: 1}
}

// metropolis proposes like langevin and accepts by LogAcceptance. A proposal beyond the bounds is
// refused, so that the chains keep the target as it is within them, and so is one that is no point.
type metropolis struct {
	langevin
	bounds scenarios.Window
}

func (m metropolis) move(_ int, p scenarios.Point, rng *rand.Rand) outcome {
	a := At(m.target, p)
	q := a.Langevin(p, m.epsilon, m.noise, rng.NormFloat64(), rng.NormFloat64())
	if !m.bounds.Contains(q) {
		return outcome{to: p, evaluations: 1}
	}
	b := At(m.target, q)
	if math.Log(rng.Float64()) < LogAcceptance(p, q, a, b, m.epsilon) {
		return outcome{to: q, evaluations: 2, accepted: true}
	}
	return outcome{to: p, evaluations: 2}
}
