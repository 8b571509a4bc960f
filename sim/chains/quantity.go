package chains

import (
	"math"
	"slices"
)

// Quantity is one quantity at every draw of several chains, prepared for its diagnostics. Its
// methods share buffers and keep results: one goroutine at a time.
type Quantity struct {
	chains, draws int
	// sorted has all draws in ascending order.
	sorted []entry
	// scaled has all draws, chain after chain, as (x − centre)/halfRange: in [−1, 1], so that no
	// square of them overflows or vanishes.
	scaled            []float64
	centre, halfRange float64
	// reason says why nothing but mean, standard deviation and quantiles may be defined; it is
	// empty otherwise.
	reason Reason
	// spectrum is for halves of chains, and made when first needed.
	spectrum *spectrum
	// scores are the normal scores of the draws; essMean and essBelow, by the bound of the
	// indicator, are effective sample sizes. They are kept when computed: more than one statistic
	// is made from each.
	scores   []float64
	essMean  *Estimate
	essBelow map[float64]Estimate
}

// entry is a value with its place: the number of its draw, counted chain after chain.
type entry struct {
	value float64
	place int
}

// NewQuantity prepares draws, indexed by chain and draw. It copies them. The time is that of
// sorting them. Errors: [ErrNoChains], [UnequalLengthsError].
func NewQuantity(draws [][]float64) (*Quantity, error) {
	n, err := rectangle(draws)
	if err != nil {
		return nil, err
	}
	q := &Quantity{chains: len(draws), draws: n, sorted: make([]entry, 0, len(draws)*n), essBelow: make(map[float64]Estimate)}
	for _, chain := range draws {
		for _, x := range chain {
			if !finite(x) {
				q.reason = NonFinite
			}
			q.sorted = append(q.sorted, entry{x, len(q.sorted)})
		}
	}
	if q.reason == "" && n > 0 {
		q.prepare()
	}
	if q.reason != NonFinite && n < 4 {
		q.reason = FewDraws
	}
	return q, nil
}

// prepare sorts and scales the draws.
func (q *Quantity) prepare() {
	total := len(q.sorted)
	q.scaled = make([]float64, total)
	for i, e := range q.sorted {
		q.scaled[i] = e.value
	}
	slices.SortFunc(q.sorted, byValue)
	least, greatest := q.sorted[0].value, q.sorted[total-1].value
	q.centre, q.halfRange = least/2+greatest/2, greatest/2-least/2
	if q.halfRange == 0 { // of equal numbers, or of the two least that there are
		q.reason, q.centre = Constant, least
		clear(q.scaled)
		return
	}
	for i, x := range q.scaled {
		q.scaled[i] = (x - q.centre) / q.halfRange
	}
}

// byValue orders numbers; it is twice as fast as cmp.Compare, which has a place for NaN.
func byValue(a, b entry) int {
	switch {
	case a.value < b.value:
		return -1
	case a.value > b.value:
		return 1
	}
	return 0
}

// Chains returns the number of chains.
func (q *Quantity) Chains() int { return q.chains }

// Draws returns the number of draws of a chain.
func (q *Quantity) Draws() int { return q.draws }

// Mean returns the mean of all draws.
func (q *Quantity) Mean() Estimate {
	if len(q.scaled) == 0 {
		return undefined(q.reason)
	}
	return defined(q.centre + q.halfRange*mean(q.scaled))
}

// SD returns the standard deviation of all draws, √(Σ(x−x̄)²/(N−1)), 0 for equal draws.
func (q *Quantity) SD() Estimate {
	if len(q.scaled) < 2 {
		return undefined(q.reason)
	}
	return defined(q.halfRange * math.Sqrt(variance(q.scaled)))
}

// Quantile returns the quantile of all draws at probability p in [0, 1], linear between order
// statistics: type 7 of Hyndman, Fan (1996), Sample quantiles in statistical packages, The
// American Statistician 50(4).
func (q *Quantity) Quantile(p float64) Estimate {
	if len(q.scaled) == 0 {
		return undefined(q.reason)
	}
	below, fraction := position(len(q.sorted), p)
	return defined(between(q.sorted[below].value, q.sorted[min(below+1, len(q.sorted)-1)].value, fraction))
}

// position returns where the quantile at p of n sorted numbers lies: the index of the order
// statistic below it, and the fraction of the way to the next. (n−1)p that should be an integer
// may be rounded to less: a few units in the last place count as none.
func position(n int, p float64) (below int, fraction float64) {
	at := float64(n-1) * min(max(p, 0), 1)
	below = int(at * (1 + 4*0x1p-52))
	return below, max(at-float64(below), 0)
}

func between(a, b, fraction float64) float64 { return (1-fraction)*a + fraction*b }

// halves splits each chain of a table that is stored chain after chain into its first and its
// last half, without the middle one of an odd number of draws.
func (q *Quantity) halves(pooled []float64) [][]float64 { return halves(pooled, q.chains, q.draws) }

func halves(pooled []float64, chains, draws int) [][]float64 {
	split := make([][]float64, 0, 2*chains)
	for i := range chains {
		chain := pooled[i*draws : (i+1)*draws]
		split = append(split, chain[:draws/2], chain[draws-draws/2:])
	}
	return split
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// variance is Σ(x−x̄)²/(n−1).
func variance(x []float64) float64 {
	m, sum := mean(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return sum / float64(len(x)-1)
}
