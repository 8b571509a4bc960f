package chains

// AutocorrelationTime returns the integrated autocorrelation time of all chains in draws,
// τ = N/ESS of the mean: how many draws are worth one independent draw. It is
// (1+ρ)/(1−ρ) for an AR(1) sequence. Chains that disagree raise it.
func (q *Quantity) AutocorrelationTime() Estimate {
	ess := q.ESSMean()
	if !ess.Defined() {
		return ess
	}
	return defined(float64(len(q.scaled)) / ess.Value)
}

// Correlations are the autocorrelations of one chain by itself.
type Correlations struct {
	// Time is the integrated autocorrelation time in draws, 1 + 2 Σ ρₖ over Geyer's initial
	// monotone sequence. It is short for a chain that has seen one mode alone.
	Time Estimate
	// Rho are the autocorrelations by lag, ρₖ = cₖ/c₀ with cₖ = Σ(xₜ − x̄)(xₜ₊ₖ − x̄)/n. There are
	// none for a chain without variance.
	Rho []float64
}

// Correlations returns the autocorrelations of each chain at lags 0 to maxLag, or to the last lag
// that there is.
func (q *Quantity) Correlations(maxLag int) []Correlations {
	all := make([]Correlations, q.chains)
	if q.reason != "" {
		for i := range all {
			all[i].Time = undefined(q.reason)
		}
		return all
	}
	s := newSpectrum(q.draws)
	for i := range all {
		all[i] = s.correlations(q.scaled[i*q.draws:(i+1)*q.draws], maxLag)
	}
	return all
}

// correlations takes few lags if they are enough.
func (s *spectrum) correlations(chain []float64, maxLag int) Correlations {
	if constant(chain) {
		return Correlations{Time: undefined(Constant)}
	}
	if maxLag < s.few.lags {
		if c, enough := s.few.correlations(chain, maxLag); enough {
			return c
		}
	}
	c, _ := s.every().correlations(chain, maxLag)
	return c
}

func (s *transform) correlations(chain []float64, maxLag int) (c Correlations, enough bool) {
	lags := s.autocovariances([][]float64{chain}, []float64{mean(chain)})
	c.Rho = make([]float64, max(min(maxLag+1, len(lags)), 1))
	for k := range c.Rho {
		c.Rho[k] = lags[k] / lags[0]
	}
	c.Time, enough = timeFromLags(lags, s.n, 1, 0)
	return c, enough
}

func constant(x []float64) bool {
	for _, v := range x {
		if v != x[0] {
			return false
		}
	}
	return true
}
