package divergences

import (
	"fmt"
	"math"
)

// MaxZFactor bounds the factor c of the normalizing constant: 1/MaxZFactor ≤ c ≤ MaxZFactor.
const MaxZFactor = 1e4

// scaledZ is a divergence evaluated with a normalizing constant of p that is c times too
// large, so that r/c stands for r: with f_c(r) = f(r/c) − f(1/c),
//
//	w_c(r) = r² f_c″(r) = w(r/c),
//
// another f-divergence with the same minimum. For a power law w_c is a multiple of w: the
// particles follow the same paths at another speed.
type scaledZ struct {
	Divergence
	factor, shift float64
}

// ScaleZ returns the divergence with the normalizing constant taken factor times too
// large; for a factor of 1 it returns d itself. A custom weight is tabulated again at r/c;
// the error names an r at which it is no weight.
func ScaleZ(d Divergence, factor float64) (Divergence, error) {
	if factor == 1 {
		return d, nil
	}
	if c, ok := d.(*Custom); ok {
		scaled, err := newCustom(c.text, c.source, factor)
		if err != nil {
			return nil, err
		}
		scaled.nodes = c.nodes
		return scaledCustom{scaled, factor}, nil
	}
	return scaledZ{d, factor, -math.Log(factor)}, nil
}

// scaledCustom is a custom divergence with its weight tabulated at r/factor.
type scaledCustom struct {
	*Custom
	factor float64
}

// Info returns the Info of the divergence, with r/c in the weight.
func (d scaledCustom) Info() Info { return scaledInfo(d.Custom.Info(), d.factor) }

func scaledInfo(info Info, factor float64) Info {
	info.WeightFormula = fmt.Sprintf("%s at r/%.4g", info.WeightFormula, factor)
	return info
}

// Info returns the Info of the divergence, with r/c in the weight.
func (d scaledZ) Info() Info { return scaledInfo(d.Divergence.Info(), d.factor) }

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

// scaledZ returns the reference with the normalizing constant of p taken factor times too
// large, c: λp/c + (1−λ)q, normalised, is a mixture with another λ. Other references and
// the centred log-ratio do not depend on c.
func (r Reference) scaledZ(factor float64) Reference {
	if r.Kind == Mixture {
		r.Lambda /= r.Lambda + factor*(1-r.Lambda)
	}
	return r
}
