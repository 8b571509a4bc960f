package divergences

// Drift is the velocity field of the particles. With β = ∇log r, a second density ρ, the
// reference, and γ = ∇log(ρ/q), every drift here is
//
//	V = a·β + b·γ,
//
// where a and b at a point depend on its LogRatios alone. An f-divergence has
// a = w(r), b = 0 and no reference; see NewDrift. A Log-Variance divergence has both.
// Implementations are immutable and safe for concurrent use.
type Drift interface {
	// Info returns the id, name, formulas and description.
	Info() Info
	// Reference is the density ρ. With the kind NoReference, LogRatios.LogRho and
	// LogRatios.Mean are not used.
	Reference() Reference
	// GrowsWithR reports whether the objective depends on LogRatios.Beyond.
	GrowsWithR() bool
	// Integrand is G of the objective D = ∫ q G dx.
	Integrand(l LogRatios) float64
	// Potential is Φ = −δD/δq up to a constant, ρ held fixed unless the drift
	// differentiates through it.
	Potential(l LogRatios) float64
	// Descent are the coefficients of ∇Φ, the steepest descent of D.
	Descent(l LogRatios) Coefficients
	// Velocity are the coefficients of V. They do not depend on LogRatios.Beyond: where particles
	// are, it is 0.
	Velocity(l LogRatios) Coefficients
	// IsGradientFlow reports whether V = ∇Φ. It is false for the surrogate alone, which
	// follows another field on purpose.
	IsGradientFlow() bool
}

// LogRatios are the values at one point that a drift depends on.
type LogRatios struct {
	// LogR is ln(p/q).
	LogR float64
	// LogRho is ln(ρ/q).
	LogRho float64
	// Mean is m = E_ρ[ln r], the same at every point.
	Mean float64
	// Beyond is by how much ln r exceeds the largest ratio that the particles resolve at the
	// point, 0 if it does not. The objective of a divergence whose weight grows without bound is
	// continued from there with a constant weight; others do not use it.
	Beyond float64
}

// Coefficients are a and b of a field a·β + b·γ, and their partial derivatives
// with respect to ℓ = ln r and ℓ_ρ = ln(ρ/q). The divergence of the field is
//
//	a Δℓ + a_ℓ |β|² + (a_ρ + b_ℓ) β·γ + b Δℓ_ρ + b_ρ |γ|².
type Coefficients struct {
	Beta, Gamma          float64 // a, b
	BetaByR, BetaByRho   float64 // a_ℓ, a_ρ
	GammaByR, GammaByRho float64 // b_ℓ, b_ρ
	// Direct is the part of a that does not come from ∇log(ρ/q), so that V − Direct·β
	// is the part due to the reference. It equals a for a drift without a reference.
	Direct float64
}

// fDrift is an f-divergence as a drift.
type fDrift struct {
	Clipped
	grows bool
}

// NewDrift returns the drift of an f-divergence, V = w(r)·β, with the weight constant
// beyond |ln r| = ClipLogR.
func NewDrift(d Divergence) Drift {
	c := Clip(Centre(d), ClipLogR)
	return fDrift{c, c.Grows()}
}

func (fDrift) Reference() Reference { return Reference{} }

func (d fDrift) GrowsWithR() bool { return d.grows }

// beyond is the part of ln r from which on the weight is constant.
func (d fDrift) beyond(l LogRatios) float64 {
	if !d.grows {
		return 0
	}
	return l.Beyond
}

func (d fDrift) Integrand(l LogRatios) float64 { return d.FBeyond(l.LogR, d.beyond(l)) }

func (d fDrift) Potential(l LogRatios) float64 { return d.PotentialBeyond(l.LogR, d.beyond(l)) }

func (d fDrift) Descent(l LogRatios) Coefficients {
	if beyond := d.beyond(l); beyond > 0 {
		w := d.Weight(l.LogR - beyond)
		return Coefficients{Beta: w, Direct: w}
	}
	return d.Velocity(l)
}

func (d fDrift) Velocity(l LogRatios) Coefficients {
	w := d.Weight(l.LogR)
	return Coefficients{Beta: w, BetaByR: w * d.Elasticity(l.LogR), Direct: w}
}

func (fDrift) IsGradientFlow() bool { return true }
