package metrics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// Evaluator computes metrics of points against a target: against its density on the grid, its
// modes, and a sample of the same size, which is exact if the target has an exact sampler and
// otherwise drawn from its tabulated density. It is not safe for concurrent use.
type Evaluator struct {
	estimator *density.Estimator
	modes     []mode
	sampler   scenarios.Sampler
	exact     bool
	seed      uint64

	sample []scenarios.Point
	other  []scenarios.Point // another sample, for the floor
}

// NewEvaluator returns an evaluator with samples of n ≥ 2 points, drawn by the seed; they are
// drawn again for another number of points. Named regions of the scenario are not used: the
// metrics refer to the modes of the target and do not depend on its partition. The error names
// what is invalid in the kernel, the target or n.
func NewEvaluator(s scenarios.Scenario, k density.Kernel, n int, seed uint64) (*Evaluator, error) {
	if n < 2 {
		return nil, fmt.Errorf("number of points is %d, expected 2 or more", n)
	}
	s.Regions = nil
	e, err := density.New(s, k)
	if err != nil {
		return nil, err
	}
	v := &Evaluator{estimator: e, modes: modesOf(s, e.Target().Regions), sampler: s.Truth.Sampler, exact: true, seed: seed}
	if v.sampler == nil {
		v.exact = false
		if v.sampler, err = target.NewSampler(s.Target, e.Grid(), grid.NewWorkers()); err != nil {
			return nil, err
		}
	}
	v.draw(n)
	return v, nil
}

// draw draws both samples, of n points each.
func (v *Evaluator) draw(n int) {
	if len(v.sample) == n {
		return
	}
	rng := rand.New(rand.NewPCG(v.seed, 1))
	v.sample, v.other = make([]scenarios.Point, n), make([]scenarios.Point, n)
	v.sampler.Sample(v.sample, rng)
	v.sampler.Sample(v.other, rng)
}

// Modes is the number of modes of the target.
func (v *Evaluator) Modes() int { return len(v.modes) }

// Exact reports whether the sample is exact.
func (v *Evaluator) Exact() bool { return v.exact }

// Floor returns the metrics of another sample of the same size.
func (v *Evaluator) Floor() Metrics { return v.Measure(v.other) }

// Measure returns the metrics of at least two points.
func (v *Evaluator) Measure(points []scenarios.Point) Metrics {
	c, m := v.compare(points), Metrics{}
	for _, t := range Table() {
		m = append(m, finite(t.measure(c)))
	}
	return m
}

// comparison is a set of points with the sample of an evaluator. Intermediate results of
// several metrics are computed once, on first use.
type comparison struct {
	evaluator *Evaluator
	points    []scenarios.Point

	sliced func() (w2, energy float64)
	near   func() (covered int, quality float64)
	shares func() (entropy, kl float64)
}

func (v *Evaluator) compare(points []scenarios.Point) *comparison {
	v.draw(len(points))
	e := v.estimator
	e.Set(points)
	return &comparison{evaluator: v, points: points,
		sliced: sync.OnceValues(func() (float64, float64) { return slicedDistances(points, v.sample) }),
		near:   sync.OnceValues(func() (int, float64) { return cover(points, v.modes) }),
		shares: sync.OnceValues(func() (float64, float64) { return compareMasses(e.Totals(nil, false).Masses, e.Target().Regions.List) }),
	}
}

func (c *comparison) tv() float64 { return c.evaluator.estimator.Totals(nil, false).TV }

func (c *comparison) slicedW2() float64 {
	w2, _ := c.sliced()
	return w2
}

func (c *comparison) energy() float64 {
	_, energy := c.sliced()
	return energy
}

func (c *comparison) covered() float64 {
	covered, _ := c.near()
	return float64(covered)
}

func (c *comparison) quality() float64 {
	_, quality := c.near()
	return quality
}

func (c *comparison) entropy() float64 {
	entropy, _ := c.shares()
	return entropy
}

func (c *comparison) massKL() float64 {
	_, kl := c.shares()
	return kl
}

// mmd is the unbiased MMD² of the points and the sample, NaN if no grid resolves it.
func (c *comparison) mmd() float64 {
	v := c.evaluator
	w := v.estimator.Grid().Bounds()
	if v.estimator.Outside() > 0 {
		w = extent(c.points, v.sample)
	}
	return mmd(c.points, v.sample, w, v.seed)
}

// extent is the bounding box of both sets of points.
func extent(x, y []scenarios.Point) scenarios.Window {
	w := scenarios.Window{XMin: math.Inf(1), XMax: math.Inf(-1), YMin: math.Inf(1), YMax: math.Inf(-1)}
	for _, cloud := range [][]scenarios.Point{x, y} {
		for _, p := range cloud {
			w.XMin, w.XMax = min(w.XMin, p.X), max(w.XMax, p.X)
			w.YMin, w.YMax = min(w.YMin, p.Y), max(w.YMax, p.Y)
		}
	}
	return w
}
