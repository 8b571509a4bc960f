package movers

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"

	"undercurrent/internal/streams"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Config is what a mover works on.
type Config struct {
	Target scenarios.Target
	// Sampler draws exactly from the target, for drifting; nil if there is none.
	Sampler scenarios.Sampler
	// Bounds hold the particles.
	Bounds scenarios.Window
	// Bandwidth is h, the unit of length of steps and the width of the kernel of drifting.
	Bandwidth float64
	// Workers share the work of a step; nil for new ones.
	Workers *grid.Workers
}

// Moved is what a step has done.
type Moved struct {
	// Evaluations of the target: log p, its score, or both at one point count as one.
	Evaluations int
	// Accepted is the share of the particles whose proposal was accepted; NaN for a mover without a
	// Metropolis test.
	Accepted float64
	// Held is the number of particles that were clamped to the edge of the bounds.
	Held int
	// Displacement is the mean distance that the particles moved, in units of length.
	Displacement float64
}

// method is what tells the kinds apart.
type method interface {
	// prepare computes what depends on all particles and returns the evaluations that it took.
	prepare(points []scenarios.Point, key streams.Stream) (evaluations int)
	// move returns where the i-th particle goes from p.
	move(i int, p scenarios.Point, rng *rand.Rand) outcome
}

// outcome is what a method has done with one particle.
type outcome struct {
	to          scenarios.Point
	evaluations int
	accepted    bool
}

// Mover takes steps. It is not safe for concurrent use.
type Mover struct {
	method   method
	adjusted bool // by a Metropolis test
	bounds   scenarios.Window
	workers  *grid.Workers

	sources []source // by worker
	tallies []tally  // by chunk
	points  []scenarios.Point
	key     streams.Stream
	moveAll func(worker, from, to int)
}

// source draws the random numbers of a particle at a time.
type source struct {
	pcg rand.PCG
	rng *rand.Rand // of pcg
}

// tally counts what happened to a chunk of particles.
type tally struct {
	evaluations, accepted, held int
	distance                    float64
}

const (
	// chunk is the number of particles that a worker takes at a time.
	chunk = 256
	// salt keeps the random numbers apart from others that are drawn with the same seed.
	salt = 0x6d6f766572 // "mover"
)

// New returns a mover. The error says what is invalid or missing, and what was expected.
func New(s Spec, c Config) (*Mover, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if err := c.check(s.Kind); err != nil {
		return nil, err
	}
	if c.Workers == nil {
		c.Workers = grid.NewWorkers()
	}
	one, err := s.method(c)
	if err != nil {
		return nil, err
	}
	m := &Mover{method: one, adjusted: s.Kind == MALA || s.Kind == HMC, bounds: c.Bounds, workers: c.Workers,
		sources: make([]source, c.Workers.Size())}
	for k := range m.sources {
		m.sources[k].rng = rand.New(&m.sources[k].pcg)
	}
	m.moveAll = m.moveRange
	return m, nil
}

// check rejects what no mover can work with.
func (c Config) check(k Kind) error {
	width, height := c.Bounds.XMax-c.Bounds.XMin, c.Bounds.YMax-c.Bounds.YMin
	switch {
	case c.Target == nil && k != Drifting:
		return fmt.Errorf("%s has no target, expected one", k)
	case c.Sampler == nil && k == Drifting:
		return errors.New("drifting needs samples of the target, and this one has no exact sampler, expected a target with one or another mover")
	case !(c.Bandwidth > 0) || math.IsInf(c.Bandwidth, 0):
		return fmt.Errorf("bandwidth is %g, expected a positive number", c.Bandwidth)
	case !(width > 0) || !(height > 0) || math.IsInf(width+height, 0):
		return fmt.Errorf("bounds are %g by %g, expected positive lengths", width, height)
	}
	return nil
}

// method builds the method of a valid spec.
func (s Spec) method(c Config) (method, error) {
	h, step := c.Bandwidth, s.step()
	switch s.Kind {
	case ULA:
		return langevin{c.Target, step * h * h, math.Sqrt(2*step) * h}, nil
	case MALA:
		return metropolis{langevin{c.Target, step * h * h, math.Sqrt(2*step) * h}, c.Bounds}, nil
	case HMC:
		return hamiltonian{c.Target, c.Bounds, step * h, s.leapfrogs()}, nil
	case SVGD:
		return newSteinMethod(c, step*h*h), nil
	}
	return newDriftingMethod(c, s.Kernel, step)
}

// Step moves the points in place. Equal points, seeds and steps give equal bits.
func (m *Mover) Step(points []scenarios.Point, seed uint64, step int) Moved {
	n := len(points)
	if n == 0 {
		return Moved{Accepted: math.NaN()}
	}
	m.points, m.key = points, streams.New(seed^salt, step)
	prepared := m.method.prepare(points, m.key)
	chunks := (n + chunk - 1) / chunk
	if len(m.tallies) != chunks {
		m.tallies = make([]tally, chunks)
	}
	m.workers.Each(n, chunk, m.moveAll)
	m.points = nil
	// In order, for the same bits with any number of workers.
	var all tally
	for _, t := range m.tallies {
		all.evaluations += t.evaluations
		all.accepted += t.accepted
		all.held += t.held
		all.distance += t.distance
	}
	moved := Moved{Evaluations: prepared + all.evaluations, Accepted: math.NaN(), Held: all.held, Displacement: all.distance / float64(n)}
	if m.adjusted {
		moved.Accepted = float64(all.accepted) / float64(n)
	}
	return moved
}

// moveRange moves a chunk. A particle whose next position is not finite, like its score, stays.
func (m *Mover) moveRange(worker, from, to int) {
	s, t := &m.sources[worker], tally{}
	for i := from; i < to; i++ {
		p := m.points[i]
		s.pcg.Seed(m.key.Of(i), uint64(i))
		o := m.method.move(i, p, s.rng)
		if !finite(o.to) {
			o.to = p
		}
		q, outside := grid.Clamp(o.to, m.bounds)
		if outside {
			t.held++
		}
		if o.accepted {
			t.accepted++
		}
		t.evaluations += o.evaluations
		t.distance += math.Hypot(q.X-p.X, q.Y-p.Y)
		m.points[i] = q
	}
	m.tallies[from/chunk] = t
}

// maxCoordinate bounds the coordinates at which a target is evaluated; targets are defined up to it.
const maxCoordinate = 1e150

// finite reports whether a target is defined at a point.
func finite(p scenarios.Point) bool {
	return math.Abs(p.X) < maxCoordinate && math.Abs(p.Y) < maxCoordinate
}
