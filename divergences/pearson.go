package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// Pearson is χ²(p‖q) = ∫ (p − q)²/q, with
//
//	f(r) = (r − 1)²,   w(r) = 2r²,   e(r) = 2.
//
// It is Neyman with p and q exchanged, and twice α = 2 of the family Alpha.
//
// Pearson (1900), On the criterion that a given system of deviations…,
// Philosophical Magazine 50, 157–175.
type Pearson struct{}

var _ Divergence = Pearson{}

// Info describes the member.
func (Pearson) Info() Info {
	return Info{
		ID:            "pearson",
		Name:          "Pearson χ²",
		Definition:    "∫ (p − q)²/q",
		Formula:       "(r − 1)²",
		WeightFormula: "2r²",
		Character:     "weight ∝ r²: concentrates on the most under-covered places",
		NeedsZ:        false,
		Citation:      "Pearson 1900",
	}
}

// F is (r − 1)².
func (Pearson) F(logR float64) float64 {
	excess := math.Expm1(logR)
	return excess * excess
}

// Potential is r² − 1.
func (Pearson) Potential(logR float64) float64 { return math.Expm1(2 * logR) }

// Weight is 2r².
func (Pearson) Weight(logR float64) float64 { return 2 * portable.Exp(2*logR) }

// Elasticity is 2.
func (Pearson) Elasticity(float64) float64 { return 2 }
