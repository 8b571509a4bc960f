package divergences

// Drift is what moves the particles, whichever divergence it comes from. With a
// second density ρ, the reference, and γ = ∇log(ρ/q) beside β = ∇log r, every
// drift here is
//
//	V = a·β + b·γ,
//
// where a and b depend on a place through Place alone. An f-divergence has
// a = w(r), b = 0 and no reference; see Of. A Log-Variance divergence has both.
// Implementations are immutable and safe for concurrent use.
type Drift interface {
	// Info describes the drift to people and to the command line.
	Info() Info
	// Reference says which density is ρ. Its kind is NoReference where Place.LogRho
	// and Place.Mean are not looked at.
	Reference() Reference
	// Integrand is G of the objective D = ∫ q G dx.
	Integrand(at Place) float64
	// Potential is Φ = −δD/δq up to a constant, ρ held fixed unless the drift
	// differentiates through it.
	Potential(at Place) float64
	// Descent are the coefficients of ∇Φ, the steepest descent of D.
	Descent(at Place) Coefficients
	// Velocity are the coefficients of V.
	Velocity(at Place) Coefficients
	// IsGradientFlow reports whether V = ∇Φ. It is false for the surrogate alone, which
	// follows another field on purpose.
	IsGradientFlow() bool
}

// Place is what a drift sees of one place.
type Place struct {
	// LogR is ln(p/q).
	LogR float64
	// LogRho is ln(ρ/q).
	LogRho float64
	// Mean is m = E_ρ[ln r], the same everywhere.
	Mean float64
}

// Coefficients are a and b of a field a·β + b·γ, and their partial derivatives
// by ℓ = ln r and ℓ_ρ = ln(ρ/q), with which its divergence is
//
//	a Δℓ + a_ℓ |β|² + (a_ρ + b_ℓ) β·γ + b Δℓ_ρ + b_ρ |γ|².
type Coefficients struct {
	Beta, Gamma          float64 // a, b
	BetaByR, BetaByRho   float64 // a_ℓ, a_ρ
	GammaByR, GammaByRho float64 // b_ℓ, b_ρ
	// Straight is the part of a that is there without the bend of the reference;
	// what else V is made of is the reference's doing. It equals a where there is none.
	Straight float64
}

// fDrift is an f-divergence as a drift.
type fDrift struct{ Divergence }

// Of is the drift of an f-divergence, V = w(r)·β, with the weight constant beyond
// |ln r| = ClipLogR.
func Of(d Divergence) Drift { return fDrift{Clip(d, ClipLogR)} }

func (fDrift) Reference() Reference { return Reference{} }

func (d fDrift) Integrand(at Place) float64 { return d.F(at.LogR) }

func (d fDrift) Potential(at Place) float64 { return d.Divergence.Potential(at.LogR) }

func (d fDrift) Descent(at Place) Coefficients {
	w := d.Weight(at.LogR)
	return Coefficients{Beta: w, BetaByR: w * d.Elasticity(at.LogR), Straight: w}
}

func (d fDrift) Velocity(at Place) Coefficients { return d.Descent(at) }

func (fDrift) IsGradientFlow() bool { return true }
