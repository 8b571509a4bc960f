package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// LeCam is the triangular discrimination ∫ (p − q)²/(p + q), with
//
//	f(r) = (r − 1)²/(r + 1),   w(r) = 8r²/(1 + r)³,   e(r) = 2 − 3r/(1 + r).
//
// Its weight is largest at r = 2 and tends to 0 as r → 0 and r → ∞. It lies between
// Hellinger and twice Hellinger: (√r − 1)² ≤ f(r) ≤ 2(√r − 1)².
//
// Le Cam (1986), Asymptotic Methods in Statistical Decision Theory, Springer;
// Vincze (1981), On the concept and measure of information contained in an
// observation, in Contributions to Probability, 207–214.
type LeCam struct{}

var _ Divergence = LeCam{}

// Info describes the member.
func (LeCam) Info() Info {
	return Info{
		ID:            "le-cam",
		Name:          "Le Cam",
		Definition:    "∫ (p − q)²/(p + q)",
		Formula:       "(r − 1)²/(r + 1)",
		WeightFormula: "8r²/(1 + r)³",
		Character:     "weight peaks at r = 2 and vanishes at both extremes",
		NeedsZ:        true,
		Citation:      "Le Cam 1986; Vincze 1981",
	}
}

// F is (r − 1)²/(r + 1).
func (LeCam) F(logR float64) float64 { return math.Expm1(logR) * portable.Tanh(logR/2) }

// Potential is (r − 1)(3r + 1)/(r + 1)².
func (LeCam) Potential(logR float64) float64 {
	return portable.Tanh(logR/2) * (1 + 2*logistic(logR))
}

// Weight is 8r²/(1 + r)³.
func (LeCam) Weight(logR float64) float64 {
	targetShare := logistic(logR)
	return 8 * targetShare * targetShare * logistic(-logR)
}

// Elasticity is 2 − 3r/(1 + r).
func (LeCam) Elasticity(logR float64) float64 { return 2 - 3*logistic(logR) }
