package divergences

import (
	"fmt"

	"undercurrent/internal/portable"
)

// LogVariance is the Log-Variance divergence
//
//	LV_ρ(q) = Var_ρ[ln(q/p)] = E_ρ[(ln r − m)²],   m = E_ρ[ln r],
//
// with ρ held fixed. Its first variation is −Φ with
//
//	Φ = 2(ρ/q)(ln r − m),   V = ∇Φ = 2(ρ/q)[β + (ln r − m)γ],   γ = ∇log(ρ/q);
//
// the variation of m drops out because ln r − m has mean zero under ρ. V is not a
// multiple of β, unless ρ is a mixture of p and q, where γ = s·β with s the fraction of
// ρ that comes from p:
//
//	ρ = q        s = 0   V = 2β, reverse KL at twice the speed
//	ρ = p        s = 1   V = 2r(1 + ln r − m)β, negative where ln r < m − 1
//	λp + (1−λ)q          V = 2(λr + 1 − λ + λr(ln r − m))β
//
// The simulation restricts a wider ρ to the support of the density estimate, because
// ln(q/p) is not finite elsewhere.
//
// Richter, Boustati, Nüsken, Ruiz, Akyildiz (2020), VarGrad: a low-variance
// gradient estimator for variational inference, NeurIPS 33; Nüsken, Richter
// (2021), Solving high-dimensional Hamilton–Jacobi–Bellman PDEs using neural
// networks, Partial Differential Equations and Applications 2, 48.
type LogVariance struct{ reference Reference }

var _ Drift = LogVariance{}

// logVarianceFamily is the divergence with the parameter ρ.
func logVarianceFamily() Family {
	return Family{ID: "lv", Parameters: referenceParameters(), drift: func(v Values, zFactor float64) (Drift, error) {
		r, err := referenceAt(v, zFactor)
		if err != nil {
			return nil, err
		}
		return NewLogVariance(r), nil
	}}
}

// NewLogVariance returns the divergence with the given reference.
func NewLogVariance(r Reference) LogVariance { return LogVariance{r} }

// Info describes the drift.
func (d LogVariance) Info() Info {
	return Info{
		ID:            "lv",
		Name:          fmt.Sprintf("Log-Variance (%s)", d.reference.Text()),
		Definition:    "Var_ρ[ln(q/p)]",
		Formula:       "(ρ/q)(ln r − m)²",
		WeightFormula: d.weightFormula(),
		Character:     d.character(),
		NeedsZ:        d.reference.Kind == Mixture,
		Citation:      "Nüsken, Richter 2021; Richter et al. 2020",
	}
}

func (d LogVariance) weightFormula() string {
	switch l := d.reference.Lambda; d.reference.Kind {
	case Current:
		return "2"
	case Target:
		return "2r(1 + ln r − m)"
	case Mixture:
		return fmt.Sprintf("2(%.4gr + %.4g + %.4gr(ln r − m))", l, 1-l, l)
	}
	return "2ρ/q, bent by (ln r − m)∇log(ρ/q)"
}

func (d LogVariance) character() string {
	switch d.reference.Kind {
	case Current:
		return "reverse KL at twice the speed"
	case Target:
		return "favours under-covered places; pushes excess the wrong way"
	case Mixture:
		return "like ρ = p where p dominates, like reverse KL elsewhere"
	}
	return "deflected along the reference, not the target"
}

// Reference is ρ.
func (d LogVariance) Reference() Reference { return d.reference }

// Integrand is (ρ/q)(ln r − m)².
func (d LogVariance) Integrand(l LogRatios) float64 {
	u := l.LogR - l.Mean
	return portable.Exp(l.LogRho) * u * u
}

// Potential is 2(ρ/q)(ln r − m).
func (d LogVariance) Potential(l LogRatios) float64 {
	return 2 * portable.Exp(l.LogRho) * (l.LogR - l.Mean)
}

// Descent has a = 2ρ/q and b = a(ln r − m). Where γ = s·β, a includes b·s and b is 0.
func (d LogVariance) Descent(l LogRatios) Coefficients {
	u, a := l.LogR-l.Mean, 2*portable.Exp(l.LogRho)
	if d.reference.External() {
		return Coefficients{Beta: a, BetaByRho: a, Gamma: a * u, GammaByR: a, GammaByRho: a * u, Direct: a}
	}
	s := d.reference.targetShare(l.LogR)
	return Coefficients{
		Beta:    a * (1 + u*s),
		BetaByR: a * (s*(1+u*s) + s + u*d.reference.targetShareSlope(l.LogR)),
		Direct:  a,
	}
}

// Velocity is Descent.
func (d LogVariance) Velocity(l LogRatios) Coefficients { return d.Descent(l) }

// GrowsWithR is false: the objective is over the support of the particles.
func (LogVariance) GrowsWithR() bool { return false }

// IsGradientFlow is true.
func (LogVariance) IsGradientFlow() bool { return true }
