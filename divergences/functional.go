package divergences

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

// Functional is a measure of under-coverage U(q) = ∫ q u(r) dx. Its first variation is
// δU/δq = u − r u′, and along a drift V
//
//	dU/dt = E_q[V·∇(u − r u′)] = −E_q[κ(r) V·β],   κ(r) = r² u″(r),
//
// in units of U per unit of time: the sensitivity κ of the functional times the effort
// V·β = w|β|² of the divergence. An f-divergence is such a functional with κ = w, so any
// f-divergence decreases under any other.
type Functional interface {
	// ID names the functional on the command line.
	ID() string
	// TargetIntegrand is u(r)/r, the integrand with respect to p: U = ∫ p (u(r)/r) dx.
	TargetIntegrand(logR float64) float64
	// Variation is δU/δq = u − r u′.
	Variation(logR float64) float64
	// Sensitivity is κ(r) = r² u″(r).
	Sensitivity(logR float64) float64
	// Threshold is ln r*, above which κ is negative: there a step along β raises U.
	// It is +Inf if κ ≥ 0 everywhere.
	Threshold() float64
	// Least is the infimum of U over all densities q, the lower convex hull of u at r = 1. It is
	// u(1), the value at q = p, where the hull meets u there.
	Least() float64
}

// FunctionalIDs returns the ids that NewFunctional accepts.
func FunctionalIDs() []string { return []string{"under-coverage", "deficit"} }

// UnknownFunctionalError reports that no functional has the id ID.
type UnknownFunctionalError struct{ ID string }

// Error returns a message that names the id.
func (e UnknownFunctionalError) Error() string { return fmt.Sprintf("unknown functional %q", e.ID) }

// NewFunctional returns the functional with the given id, threshold tau > 0, used by
// "under-coverage" alone, and softness s > 0. An unknown id gives an
// UnknownFunctionalError.
func NewFunctional(id string, tau, s float64) (Functional, error) {
	switch id {
	case "under-coverage":
		return NewUnderCoverage(tau, s)
	case "deficit":
		return NewDeficit(s)
	}
	return nil, UnknownFunctionalError{id}
}

// UnderCoverage is the soft under-coverage
//
//	U_{τ,s}(q) = ∫ p σ(z) dx,   z = (ln r − ln τ)/s,   σ(z) = 1/(1 + e^−z),
//
// which tends to the target mass where r > τ as s → 0. With g = r σ(1−σ)/s,
//
//	δU/δq = −g,   κ = g·(1 + (1 − 2σ)/s).
//
// For s ≥ 1, κ ≥ 0. For s < 1 it changes sign at the repair threshold
//
//	ln r* = ln τ + s ln((1 + s)/(1 − s)).
//
// At τ = s = 1, U is ½ + ¼ LeCam(p, q). Derived here.
type UnderCoverage struct{ tau, s, logTau float64 }

var _ Functional = UnderCoverage{}

// NewUnderCoverage returns the functional with threshold τ > 0 and softness s > 0.
func NewUnderCoverage(tau, s float64) (UnderCoverage, error) {
	if !(tau > 0) || math.IsInf(tau, 1) {
		return UnderCoverage{}, SettingError{"tau", fmt.Sprintf("tau is %g, expected a positive number", tau)}
	}
	return UnderCoverage{tau, s, math.Log(tau)}, checkSoftness(s)
}

// checkSoftness rejects a softness that is not positive and finite.
func checkSoftness(s float64) error {
	if !(s > 0) || math.IsInf(s, 1) {
		return SettingError{"softness", fmt.Sprintf("softness s is %g, expected a positive number", s)}
	}
	return nil
}

// ID is "under-coverage".
func (u UnderCoverage) ID() string { return "under-coverage" }

// Tau is τ.
func (u UnderCoverage) Tau() float64 { return u.tau }

// Softness is s.
func (u UnderCoverage) Softness() float64 { return u.s }

func (u UnderCoverage) z(logR float64) float64 { return (logR - u.logTau) / u.s }

// TargetIntegrand is σ(z).
func (u UnderCoverage) TargetIntegrand(logR float64) float64 { return logistic(u.z(logR)) }

// Variation is −r σ(1−σ)/s.
func (u UnderCoverage) Variation(logR float64) float64 {
	z := math.Abs(u.z(logR))
	t := 1 + portable.Exp(-z)
	return -portable.Exp(logR-z) / (t * t * u.s)
}

// Sensitivity is r σ(1−σ)/s·(1 + (1 − 2σ)/s).
func (u UnderCoverage) Sensitivity(logR float64) float64 {
	return -u.Variation(logR) * (1 - portable.Tanh(u.z(logR)/2)/u.s)
}

// Threshold is ln τ + s ln((1 + s)/(1 − s)).
func (u UnderCoverage) Threshold() float64 {
	if u.s >= 1 {
		return math.Inf(1)
	}
	return u.logTau + u.s*(math.Log1p(u.s)-math.Log1p(-u.s))
}

// Least is u(1) = 1/(1 + τ^(1/s)). For s < 1, u is concave beyond r*, and its hull goes on along the
// tangent of slope 1 from r₁, where σ = s: if r₁ < 1 the infimum is 1 − r₁(1 − s), to which U falls as q
// gathers on a part r₁ of the target mass and leaves the rest empty.
func (u UnderCoverage) Least() float64 {
	if u.s < 1 {
		if logR := u.logTau + u.s*(math.Log(u.s)-math.Log1p(-u.s)); logR < 0 {
			return 1 - portable.Exp(logR)*(1-u.s)
		}
	}
	return u.TargetIntegrand(0)
}

// Deficit is the soft deficit
//
//	T_s(q) = ∫ p [s softplus(y) − s ln 2] dx,   y = (1 − q/p)/s,
//
// which tends to the total variation distance as s → 0. With σ = σ(y),
//
//	δT/δq = −σ,   κ = σ(1−σ)/(s r) ≥ 0.
//
// Derived here.
type Deficit struct{ s float64 }

var _ Functional = Deficit{}

// NewDeficit returns the functional with softness s > 0.
func NewDeficit(s float64) (Deficit, error) { return Deficit{s}, checkSoftness(s) }

// ID is "deficit".
func (d Deficit) ID() string { return "deficit" }

// Softness is s.
func (d Deficit) Softness() float64 { return d.s }

func (d Deficit) y(logR float64) float64 { return -math.Expm1(-logR) / d.s }

// TargetIntegrand is s softplus(y) − s ln 2.
func (d Deficit) TargetIntegrand(logR float64) float64 { return d.s * (softplus(d.y(logR)) - math.Ln2) }

// Variation is −σ(y).
func (d Deficit) Variation(logR float64) float64 { return -logistic(d.y(logR)) }

// Sensitivity is σ(1−σ)/(s r).
func (d Deficit) Sensitivity(logR float64) float64 {
	y := d.y(logR)
	return portable.Exp(-logR-softplus(y)-softplus(-y)) / d.s
}

// Threshold is +Inf: κ ≥ 0 everywhere.
func (d Deficit) Threshold() float64 { return math.Inf(1) }

// Least is 0, the value at q = p: T_s is convex.
func (d Deficit) Least() float64 { return 0 }
