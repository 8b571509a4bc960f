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

// Judge compares clouds of points with a target: with its density on the grid, with its
// modes, and with a sample of as many points, exact where the target has a sampler that
// is, otherwise of its density as tabulated. Clouds may differ in their number of points. It
// is not safe for concurrent use.
type Judge struct {
	estimator *density.Estimator
	modes     []mode
	sampler   scenarios.Sampler
	exact     bool
	seed      uint64

	sample []scenarios.Point
	other  []scenarios.Point // another sample, for the floor
}

// NewJudge draws its samples from seed, of n points until a cloud has another number.
// Regions that the scenario names are not looked at: the metrics are those of the target's
// own modes, the same for every way to divide it, and a named region need hold none. The
// error says what in the kernel, the target or n cannot be used.
func NewJudge(s scenarios.Scenario, k density.Kernel, n int, seed uint64) (*Judge, error) {
	if n < 2 {
		return nil, fmt.Errorf("number of points is %d, expected 2 or more", n)
	}
	s.Regions = nil
	e, err := density.New(s, k)
	if err != nil {
		return nil, err
	}
	j := &Judge{estimator: e, modes: modesOf(s, e.Target().Regions), sampler: s.Truth.Sampler, exact: true, seed: seed}
	if j.sampler == nil {
		j.exact = false
		if j.sampler, err = target.NewSampler(s.Target, e.Grid(), grid.NewWorkers()); err != nil {
			return nil, err
		}
	}
	j.draw(n)
	return j, nil
}

// draw makes both samples ones of n points.
func (j *Judge) draw(n int) {
	if len(j.sample) == n {
		return
	}
	rng := rand.New(rand.NewPCG(j.seed, 1))
	j.sample, j.other = make([]scenarios.Point, n), make([]scenarios.Point, n)
	j.sampler.Sample(j.sample, rng)
	j.sampler.Sample(j.other, rng)
}

// Modes is the number of modes there are to cover.
func (j *Judge) Modes() int { return len(j.modes) }

// Exact reports whether the sample that is compared with is exact.
func (j *Judge) Exact() bool { return j.exact }

// Floor is what another sample of the same size gets.
func (j *Judge) Floor() Metrics { return j.Measure(j.other) }

// Measure compares points, two at least.
func (j *Judge) Measure(points []scenarios.Point) Metrics {
	c, m := j.compare(points), Metrics{}
	for _, t := range Table() {
		m = append(m, finite(t.measure(c)))
	}
	return m
}

// comparison is a cloud with the sample of a judge. What several metrics are made of is
// computed once, where one asks for it.
type comparison struct {
	judge  *Judge
	points []scenarios.Point

	sliced func() (w2, energy float64)
	near   func() (covered int, quality float64)
	shares func() (entropy, kl float64)
}

func (j *Judge) compare(points []scenarios.Point) *comparison {
	j.draw(len(points))
	e := j.estimator
	e.Set(points)
	return &comparison{judge: j, points: points,
		sliced: sync.OnceValues(func() (float64, float64) { return slicedDistances(points, j.sample) }),
		near:   sync.OnceValues(func() (int, float64) { return cover(points, j.modes) }),
		shares: sync.OnceValues(func() (float64, float64) { return sharesOf(e.Inside(), e.Target().Regions) }),
	}
}

func (c *comparison) tv() float64 { return c.judge.estimator.Totals(nil, false).TV }

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

// mmd is the unbiased MMD² of the points against the sample, NaN where no grid serves.
func (c *comparison) mmd() float64 {
	j := c.judge
	w := j.estimator.Grid().Bounds()
	if j.estimator.Outside() > 0 {
		w = extent(c.points, j.sample)
	}
	return mmd(c.points, j.sample, w, j.seed)
}

// extent is the smallest rectangle that holds the points of both clouds.
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
