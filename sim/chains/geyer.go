package chains

import "math"

// minLags is the least length of a series that has a pair of lags to look at.
const minLags = 6

// autocorrelationTime returns τ of M series of n numbers that should have one law,
//
//	τ = 1 + 2 Σ ρₖ,  ρₖ = 1 − (W − c̄ₖ)/(W(n−1)/n + B),
//
// where c̄ₖ is the mean of their autocovariances, W = c̄₀n/(n−1), and B the variance of their means
// (0 for one series): equations 10 to 13 of Vehtari et al. (2021). M n/τ is the ESS of their
// mean. The sum is that of Geyer's initial monotone sequence; τ is at least 1/log₁₀(M n).
func autocorrelationTime(series [][]float64, s *spectrum) Estimate {
	means := make([]float64, len(series))
	for i, x := range series {
		means[i] = mean(x)
	}
	between := 0.0
	if len(series) > 1 {
		between = variance(means)
	}
	if tau, enough := s.few.time(series, means, between); enough {
		return tau
	}
	tau, _ := s.every().time(series, means, between)
	return tau
}

// time is τ of series with the variance of their means, if the lags are enough for it.
func (s *transform) time(series [][]float64, means []float64, between float64) (tau Estimate, enough bool) {
	return timeFromLags(s.autocovariances(series, means), s.n, len(series), between)
}

// timeFromLags is τ of a number of series of n numbers from the means of their autocovariances, by
// lag, and the variance of their means. It reports whether the lags were enough.
func timeFromLags(lags []float64, n, series int, between float64) (tau Estimate, enough bool) {
	if n < minLags {
		return undefined(FewLags), true
	}
	if len(lags) < 2 {
		return Estimate{}, false
	}
	total := lags[0] + between
	if !(total > 0) {
		return undefined(Constant), true
	}
	within := lags[0] * float64(n) / float64(n-1)
	rho := func(k int) float64 { return 1 - (within-lags[k])/total }
	sum, enough := monotoneSum(rho, len(lags), n)
	return defined(max(sum, 1/math.Log10(float64(series*n)))), enough
}

// monotoneSum is 1 + 2 Σ ρₖ over pairs of lags (2j, 2j+1) until their sum is not positive, where
// no pair counts for more than the one before it. Of the pair where it stops, the even lag counts
// once if it is positive: it lowers the variance for chains that alternate. ρ is known at a number
// of lags; enough reports whether no other was needed.
func monotoneSum(rho func(int) float64, lags, n int) (sum float64, enough bool) {
	sum, even := -1.0, 1.0
	pair := even + rho(1)
	most, k := pair, 0
	for k < n-5 && pair > 0 {
		most = min(most, pair)
		sum += 2 * most
		k += 2
		if k+1 >= lags {
			return 0, false
		}
		even = rho(k)
		pair = even + rho(k+1)
	}
	if even > 0 || pair >= 0 {
		sum += even
	}
	return sum, true
}
