package chains

// ESSBulk returns the effective sample size of the normal scores of the ranks: how many
// independent draws would tell as much of the bulk of the law. It is defined without a finite
// variance. Less than 100 per chain is too few for R̂ and the ESS itself to be trusted.
func (q *Quantity) ESSBulk() Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	return q.ess(q.bulkScores())
}

// ESSTail returns the lesser of the effective sample sizes of the quantiles at 5 % and 95 %.
func (q *Quantity) ESSTail() Estimate {
	low, high := q.ESSQuantile(0.05), q.ESSQuantile(0.95)
	if !low.Defined() || low.Value <= high.Value {
		return low
	}
	return high
}

// ESSMean returns the effective sample size of the mean of the draws as they are.
func (q *Quantity) ESSMean() Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	if q.essMean == nil {
		ess := q.ess(q.scaled)
		q.essMean = &ess
	}
	return *q.essMean
}

// ESSQuantile returns the effective sample size of the quantile at probability p in [0, 1]: that
// of the indicator of x ≤ quantile. At p = 1 it is that of all but the greatest draw.
func (q *Quantity) ESSQuantile(p float64) Estimate {
	if q.reason != "" {
		return undefined(q.reason)
	}
	total := len(q.sorted)
	if p >= 1 {
		p = (float64(total) - 0.5) / float64(total)
	}
	below, _ := position(total, p)
	bound := q.sorted[below].value
	if bound == q.sorted[total-1].value {
		return undefined(ConstantIndicator)
	}
	if ess, ok := q.essBelow[bound]; ok {
		return ess
	}
	inside := make([]float64, total)
	for _, e := range q.sorted {
		if e.value > bound {
			break
		}
		inside[e.place] = 1
	}
	ess := q.ess(inside)
	q.essBelow[bound] = ess
	return ess
}

// ess is the effective sample size of the mean of a table that is stored chain after chain.
func (q *Quantity) ess(pooled []float64) Estimate {
	if q.spectrum == nil {
		q.spectrum = newSpectrum(q.draws / 2)
	}
	return effectiveSize(q.halves(pooled), q.spectrum)
}

func effectiveSize(split [][]float64, s *spectrum) Estimate {
	tau := autocorrelationTime(split, s)
	if !tau.Defined() {
		return tau
	}
	return defined(float64(len(split)*s.n) / tau.Value)
}

// ESSIndicator returns the effective sample size of the share of draws for which an event
// happens, such as to be in a region. Errors: [ErrNoChains], [UnequalLengthsError].
func ESSIndicator(happens [][]bool) (Estimate, error) {
	draws, err := rectangle(happens)
	if err != nil {
		return Estimate{}, err
	}
	return essIndicator(len(happens), draws, newSpectrum(draws/2), func(chain, draw int) bool {
		return happens[chain][draw]
	}), nil
}

// essIndicator is ESSIndicator of an event that is asked for, with a spectrum for halves.
func essIndicator(chains, draws int, s *spectrum, happens func(chain, draw int) bool) Estimate {
	if draws < 2*minLags {
		return undefined(FewLags)
	}
	pooled, count := make([]float64, 0, chains*draws), 0
	for i := range chains {
		for t := range draws {
			x := 0.0
			if happens(i, t) {
				x = 1
				count++
			}
			pooled = append(pooled, x)
		}
	}
	if count == 0 || count == len(pooled) {
		return undefined(ConstantIndicator)
	}
	return effectiveSize(halves(pooled, chains, draws), s)
}
