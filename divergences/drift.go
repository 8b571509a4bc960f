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
	// Integrand is G of the objective D = ∫ q G dx.
	Integrand(l LogRatios) float64
	// Potential is Φ = −δD/δq up to a constant, ρ held fixed unless the drift
	// differentiates through it.
	Potential(l LogRatios) float64
	// Descent are the coefficients of ∇Φ, the steepest descent of D.
	Descent(l LogRatios) Coefficients
	// Velocity are the coefficients of V.
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
type fDrift struct{ Divergence }

// NewDrift returns the drift of an f-divergence, V = w(r)·β, with the weight constant
// beyond |ln r| = ClipLogR.
func NewDrift(d Divergence) Drift { return fDrift{Clip(d, ClipLogR)} }

func (fDrift) Reference() Reference { return Reference{} }

func (d fDrift) Integrand(l LogRatios) float64 { return d.F(l.LogR) }

func (d fDrift) Potential(l LogRatios) float64 { return d.Divergence.Potential(l.LogR) }

func (d fDrift) Descent(l LogRatios) Coefficients {
	w := d.Weight(l.LogR)
	return Coefficients{Beta: w, BetaByR: w * d.Elasticity(l.LogR), Direct: w}
}

func (d fDrift) Velocity(l LogRatios) Coefficients { return d.Descent(l) }

func (fDrift) IsGradientFlow() bool { return true }
