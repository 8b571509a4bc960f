package divergences

import "undercurrent/internal/portable"

// ForwardKL is KL(p‖q), with
//
//	f(r) = r ln r,   w(r) = r,   e(r) = 1.
//
// It is ReverseKL with p and q exchanged, and α = 1 of the family Alpha up to
// the linear term r − 1.
//
// Kullback, Leibler (1951), On information and sufficiency, Annals of
// Mathematical Statistics 22, 79–86.
type ForwardKL struct{}

var _ Divergence = ForwardKL{}

// Info describes the member.
func (ForwardKL) Info() Info {
	return Info{
		ID:            "forward-kl",
		Name:          "forward KL",
		Definition:    "KL(p‖q)",
		Formula:       "r ln r",
		WeightFormula: "r",
		Character:     "weight ∝ r: favours under-covered places",
		NeedsZ:        false,
		Citation:      "Kullback, Leibler 1951",
	}
}

// F is r ln r.
func (ForwardKL) F(logR float64) float64 { return logR * portable.Exp(logR) }

// Potential is r.
func (ForwardKL) Potential(logR float64) float64 { return portable.Exp(logR) }

// Weight is r.
func (ForwardKL) Weight(logR float64) float64 { return portable.Exp(logR) }

// Elasticity is 1.
func (ForwardKL) Elasticity(float64) float64 { return 1 }
