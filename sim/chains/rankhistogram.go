package chains

import (
	"fmt"
	"math"
)

// RankHistogram says how the ranks of each chain among all draws are spread: evenly for chains
// that agree. It is figure 5 of Vehtari et al. (2021).
type RankHistogram struct {
	// Counts are the numbers of draws of a chain in a bin of ranks, indexed by chain and bin.
	Counts [][]int
	// Expected and SD are mean and standard deviation, by bin, of the counts of any chain whose
	// draws are independent and have the law of all: those of the hypergeometric law of n
	// draws among N of which K are in the bin, nK/N and √(n K/N (1−K/N) (N−n)/(N−1)). The
	// standard deviation grows with autocorrelation, by about √τ of the indicator of the bin.
	Expected, SD []float64
	// Reason is not empty where there is nothing to compare; the rest is nil then.
	Reason Reason
}

// RankHistogram returns the histogram of ranks with a number of bins, of N/bins ranks each.
// Equal draws have their average rank.
func (q *Quantity) RankHistogram(bins int) (RankHistogram, error) {
	if bins < 1 {
		return RankHistogram{}, fmt.Errorf("a histogram of ranks has %d bins, expected at least 1", bins)
	}
	switch {
	case q.reason != "":
		return RankHistogram{Reason: q.reason}, nil
	case q.chains == 1:
		return RankHistogram{Reason: OneChain}, nil
	}
	h := RankHistogram{Counts: make([][]int, q.chains)}
	for i := range h.Counts {
		h.Counts[i] = make([]int, bins)
	}
	total, pooled := len(q.sorted), make([]int, bins)
	ties(q.sorted, func(first, last int) {
		bin := (first + last) * bins / (2 * total)
		pooled[bin] += last - first + 1
		for _, e := range q.sorted[first : last+1] {
			h.Counts[e.place/q.draws][bin]++
		}
	})
	n, size := float64(q.draws), float64(total)
	for _, k := range pooled {
		share := float64(k) / size
		h.Expected = append(h.Expected, n*share)
		h.SD = append(h.SD, math.Sqrt(n*share*(1-share)*(size-n)/(size-1)))
	}
	return h, nil
}
