package chains

import "math"

// RHat returns the rank-normalised split R̂ of Vehtari et al. (2021): the greater of R̂ of the
// normal scores of the ranks, which sees chains at different places, and of R̂ of the normal
// scores of the ranks of |x − median|, which sees chains of different widths. It is 1 for
// chains that agree; more than 1.01 is too much. One chain is enough: its halves are compared.
func (q *Quantity) RHat() Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	bulk := splitRHat(q.halves(q.bulkScores()))
	widths := q.inHalves(folded(q.sorted))
	if !bulk.Defined() || widths[0].value == widths[len(widths)-1].value {
		return bulk
	}
	tail := splitRHat(q.halves(q.normalScores(widths)))
	if !tail.Defined() {
		return tail
	}
	return defined(max(bulk.Value, tail.Value))
}

// BasicRHat returns R̂ of the draws as they are, with each chain in two halves: equation 3.1 of
// Gelman et al. (2013), Bayesian data analysis. It needs a finite variance.
func (q *Quantity) BasicRHat() Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	return splitRHat(q.halves(q.scaled))
}

// splitRHat is √((B/W + n − 1)/n) of sequences of n numbers, where B is n times the variance of
// their means and W the mean of their variances.
func splitRHat(split [][]float64) Estimate {
	means, within, n := make([]float64, len(split)), 0.0, float64(len(split[0]))
	for i, half := range split {
		means[i] = mean(half)
		within += variance(half) / float64(len(split))
	}
	if within == 0 {
		return undefined(ConstantWithin)
	}
	return defined(math.Sqrt((n*variance(means)/within + n - 1) / n))
}
