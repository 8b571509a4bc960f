package chains

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// MCSEMean returns the standard error of the mean of the draws, SD/√ESS.
func (q *Quantity) MCSEMean() Estimate {
	ess := q.ESSMean()
	if !ess.Defined() {
		return ess
	}
	return defined(q.SD().Value / math.Sqrt(ess.Value))
}

// MCSESD returns the standard error of the standard deviation of the draws to first order, by
// the variance of s² = Σ(x−x̄)²/N: √((m₄ − s⁴)/(4 s² ESS)), where m₄ is the fourth central moment
// and ESS that of (x − x̄)². Kenney, Keeping (1951), Mathematics of statistics, part 2.
func (q *Quantity) MCSESD() Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	m, squares, fourth := mean(q.scaled), make([]float64, len(q.scaled)), 0.0
	for i, x := range q.scaled {
		squares[i] = (x - m) * (x - m)
		fourth += squares[i] * squares[i]
	}
	fourth /= float64(len(squares))
	square := mean(squares)
	spread := fourth - square*square
	if !(spread > 1e-14*fourth) { // two values, equally often: nothing but rounding
		return undefined(EqualDeviations)
	}
	ess := q.ess(squares)
	if !ess.Defined() {
		return ess
	}
	return defined(q.halfRange * math.Sqrt(spread/(4*square*ess.Value)))
}

// MCSEQuantile returns the standard error of the quantile at probability p in [0, 1]: half the
// distance between the order statistics at the probabilities Φ(∓1) of the Beta law with
// parameters ESS p + 1 and ESS (1−p) + 1, the law of the probability of the quantile.
func (q *Quantity) MCSEQuantile(p float64) Estimate {
	ess := q.ESSQuantile(p)
	if !ess.Defined() {
		return ess
	}
	// Φ(∓1) to the digits that posterior has: more would lead to other order statistics.
	const below, above = 0.1586553, 0.8413447
	size := float64(len(q.sorted))
	a, b := ess.Value*p+1, ess.Value*(1-p)+1
	low := max(math.Floor(mathext.InvRegIncBeta(a, b, below)*size), 1)
	high := min(math.Ceil(mathext.InvRegIncBeta(a, b, above)*size), size)
	return defined(q.sorted[int(high)-1].value/2 - q.sorted[int(low)-1].value/2)
}
