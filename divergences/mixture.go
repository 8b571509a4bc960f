package divergences

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

// farLogR is the |ln r| above which r or 1/r may overflow.
const farLogR = 700

// logistic is 1/(1 + e^−x); at x = ln r it is r/(1 + r).
func logistic(x float64) float64 { return 1 / (1 + portable.Exp(-x)) }

// logMixture is ln(λr + 1 − λ), the logarithm of the density λp + (1−λ)q over
// that of q. The form is chosen by λ to avoid the rounding of 1 − λ in the limits ln λ
// and ln(1 − λ). Where r or 1/r may overflow, it is a log-sum-exp.
func logMixture(logR, lambda float64) float64 {
	if math.Abs(logR) > farLogR {
		ofP, ofQ := math.Log(lambda)+logR, math.Log1p(-lambda)
		return max(ofP, ofQ) + math.Log1p(portable.Exp(-math.Abs(ofP-ofQ)))
	}
	if lambda < 0.5 {
		return math.Log1p(lambda * math.Expm1(logR))
	}
	return logR + math.Log1p((1-lambda)*math.Expm1(-logR))
}

// logRatioToMixture is ln(r/(λr + 1 − λ)), the logarithm of p over the density
// λp + (1−λ)q. The form ln r − logMixture cancels for λ near 1; it is used only where r
// or 1/r may overflow, where nothing cancels.
func logRatioToMixture(logR, lambda float64) float64 {
	if math.Abs(logR) > farLogR {
		return logR - logMixture(logR, lambda)
	}
	if lambda < 0.5 {
		return logR - math.Log1p(lambda*math.Expm1(logR))
	}
	return -math.Log1p((1 - lambda) * math.Expm1(-logR))
}

// logit is ln(λ/(1 − λ)), so that λr/(λr + 1 − λ), the fraction of the mixture that
// comes from p, is logistic(ln r + logit λ).
func logit(lambda float64) float64 { return math.Log(lambda) - math.Log1p(-lambda) }

// lambdaParameter is λ of the skewed divergences and of the mixture reference.
func lambdaParameter() Parameter {
	return Parameter{Name: "lambda", Symbol: "λ", Usage: "parameter λ of the skewed divergences and the mixture reference, between 0 and 1",
		Min: 0, Max: 1, Step: 0.05, Default: Number(0.5)}
}

// checkLambda rejects a λ at which the mixture is p or q alone.
func checkLambda(lambda float64) error {
	if !(0 < lambda && lambda < 1) {
		return SettingError{"lambda", fmt.Sprintf("lambda is %g, expected a number strictly between 0 and 1", lambda)}
	}
	return nil
}
