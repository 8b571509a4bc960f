package divergences

import "math"

// ClipLogR is ln 1e6, the clipping bound of |ln r|. Density estimates from particles do
// not resolve ratios beyond it, and the weight of a drift is constant there.
const ClipLogR = 6 * math.Ln10

// Clipped is a divergence whose weight is constant beyond |ln r| = c. With ℓ = ln r and
// w, Φ, f on the right taken at the exceeded bound ±c,
//
//	w(ℓ) = w,   Φ(ℓ) = Φ + w·(ℓ ∓ c),
//	f(ℓ) = f − w·(ℓ ∓ c) + (Φ + f + w)(r/e^±c − 1),
//
// which has f″ = w/r² and is continuous with its first two derivatives. So q f(p/q) is
// finite, with a finite limit as q → 0, for every divergence, and its gradient flow has
// the weight w(clipped ln r). Elasticity is zero beyond the bound.
type Clipped struct {
	Divergence
	limit float64
}

var _ Divergence = Clipped{}

// Clip returns the divergence clipped at |ln r| = limit.
func Clip(d Divergence, limit float64) Clipped { return Clipped{d, limit} }

// growing is the elasticity at the clipping bound above which a weight counts as growing without
// bound.
const growing = 1e-3

// Grows reports whether the weight still grows with r at the clipping bound, as a power of r. Its
// objective then depends, through places that no particle reaches, on how far a density estimate
// decays there; see LogRatios.Beyond.
func (d Clipped) Grows() bool { return d.Divergence.Elasticity(d.limit) > growing }

// FBeyond is f with the weight constant above ln r = logR − beyond, as F is above the limit.
func (d Clipped) FBeyond(logR, beyond float64) float64 {
	if beyond <= 0 {
		return d.F(logR)
	}
	at := logR - beyond
	f, w := d.F(at), d.Weight(at)
	return f - w*beyond + (d.Potential(at)+f+w)*math.Expm1(beyond)
}

// PotentialBeyond is Φ with the weight constant above ln r = logR − beyond.
func (d Clipped) PotentialBeyond(logR, beyond float64) float64 {
	if beyond <= 0 {
		return d.Potential(logR)
	}
	at := logR - beyond
	return d.Potential(at) + d.Weight(at)*beyond
}

func (d Clipped) clip(logR float64) (clipped, excess float64) {
	clipped = max(min(logR, d.limit), -d.limit)
	return clipped, logR - clipped
}

// Weight is w at the clipped ln r.
func (d Clipped) Weight(logR float64) float64 {
	clipped, _ := d.clip(logR)
	return d.Divergence.Weight(clipped)
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
	clipped, excess := d.clip(logR)
	if excess == 0 {
		return d.Divergence.Potential(clipped)
	}
	return d.Divergence.Potential(clipped) + d.Divergence.Weight(clipped)*excess
}

// F is f, with logarithmic and linear terms beyond the limit.
func (d Clipped) F(logR float64) float64 {
	clipped, excess := d.clip(logR)
	f := d.Divergence.F(clipped)
	if excess == 0 {
		return f
	}
	w := d.Divergence.Weight(clipped)
	return f - w*excess + (d.Divergence.Potential(clipped)+f+w)*math.Expm1(excess)
}
