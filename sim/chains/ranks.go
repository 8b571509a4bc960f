package chains

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// ties calls visit for each run of equal values of a sorted table, with the indices of its first
// and its last.
func ties(sorted []entry, visit func(first, last int)) {
	for first := 0; first < len(sorted); {
		last := first
		for last+1 < len(sorted) && sorted[last+1].value == sorted[first].value {
			last++
		}
		visit(first, last)
		first = last + 1
	}
}

// bulkScores are the normal scores of the draws.
func (q *Quantity) bulkScores() []float64 {
	if q.scores == nil {
		q.scores = q.normalScores(q.inHalves(q.sorted))
	}
	return q.scores
}

// normalScores returns, for a sorted table of the S draws in halves of chains, their values
// Φ⁻¹((r − 3/8)/(S + 1/4)) where r are average ranks, stored chain after chain: Blom (1958),
// Statistical estimates and transformed beta variables. Other draws have 0.
func (q *Quantity) normalScores(sorted []entry) []float64 {
	scores, size := make([]float64, q.chains*q.draws), float64(len(sorted))
	ties(sorted, func(first, last int) {
		rank := 1 + float64(first+last)/2
		score := mathext.NormalQuantile((rank - 3./8) / (size + 1./4))
		for _, e := range sorted[first : last+1] {
			scores[e.place] = score
		}
	})
	return scores
}

// inHalves leaves out the middle draw of chains of an odd number of draws.
func (q *Quantity) inHalves(sorted []entry) []entry {
	if q.draws%2 == 0 {
		return sorted
	}
	kept := make([]entry, 0, len(sorted))
	for _, e := range sorted {
		if e.place%q.draws != q.draws/2 {
			kept = append(kept, e)
		}
	}
	return kept
}

// folded returns the distances to the median of a sorted table, sorted: those of what lies below
// the median and those of the rest are in order already and only have to be merged.
func folded(sorted []entry) []entry {
	n := len(sorted)
	median := between(sorted[(n-1)/2].value, sorted[n/2].value, 0.5)
	merged := make([]entry, 0, n)
	below, above := (n-1)/2, (n-1)/2+1
	for below >= 0 || above < n {
		if above == n || below >= 0 && median-sorted[below].value <= sorted[above].value-median {
			merged = append(merged, entry{math.Abs(median - sorted[below].value), sorted[below].place})
			below--
			continue
		}
		merged = append(merged, entry{math.Abs(sorted[above].value - median), sorted[above].place})
		above++
	}
	return merged
}
