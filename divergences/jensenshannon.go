package divergences

import (
	"math"

	"undercurrent/internal/portable"
)

// JensenShannon is ½ KL(p‖m) + ½ KL(q‖m) with m = ½(p + q), where
//
//	f(r) = ½[r ln r − (r + 1) ln((r + 1)/2)],
//	w(r) = r/(2(1 + r)),   e(r) = 1/(1 + r).
//
// It is half the sum of SkewForwardKL and SkewReverseKL at λ = ½, and bounded
// by ln 2.
//
// Lin (1991), Divergence measures based on the Shannon entropy, IEEE
// Transactions on Information Theory 37, 145–151.
type JensenShannon struct{}

var _ Divergence = JensenShannon{}

// Info describes the member.
func (JensenShannon) Info() Info {
	return Info{
		ID:            "jensen-shannon",
		Name:          "Jensen–Shannon",
		Definition:    "½ KL(p‖m) + ½ KL(q‖m), m = ½(p + q)",
		Formula:       "½[r ln r − (r + 1) ln((r + 1)/2)]",
		WeightFormula: "r/(2(1 + r))",
		Character:     "bounded weight: repairs all gaps alike, excess mass lags",
		NeedsZ:        true,
		Citation:      "Lin 1991",
	}
}

// F is ½[r ln r − (r + 1) ln((r + 1)/2)].
//
// It is computed as ½(1 + r)(h tanh h − ln cosh h) with h = ½ ln r, whose two terms are
// of size h² near r = 1, not h.
func (JensenShannon) F(logR float64) float64 {
	h := logR / 2
	s := portable.Sinh(h / 2)
	logCosh := math.Log1p(2 * s * s)
	return (1 + portable.Exp(logR)) / 2 * (h*portable.Tanh(h) - logCosh)
}

// Potential is ½ ln((1 + r)/2).
func (JensenShannon) Potential(logR float64) float64 { return logMixture(logR, 0.5) / 2 }

// Weight is r/(2(1 + r)).
func (JensenShannon) Weight(logR float64) float64 { return logistic(logR) / 2 }

// Elasticity is 1/(1 + r).
func (JensenShannon) Elasticity(logR float64) float64 { return logistic(-logR) }
