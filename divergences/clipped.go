package divergences

import "math"

// ClipLogR is ln 1e6. Beyond a ratio of a million a density estimated from
// particles does not say how empty or how crowded a place is, and the weight of
// a drift stays what it is there.
const ClipLogR = 6 * math.Ln10

// Clipped is a divergence whose weight stays constant beyond |ln r| = c. With
// ℓ = ln r and w, Φ, f at the end ±c that is passed,
//
//	w(ℓ) = w,   Φ(ℓ) = Φ + w·(ℓ ∓ c),
//	f(ℓ) = f − w·(ℓ ∓ c) + (Φ + f + w)(r/e^±c − 1),
//
// which has f″ = w/r² and joins with its first two derivatives. So q f(p/q) stays
// finite, with a finite limit as q → 0, whatever the divergence, and it is the
// objective that particles descend whose weight is read at the clipped ln r.
type Clipped struct {
	Divergence
	limit float64
}

var _ Divergence = Clipped{}

// Clip returns the divergence clipped at |ln r| = limit.
func Clip(d Divergence, limit float64) Clipped { return Clipped{d, limit} }

func (d Clipped) clip(logR float64) (at, beyond float64) {
	at = max(min(logR, d.limit), -d.limit)
	return at, logR - at
}

// Weight is w at the clipped ln r.
func (d Clipped) Weight(logR float64) float64 {
	at, _ := d.clip(logR)
	return d.Divergence.Weight(at)
}

// Elasticity is zero beyond the limit.
func (d Clipped) Elasticity(logR float64) float64 {
	if math.Abs(logR) > d.limit {
		return 0
	}
	return d.Divergence.Elasticity(logR)
}

// Potential is Φ, linear in ln r beyond the limit.
func (d Clipped) Potential(logR float64) float64 {
	at, beyond := d.clip(logR)
	if beyond == 0 {
		return d.Divergence.Potential(at)
	}
	return d.Divergence.Potential(at) + d.Divergence.Weight(at)*beyond
}

// F is f, with logarithmic and linear terms beyond the limit.
func (d Clipped) F(logR float64) float64 {
	at, beyond := d.clip(logR)
	f := d.Divergence.F(at)
	if beyond == 0 {
		return f
	}
	w := d.Divergence.Weight(at)
	return f - w*beyond + (d.Divergence.Potential(at)+f+w)*math.Expm1(beyond)
}
