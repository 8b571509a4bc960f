package metrics

import (
	"context"
	"slices"
	"sync"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// The draws of a floor. There are usualDraws of every metric, for a usable standard deviation of
// skewed values; then their number is doubled for those whose mean has a larger standard error
// than FloorError, up to mostDraws. Doubling instead of testing after each draw keeps the bias
// of stopping at a lucky moment small. Beyond floorCost it stops earlier, but not before
// fewestDraws.
const (
	usualDraws  = 32
	mostDraws   = 256 // the KL of two region masses has a relative spread of √2
	fewestDraws = 4
	// floorCost is a number of points of which two cores sort all projections in two seconds;
	// unsorted points cost the fraction 1/unsorted of that, and a node of the density estimate the
	// fraction 1/node.
	floorCost = 1 << 22
	unsorted  = 16
	node      = 10
)

// FloorError is the standard error of the mean of a floor that is aimed at, relative to the
// mean.
const FloorError = 0.1

// Floor returns the distribution of the metrics of one exact sample of n ≥ 2 points against
// another, from independent pairs of samples, both drawn for each pair from the seed. The
// number of draws is such that the standard error of the mean is at most FloorError for every
// metric with a Positive mean, unless that takes too long: see Metric.Imprecise. It is
// computed once for each n.
func (v *Evaluator) Floor(n int) Floor {
	f, _ := v.FloorWithin(context.Background(), n) // which is never cancelled
	return f
}

// FloorWithin is Floor, or the error of a context that is cancelled before it is finished.
func (v *Evaluator) FloorWithin(ctx context.Context, n int) (Floor, error) {
	f, ok := v.floors[n]
	if !ok {
		var err error
		if f, err = v.drawFloor(ctx, n); err != nil {
			return nil, err
		}
		v.floors[n] = f
	}
	return slices.Clone(f), nil
}

// ExactTV returns the distribution of the TV on the grid of exact samples of n ≥ 2 points, from a number
// of draws: those that a Floor begins with, in a small part of its time.
func (v *Evaluator) ExactTV(n, draws int) Spread {
	tv, _ := v.ExactTotals(n, draws, nil)
	return tv
}

// ExactTotals is ExactTV with the distribution of the coverage measure U for the same samples; nil is
// density.DefaultFunctional.
func (v *Evaluator) ExactTotals(n, draws int, u divergences.Functional) (tv, under Spread) {
	var tvs, unders tally
	points := make([]scenarios.Point, n)
	for k := range draws {
		v.sampler.Sample(points, pairStream(v.seed, k, 0))
		v.estimator.Set(points)
		t := v.estimator.Totals(u, false)
		tvs.add(t.TV)
		unders.add(t.UnderCoverage())
	}
	return tvs.spread(&tvs), unders.spread(&unders)
}

func (v *Evaluator) drawFloor(ctx context.Context, n int) (Floor, error) {
	var open []*floorMetric // those that need more draws
	for _, m := range Table() {
		open = append(open, &floorMetric{Metric: m})
	}
	all := slices.Clone(open)
	// The second sample of a pair lies where that of the evaluator was, which is drawn again when it is needed.
	p := &pairs{evaluator: v, x: make([]scenarios.Point, n), y: slices.Grow(v.sample[:0], n)[:n]}
	v.sample = p.y[:0]
	for limit := usualDraws; len(open) > 0 && limit <= mostDraws; limit *= 2 {
		for p.draws < limit && p.affordable() {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			c := p.next()
			for _, m := range open {
				m.add(c)
			}
		}
		open = slices.DeleteFunc(open, func(m *floorMetric) bool { return !m.Imprecise(m.spread()) })
	}
	var f Floor
	for _, m := range all {
		f = append(f, m.spread())
	}
	return f, nil
}

// floorMetric collects the values of a metric.
type floorMetric struct {
	Metric
	values, means tally
}

func (m *floorMetric) add(c *comparison) {
	v := m.measure(c)
	m.values.add(v)
	if m.mean != nil {
		v = m.mean(c)
	}
	m.means.add(v)
}

func (m *floorMetric) spread() Spread { return m.values.spread(&m.means) }

// pairs draws independent pairs of exact samples.
type pairs struct {
	evaluator   *Evaluator
	x, y        []scenarios.Point
	draws, cost int
}

// affordable reports whether another draw is within the budget.
func (p *pairs) affordable() bool { return p.draws < fewestDraws || p.cost < floorCost }

// next compares a new pair. The second sample is drawn only if a metric needs it: that of
// most draws, the KL of region masses, does not.
func (p *pairs) next() *comparison {
	draw, v := p.draws, p.evaluator
	p.draws++
	p.cost += len(p.x)/unsorted + v.estimator.Grid().Len()/node
	v.sampler.Sample(p.x, pairStream(v.seed, draw, 0))
	return v.compare(scenarios.Cloud{Points: p.x}, sync.OnceValue(func() []scenarios.Point {
		p.cost += 2 * len(p.y) // both are sorted
		v.sampler.Sample(p.y, pairStream(v.seed, draw, 1))
		return p.y
	}))
}

// Imprecise reports whether the mean of a floor has a larger standard error than FloorError,
// in units of the mean. The mean of a metric that is not Positive has no relative error; there
// the spread counts.
func (m Metric) Imprecise(floor Spread) bool {
	return m.Positive && floor.Mean > 0 && floor.SE > FloorError*floor.Mean
}
