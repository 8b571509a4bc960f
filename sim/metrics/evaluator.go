package metrics

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
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
	// modeShares are those of the target by the nearest mode.
	modeShares func() []float64
	sampler    scenarios.Sampler
	exact      bool
	seed       uint64
	width      float64 // of the kernel of MMD²
	slicer     *slicer

	sample []scenarios.Point
	floors map[int]Floor // by number of points
}

// NewEvaluator returns an evaluator with a sample of n ≥ 2 points, drawn by the seed; it is
// drawn again for another number of points. The seed may be that of a flow: the samples are
// independent of its particles. The regions of the scenario are not used: the metrics refer to
// the basins of the target, or to the cells of a single one, and do not depend on the division.
// The error names what is invalid in the kernel, the target or n.
func NewEvaluator(s scenarios.Scenario, k density.Kernel, n int, seed uint64) (*Evaluator, error) {
	if n < 2 {
		return nil, fmt.Errorf("number of points is %d, expected 2 or more", n)
	}
	s.ChosenDivision = scenarios.ByBasins
	e, err := density.New(s, k)
	if err != nil {
		return nil, err
	}
	workers := grid.NewWorkers()
	modes := modesOf(s, e.Target().Regions)
	if len(e.Target().Regions.List) == 1 {
		e = density.NewOn(e.Target().Divided(workers), k, workers)
	}
	v := &Evaluator{estimator: e, modes: modes, sampler: exactWithin(s.Truth.Sampler, e.Grid().Bounds()), exact: true, seed: seed,
		slicer: newSlicer(workers), floors: map[int]Floor{}}
	v.modeShares = sync.OnceValue(func() []float64 { return modeShares(e.Target(), v.modes) })
	if v.sampler == nil {
		v.exact = false
		if v.sampler, err = target.NewSampler(s.Target, e.Grid(), workers); err != nil {
			return nil, err
		}
	}
	v.width = kernelWidth(v.sampler)
	v.draw(n)
	return v, nil
}

// draw draws the sample, of n points, unless it is there.
func (v *Evaluator) draw(n int) {
	if len(v.sample) != n {
		v.sample = slices.Grow(v.sample[:0], n)[:n]
		v.sampler.Sample(v.sample, rand.New(rand.NewPCG(v.seed, sampleStream)))
	}
}

// Modes is the number of modes of the target.
func (v *Evaluator) Modes() int { return len(v.modes) }

// Exact reports whether the sample is exact.
func (v *Evaluator) Exact() bool { return v.exact }

// Measure returns the metrics of at least two points.
func (v *Evaluator) Measure(points []scenarios.Point) Metrics {
	return v.MeasureCloud(scenarios.Cloud{Points: points})
}

// SampleSize is the number of points of the samples that a cloud is compared with: its effective size, rounded, 2 at
// least.
func SampleSize(c scenarios.Cloud) int { return max(int(math.Round(c.EffectiveSize())), 2) }

// MeasureCloud returns the metrics of at least two points with their shares of the mass, against a sample of
// SampleSize.
func (v *Evaluator) MeasureCloud(cloud scenarios.Cloud) Metrics {
	v.draw(SampleSize(cloud))
	c, m := v.compare(cloud, func() []scenarios.Point { return v.sample }), Metrics{}
	for _, t := range Table() {
		m = append(m, finite(t.measure(c)))
	}
	return m
}

// comparison is a cloud with a sample of the target of SampleSize. Intermediate
// results of several metrics are computed once, on first use.
type comparison struct {
	evaluator *Evaluator
	cloud     scenarios.Cloud
	sample    func() []scenarios.Point

	onGrid func() float64   // TV
	masses func() []float64 // by region
	sliced func() (w2, energy float64)
	near   func() nearness
	shares func() (entropy, kl float64)
}

func (v *Evaluator) compare(cloud scenarios.Cloud, sample func() []scenarios.Point) *comparison {
	e := v.estimator
	// The masses alone are cheap, and most of the draws of a floor need no more.
	set := -1
	points := func() *density.Estimator {
		if e.Version() != set {
			e.SetCloud(cloud)
			set = e.Version()
		}
		return e
	}
	c := &comparison{evaluator: v, cloud: cloud, sample: sample,
		onGrid: sync.OnceValue(func() float64 { return points().Totals(nil, false).TV }),
		masses: sync.OnceValue(func() []float64 { return slices.Clone(points().Masses()) }),
		sliced: sync.OnceValues(func() (float64, float64) { return v.slicer.distances(cloud, sample()) }),
		near:   sync.OnceValue(func() nearness { return about(cloud, v.modes, v.modeShares()) }),
	}
	c.shares = sync.OnceValues(func() (float64, float64) { return compareMasses(c.masses(), e.Target().Regions.List) })
	return c
}

func (c *comparison) tv() float64 { return c.onGrid() }

func (c *comparison) slicedW2() float64 {
	w2, _ := c.sliced()
	return w2
}

func (c *comparison) energy() float64 {
	_, energy := c.sliced()
	return energy
}

// energyMean has the expectation of energy between exact samples: without the pairs of a point
// with itself it is 0, so that it is 2E|x−y|/n.
func (c *comparison) energyMean() float64 {
	sum, n, y := 0.0, float64(len(c.cloud.Points)), c.sample()
	for i, p := range c.cloud.Points {
		sum += math.Hypot(p.X-y[i].X, p.Y-y[i].Y)
	}
	return 2 * sum / (n * n)
}

func (c *comparison) visited() float64 { return float64(c.near().visited) }

func (c *comparison) filled() float64 { return float64(c.near().filled) }

func (c *comparison) quality() float64 { return c.near().quality }

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
	return mmd(c.cloud, c.sample(), covering(v.estimator.Grid().Bounds(), c.cloud.Points, c.sample()), v.width)
}

// covering is a window, or the bounding box of the points if some lie outside it.
func covering(w scenarios.Window, x, y []scenarios.Point) scenarios.Window {
	b := extent(x, y)
	if b.XMin >= w.XMin && b.XMax <= w.XMax && b.YMin >= w.YMin && b.YMax <= w.YMax {
		return w
	}
	return b
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
