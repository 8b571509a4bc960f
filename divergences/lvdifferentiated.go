package divergences

// LogVarianceDifferentiated is the Log-Variance divergence at ρ = q, differentiated
// through ρ instead of with ρ held fixed: D = Var_q[ln r], with
//
//	Φ = 2(ℓ − m) − (ℓ − m)²,   V = 2(1 − (ℓ − m))β,   ℓ = ln r, m = E_q[ℓ].
//
// Its weight is negative where ℓ > m + 1: particles move away from the most
// under-covered places. Derived here.
type LogVarianceDifferentiated struct{}

var _ Drift = LogVarianceDifferentiated{}

// logVarianceDifferentiatedFamily has no parameters: ρ is q, and Z drops out of the centred
// log-ratio.
func logVarianceDifferentiatedFamily() Family {
	return Family{ID: "lv-differentiated", drift: func(Values, float64) (Drift, error) { return LogVarianceDifferentiated{}, nil }}
}

// Info describes the drift.
func (LogVarianceDifferentiated) Info() Info {
	return Info{
		ID:            "lv-differentiated",
		Name:          "Log-Variance through ρ = q",
		Definition:    "Var_q[ln(q/p)]",
		Formula:       "(ln r − m)²",
		WeightFormula: "2(1 − (ln r − m))",
		Character:     "negative weight in the most under-covered places",
		NeedsZ:        false,
		Citation:      "derived here",
	}
}

// Reference is q, not held fixed.
func (LogVarianceDifferentiated) Reference() Reference {
	return Reference{Kind: Current, Differentiated: true}
}

// Integrand is (ln r − m)².
func (LogVarianceDifferentiated) Integrand(l LogRatios) float64 {
	u := l.LogR - l.Mean
	return u * u
}

// Potential is 2(ℓ − m) − (ℓ − m)².
func (LogVarianceDifferentiated) Potential(l LogRatios) float64 {
	u := l.LogR - l.Mean
	return u * (2 - u)
}

// Descent has a = 2(1 − (ℓ − m)).
func (LogVarianceDifferentiated) Descent(l LogRatios) Coefficients {
	return Coefficients{Beta: 2 * (1 - (l.LogR - l.Mean)), BetaByR: -2, Direct: 2}
}

// Velocity is Descent.
func (d LogVarianceDifferentiated) Velocity(l LogRatios) Coefficients { return d.Descent(l) }

// GrowsWithR is false: the objective is over the support of the particles.
func (LogVarianceDifferentiated) GrowsWithR() bool { return false }

// IsGradientFlow is true.
func (LogVarianceDifferentiated) IsGradientFlow() bool { return true }
