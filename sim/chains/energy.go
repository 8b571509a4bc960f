package chains

// EBFMI returns the energy Bayesian fraction of missing information of each chain of a
// Hamiltonian sampler from the energy at each draw:
//
//	Σ(Eₜ − Eₜ₋₁)² / Σ(Eₜ − Ē)²
//
// Betancourt (2016), Diagnosing suboptimal cotangent disintegrations in Hamiltonian Monte
// Carlo, arXiv:1604.00695; less than 0.3 is too little. Chains may have different lengths.
func EBFMI(energy [][]float64) []Estimate {
	all := make([]Estimate, len(energy))
	for i, chain := range energy {
		all[i] = ebfmi(chain)
	}
	return all
}

func ebfmi(energy []float64) Estimate {
	if len(energy) < 2 {
		return undefined(NoTransition)
	}
	scaled := make([]float64, len(energy))
	least, greatest := energy[0], energy[0]
	for _, e := range energy {
		if !finite(e) {
			return undefined(NonFinite)
		}
		least, greatest = min(least, e), max(greatest, e)
	}
	width := greatest/2 - least/2
	if width == 0 {
		return undefined(Constant)
	}
	for t, e := range energy {
		scaled[t] = e / width
	}
	changes := 0.0
	for t := 1; t < len(scaled); t++ {
		changes += (scaled[t] - scaled[t-1]) * (scaled[t] - scaled[t-1])
	}
	return defined(changes / (variance(scaled) * float64(len(scaled)-1)))
}
