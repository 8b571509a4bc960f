package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// Hellinger is the squared Hellinger distance ∫ (√p − √q)², without the factor ½ of
// some authors, with
//
//	f(r) = (√r − 1)²,   w(r) = ½√r,   e(r) = ½.
//
// It is symmetric in p and q, and half of α = ½ of the family Alpha.
//
// Hellinger (1909), Neue Begründung der Theorie quadratischer Formen von
// unendlichvielen Veränderlichen, Journal für die reine und angewandte
// Mathematik 136, 210–271.
type Hellinger struct{}

var _ Divergence = Hellinger{}

// Info describes the member.
func (Hellinger) Info() Info {
	return Info{
		ID:            "hellinger",
		Name:          "squared Hellinger",
		Definition:    "∫ (√p − √q)²",
		Formula:       "(√r − 1)²",
		WeightFormula: "½√r",
		Character:     "weight ∝ √r: slightly favours under-covered places",
		NeedsZ:        false,
		Citation:      "Hellinger 1909",
	}
}

// F is (√r − 1)².
func (Hellinger) F(logR float64) float64 {
	excess := math.Expm1(logR / 2)
	return excess * excess
}

// Potential is √r − 1.
func (Hellinger) Potential(logR float64) float64 { return math.Expm1(logR / 2) }

// Weight is ½√r.
func (Hellinger) Weight(logR float64) float64 { return portable.Exp(logR/2) / 2 }

// Elasticity is ½.
func (Hellinger) Elasticity(float64) float64 { return 0.5 }
