package divergences

import (
	"math"
	"testing"
)

// Sharp targets have log r of minus thousands a few bandwidths away. The mixture
// with q then is q but for its weight, and with an r as large p.
func TestMixturesAreFiniteForExtremeRatios(t *testing.T) {
	for _, lambda := range []float64{1e-12, 0.1, 0.5, 0.9, 1 - 1e-12} {
		for _, logR := range []float64{701, 1e4, 1e8} {
			for what, c := range map[string]struct{ got, want float64 }{
				"ln(λr + 1 − λ) at a small r":     {logMixture(-logR, lambda), math.Log1p(-lambda)},
				"ln(λr + 1 − λ) at a large r":     {logMixture(logR, lambda), logR + math.Log(lambda)},
				"ln(r/(λr + 1 − λ)) at a small r": {logRatioToMixture(-logR, lambda), -logR - math.Log1p(-lambda)},
				"ln(r/(λr + 1 − λ)) at a large r": {logRatioToMixture(logR, lambda), -math.Log(lambda)},
			} {
				if !(math.Abs(c.got-c.want) <= 1e-12*(1+math.Abs(c.want))+1e-15*logR) {
					t.Errorf("%s, λ = %g and |ln r| = %g, is %g, expected %g", what, lambda, logR, c.got, c.want)
				}
			}
		}
	}
	// Nothing jumps where the form changes.
	for _, side := range []float64{-1, 1} {
		for _, lambda := range []float64{0.2, 0.5, 0.8} {
			before, after := logMixture(side*farLogR, lambda), logMixture(side*math.Nextafter(farLogR, 1e9), lambda)
			if math.Abs(before-after) > 1e-12*farLogR {
				t.Errorf("with λ = %g the mixture jumps from %.15g to %.15g", lambda, before, after)
			}
		}
	}
}

// ρ may be p or q alone.
func TestMixtureWithLambdaZeroOrOne(t *testing.T) {
	for _, logR := range []float64{-1e4, -1, 0, 1, 1e4} {
		if p, q := logMixture(logR, 1), logMixture(logR, 0); p != logR || q != 0 {
			t.Errorf("at ln r = %g all of p is %g, all of q %g", logR, p, q)
		}
	}
}
