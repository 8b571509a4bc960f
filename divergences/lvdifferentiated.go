package divergences

// LogVarianceThrough is the Log-Variance divergence at ρ = q, differentiated
// through ρ instead of holding it: D = Var_q[ln r], with
//
//	Φ = 2(ℓ − m) − (ℓ − m)²,   V = 2(1 − (ℓ − m))β,   ℓ = ln r, m = E_q[ℓ].
//
// Its weight is negative where ℓ > m + 1: the most under-covered places drive
// particles away.
type LogVarianceThrough struct{}

var _ Drift = LogVarianceThrough{}

// logVarianceThroughFamily has no parameters: ρ is q, and Z drops out of the centred
// log-ratio.
func logVarianceThroughFamily() Family {
	return Family{ID: "lv-differentiated", drift: func(Values, float64) (Drift, error) { return LogVarianceThrough{}, nil }}
}

// Info describes the drift.
func (LogVarianceThrough) Info() Info {
	return Info{
		ID:            "lv-differentiated",
		Name:          "Log-Variance through ρ = q",
		Definition:    "Var_q[ln(q/p)]",
		Formula:       "(ln r − m)²",
		WeightFormula: "2(1 − (ln r − m))",
		Character:     "flees the most under-covered places",
		NeedsZ:        false,
		Reference:     "derived here",
	}
}

// Reference is q, not held fixed.
func (LogVarianceThrough) Reference() Reference { return Reference{Kind: Current, Moves: true} }

// Integrand is (ln r − m)².
func (LogVarianceThrough) Integrand(at Place) float64 {
	u := at.LogR - at.Mean
	return u * u
}

// Potential is 2(ℓ − m) − (ℓ − m)².
func (LogVarianceThrough) Potential(at Place) float64 {
	u := at.LogR - at.Mean
	return u * (2 - u)
}

// Descent has a = 2(1 − (ℓ − m)).
func (LogVarianceThrough) Descent(at Place) Coefficients {
	return Coefficients{Beta: 2 * (1 - (at.LogR - at.Mean)), BetaByR: -2, Straight: 2}
}

// Velocity is Descent.
func (d LogVarianceThrough) Velocity(at Place) Coefficients { return d.Descent(at) }

// Steepest is true.
func (LogVarianceThrough) Steepest() bool { return true }
