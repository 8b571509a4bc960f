package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// Jeffreys is KL(p‖q) + KL(q‖p), with
//
//	f(r) = (r − 1) ln r,   w(r) = 1 + r,   e(r) = r/(1 + r).
//
// It is the sum of ForwardKL and ReverseKL, close to the first for large r and to the
// second for small r.
//
// Jeffreys (1946), An invariant form for the prior probability in estimation
// problems, Proceedings of the Royal Society A 186, 453–461.
type Jeffreys struct{}

var _ Divergence = Jeffreys{}

// Info describes the member.
func (Jeffreys) Info() Info {
	return Info{
		ID:            "jeffreys",
		Name:          "Jeffreys",
		Definition:    "KL(p‖q) + KL(q‖p)",
		Formula:       "(r − 1) ln r",
		WeightFormula: "1 + r",
		Character:     "favours under-covered places and keeps the rest moving",
		NeedsZ:        true,
		Citation:      "Jeffreys 1946",
	}
}

// F is (r − 1) ln r.
func (Jeffreys) F(logR float64) float64 { return logR * math.Expm1(logR) }

// Potential is r − 1 + ln r.
func (Jeffreys) Potential(logR float64) float64 { return math.Expm1(logR) + logR }

// Weight is 1 + r.
func (Jeffreys) Weight(logR float64) float64 { return 1 + portable.Exp(logR) }

// Elasticity is r/(1 + r).
func (Jeffreys) Elasticity(logR float64) float64 { return logistic(logR) }
