package divergences

import (
	"fmt"

	"undercurrent/internal/portable"
)

// SkewForwardKL is KL(p‖λp + (1−λ)q), with m = λr + 1 − λ and
//
//	f(r) = r ln(r/m),   w(r) = r(1−λ)²/m²,   e(r) = 1 − 2λr/m.
//
// It tends to ForwardKL as λ → 0, and over (1−λ)² to half of Neyman as λ → 1.
// The weight is largest at r = (1−λ)/λ and tends to 0 as r → 0 and r → ∞. Exchanging p
// and q turns it into SkewReverseKL at 1 − λ. At λ = ½ it is Lin's K-divergence. The zero
// value is not valid; use NewSkewForwardKL.
//
// Lee (1999), Measures of distributional similarity, Proceedings of the ACL,
// 25–32; Lin (1991), Divergence measures based on the Shannon entropy, IEEE
// Transactions on Information Theory 37, 145–151.
type SkewForwardKL struct {
	lambda float64
}

var _ Divergence = SkewForwardKL{}

// skewForwardKLFamily is the divergence with the parameter λ.
func skewForwardKLFamily() Family {
	return NewFamily("skew-forward-kl", func(v Values) (Divergence, error) { return checked(NewSkewForwardKL(v["lambda"].Number)) }, lambdaParameter())
}

// NewSkewForwardKL returns the member with the given λ, strictly between 0
// and 1.
func NewSkewForwardKL(lambda float64) (SkewForwardKL, error) {
	if err := checkLambda(lambda); err != nil {
		return SkewForwardKL{}, err
	}
	return SkewForwardKL{lambda}, nil
}

// Info describes the member.
func (d SkewForwardKL) Info() Info {
	rest := 1 - d.lambda
	return Info{
		ID:            "skew-forward-kl",
		Name:          fmt.Sprintf("skew forward KL (λ = %.4g)", d.lambda),
		Definition:    "KL(p‖λp + (1−λ)q)",
		Formula:       "r ln(r/(λr + 1 − λ))",
		WeightFormula: fmt.Sprintf("%.4g²·r/(%.4gr + %.4g)²", rest, d.lambda, rest),
		Character:     fmt.Sprintf("weight peaks near r = %.3g and vanishes at both extremes", rest/d.lambda),
		NeedsZ:        true,
		Citation:      "Lee 1999; Lin 1991",
	}
}

// F is r ln(r/m).
func (d SkewForwardKL) F(logR float64) float64 {
	return portable.Exp(logR) * logRatioToMixture(logR, d.lambda)
}

// Potential is (1−λ)r/m.
func (d SkewForwardKL) Potential(logR float64) float64 {
	return portable.Exp(logR) * d.restShare(logR)
}

// Weight is r(1−λ)²/m².
func (d SkewForwardKL) Weight(logR float64) float64 {
	rest := d.restShare(logR)
	return portable.Exp(logR) * rest * rest
}

// Elasticity is 1 − 2λr/m.
func (d SkewForwardKL) Elasticity(logR float64) float64 {
	return -portable.Tanh((logR + logit(d.lambda)) / 2)
}

// restShare is (1−λ)/m, the fraction of the mixture that comes from q.
func (d SkewForwardKL) restShare(logR float64) float64 {
	return logistic(-logR - logit(d.lambda))
}
