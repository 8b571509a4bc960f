package divergences

import (
	"fmt"

	"undercurrent/internal/portable"
)

// LogVarianceSurrogate is the Log-Variance drift without its part along ∇log(ρ/q), and
// with a positive weight that depends on the centred log-ratio,
//
//	V = w·β,   w = 2 softplus(1 + ln r − m),   m = E_ρ[ln r],
//
// so that every functional with κ ≥ 0 decreases under it. It is not the gradient flow of
// LV_ρ, which is reported as its objective and may rise. Derived here.
type LogVarianceSurrogate struct{ LogVariance }

var _ Drift = LogVarianceSurrogate{}

// logVarianceSurrogateFamily is the surrogate with the parameter ρ.
func logVarianceSurrogateFamily() Family {
	return Family{ID: "lv-surrogate", Parameters: referenceParameters(), drift: func(v Values, zFactor float64) (Drift, error) {
		r, err := referenceAt(v, zFactor)
		if err != nil {
			return nil, err
		}
		return NewLogVarianceSurrogate(r), nil
	}}
}

// NewLogVarianceSurrogate returns the surrogate with the given reference.
func NewLogVarianceSurrogate(r Reference) LogVarianceSurrogate {
	return LogVarianceSurrogate{NewLogVariance(r)}
}

// Info describes the drift.
func (d LogVarianceSurrogate) Info() Info {
	return Info{
		ID:            "lv-surrogate",
		Name:          fmt.Sprintf("Log-Variance surrogate (%s)", d.reference.Text()),
		Definition:    "Var_ρ[ln(q/p)]",
		Formula:       "(ρ/q)(ln r − m)²",
		WeightFormula: "2 softplus(1 + ln r − m)",
		Character:     "favours under-covered places, never the wrong way",
		NeedsZ:        d.reference.Kind == Mixture,
		Citation:      "derived here",
	}
}

// Velocity has a = 2 softplus(1 + ln r − m).
func (d LogVarianceSurrogate) Velocity(l LogRatios) Coefficients {
	u := 1 + l.LogR - l.Mean
	w := 2 * softplus(u)
	return Coefficients{Beta: w, BetaByR: 2 * logisticTail(u), Direct: w}
}

// GrowsWithR is false: the objective is over the support of the particles.
func (LogVarianceSurrogate) GrowsWithR() bool { return false }

// IsGradientFlow is false.
func (LogVarianceSurrogate) IsGradientFlow() bool { return false }

// logisticTail is the derivative of softplus.
func logisticTail(x float64) float64 { return portable.Exp(-softplus(-x)) }
