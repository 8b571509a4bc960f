package divergences

import (
	"fmt"
	"math"
)

// MaxZFactor bounds how far the normalizing constant can be wrong.
const MaxZFactor = 1e4

// scaledZ is a divergence whose normalizing constant of p is taken c times too
// large. It sees r/c in place of r: with f_c(r) = f(r/c) − f(1/c),
//
//	w_c(r) = r² f_c″(r) = w(r/c),
//
// the flow of another f-divergence with the same minimum. For a power law w_c is a
// multiple of w, so that the particles take the same paths at another pace.
type scaledZ struct {
	Divergence
	factor, shift float64
}

// ScaleZ is the divergence under a normalizing constant that is taken factor times
// too large; at 1 it is d itself.
func ScaleZ(d Divergence, factor float64) Divergence {
	if factor == 1 {
		return d
	}
	return scaledZ{d, factor, -math.Log(factor)}
}

// Info is that of the divergence, with r/c in the weight.
func (d scaledZ) Info() Info {
	info := d.Divergence.Info()
	info.WeightFormula = fmt.Sprintf("%s at r/%.4g", info.WeightFormula, d.factor)
	return info
}

// F is f(r/c) − f(1/c).
func (d scaledZ) F(logR float64) float64 {
	return d.Divergence.F(logR+d.shift) - d.Divergence.F(d.shift)
}

// Potential is Φ(r/c) + f(1/c).
func (d scaledZ) Potential(logR float64) float64 {
	return d.Divergence.Potential(logR+d.shift) + d.Divergence.F(d.shift)
}

// Weight is w(r/c).
func (d scaledZ) Weight(logR float64) float64 { return d.Divergence.Weight(logR + d.shift) }

// Elasticity is e(r/c).
func (d scaledZ) Elasticity(logR float64) float64 { return d.Divergence.Elasticity(logR + d.shift) }

// scaledZ is the reference under a normalizing constant of p that is taken c times
// too large: λp/c + (1−λ)q, normalised, is a mixture with another λ. No other
// reference feels it, and neither does the centred log-ratio.
func (r Reference) scaledZ(factor float64) Reference {
	if r.Kind == Mixture {
		r.Lambda /= r.Lambda + factor*(1-r.Lambda)
	}
	return r
}
