package divergences

import "fmt"

// SkewReverseKL is KL(q‖λp + (1−λ)q), with m = λr + 1 − λ and
//
//	f(r) = −ln m,   w(r) = λ²r²/m²,   e(r) = 2(1−λ)/m.
//
// It tends to ReverseKL as λ → 1, and over λ² to half of Pearson as λ → 0. The
// weight grows with r and tends to 1 as r → ∞. Exchanging p and q turns it into
// SkewForwardKL at 1 − λ. The zero value is not valid; use NewSkewReverseKL.
//
// Lee (1999), Measures of distributional similarity, Proceedings of the ACL,
// 25–32; Lin (1991), Divergence measures based on the Shannon entropy, IEEE
// Transactions on Information Theory 37, 145–151.
type SkewReverseKL struct {
	lambda float64
}

var _ Divergence = SkewReverseKL{}

// skewReverseKLFamily is the divergence with the parameter λ.
func skewReverseKLFamily() Family {
	return NewFamily("skew-reverse-kl", func(v Values) (Divergence, error) { return checked(NewSkewReverseKL(v["lambda"].Number)) }, lambdaParameter())
}

// NewSkewReverseKL returns the member with the given λ, strictly between 0
// and 1.
func NewSkewReverseKL(lambda float64) (SkewReverseKL, error) {
	if err := checkLambda(lambda); err != nil {
		return SkewReverseKL{}, err
	}
	return SkewReverseKL{lambda}, nil
}

// Info describes the member.
func (d SkewReverseKL) Info() Info {
	return Info{
		ID:            "skew-reverse-kl",
		Name:          fmt.Sprintf("skew reverse KL (λ = %.4g)", d.lambda),
		Definition:    "KL(q‖λp + (1−λ)q)",
		Formula:       "−ln(λr + 1 − λ)",
		WeightFormula: fmt.Sprintf("%.4g²·r²/(%.4gr + %.4g)²", d.lambda, d.lambda, 1-d.lambda),
		Character:     "bounded weight: repairs all gaps alike, excess mass lags",
		NeedsZ:        true,
		Citation:      "Lee 1999; Lin 1991",
	}
}

// F is −ln m.
func (d SkewReverseKL) F(logR float64) float64 { return -logMixture(logR, d.lambda) }

// Potential is ln m − λr/m.
func (d SkewReverseKL) Potential(logR float64) float64 {
	return logMixture(logR, d.lambda) - d.targetShare(logR)
}

// Weight is λ²r²/m².
func (d SkewReverseKL) Weight(logR float64) float64 {
	share := d.targetShare(logR)
	return share * share
}

// Elasticity is 2(1−λ)/m.
func (d SkewReverseKL) Elasticity(logR float64) float64 {
	return 2 * logistic(-logR-logit(d.lambda))
}

// targetShare is λr/m, the fraction of the mixture that comes from p.
func (d SkewReverseKL) targetShare(logR float64) float64 {
	return logistic(logR + logit(d.lambda))
}
