package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// Neyman is χ²(q‖p) = ∫ (q − p)²/p, with
//
//	f(r) = 1/r − 1,   w(r) = 2/r,   e(r) = −1.
//
// It is Pearson with p and q exchanged, and twice α = −1 of the family Alpha
// up to the linear term r − 1.
//
// Neyman (1949), Contribution to the theory of the χ² test, Proceedings of the
// Berkeley Symposium on Mathematical Statistics and Probability, 239–273.
type Neyman struct{}

var _ Divergence = Neyman{}

// Info describes the member.
func (Neyman) Info() Info {
	return Info{
		ID:            "neyman",
		Name:          "Neyman χ²",
		Definition:    "∫ (q − p)²/p",
		Formula:       "1/r − 1",
		WeightFormula: "2/r",
		Character:     "weight ∝ 1/r: clears over-covered places first",
		NeedsZ:        false,
		Citation:      "Neyman 1949",
	}
}

// F is 1/r − 1.
func (Neyman) F(logR float64) float64 { return math.Expm1(-logR) }

// Potential is 1 − 2/r.
func (Neyman) Potential(logR float64) float64 { return 1 - 2*portable.Exp(-logR) }

// Weight is 2/r.
func (Neyman) Weight(logR float64) float64 { return 2 * portable.Exp(-logR) }

// Elasticity is −1.
func (Neyman) Elasticity(float64) float64 { return -1 }
