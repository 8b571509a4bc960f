package diagnosis

import (
	"fmt"
	"math"
	"math/rand/v2"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/sim/movers"
)

// Example is a sampler to learn from: the Metropolis-adjusted Langevin algorithm, right or with one fault. Its four
// chains begin at draws of the target's sampler, or at the initial cloud of a target without one.
type Example struct {
	// ID names the example, What says it in a few words.
	ID, What string
	epsilon  float64 // of the Langevin step, in units of h²
	sign     float64 // −1 goes down the gradient, in the proposal and in its correction
	stuckAt  int     // draw from which on the last chain stays, 0 for none
}

// Sizes of an example.
const (
	exampleChains = 4
	exampleDraws  = 10_000 // of a chain
)

// Examples are all of them. Those with a wrong sign keep the target, as the correction matches the proposal:
// only their moves tell.
func Examples() []Example {
	return []Example{
		{ID: "right", What: "a sampler without a fault", epsilon: 10, sign: 1},
		{ID: "wrong-sign", What: "the gradient with the wrong sign", epsilon: 3, sign: -1},
		{ID: "stuck", What: "a chain that stops moving", epsilon: 10, sign: 1, stuckAt: exampleDraws / 10},
		{ID: "short-steps", What: "steps that are ten times too short", epsilon: 0.1, sign: 1},
	}
}

// ExampleNamed is the example with an ID.
func ExampleNamed(id string) (Example, error) {
	var ids []string
	for _, e := range Examples() {
		if e.ID == id {
			return e, nil
		}
		ids = append(ids, e.ID)
	}
	return Example{}, fmt.Errorf("unknown chains %q, expected %s", id, suggest.Nearest(id, ids))
}

// Draws are the chains of the example on a scenario. Equal seeds give equal bits.
func (e Example) Draws(s scenarios.Scenario, seed uint64) Draws {
	d := Draws{Names: []string{"x", "y"}, Columns: make([][]float64, 2)}
	rng := rand.New(rand.NewPCG(seed, exampleStream))
	starts := make([]scenarios.Point, exampleChains)
	from := s.Start.Sampler
	if s.Truth.Sampler != nil {
		from = s.Truth.Sampler
	}
	from.Sample(starts, rng)
	for c, at := range starts {
		stuckAt := exampleDraws
		if e.stuckAt > 0 && c == exampleChains-1 {
			stuckAt = e.stuckAt
		}
		e.chain(&d, s, at, stuckAt, rng)
		d.Lengths = append(d.Lengths, exampleDraws)
	}
	return d
}

// exampleStream is the random stream of examples.
const exampleStream = 11

// chain appends a chain that begins at a point and stays from a draw on.
func (e Example) chain(d *Draws, s scenarios.Scenario, at scenarios.Point, stuckAt int, rng *rand.Rand) {
	epsilon := e.epsilon * s.Bandwidth * s.Bandwidth
	now := e.state(s.Target, at)
	for k := range exampleDraws {
		to := now.Langevin(at, epsilon, math.Sqrt(2*epsilon), rng.NormFloat64(), rng.NormFloat64())
		next := e.state(s.Target, to)
		accepted := math.Log(rng.Float64()) < movers.LogAcceptance(at, to, now, next, epsilon)
		if k < stuckAt && accepted {
			at, now = to, next
		}
		d.Columns[0], d.Columns[1] = append(d.Columns[0], at.X), append(d.Columns[1], at.Y)
		d.LogDensity = append(d.LogDensity, now.LogP)
	}
}

// state is that of the target at a point, with the gradient that the example believes in.
func (e Example) state(t scenarios.Target, p scenarios.Point) movers.State {
	s := movers.At(t, p)
	s.GX, s.GY = e.sign*s.GX, e.sign*s.GY
	return s
}
