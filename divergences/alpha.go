package divergences

import (
	"fmt"
	"math"

	"undercurrent/internal/portable"
)

const (
	minAlpha = -3
	maxAlpha = 3
)

// alphaFamily is the α-divergence with the parameter α.
func alphaFamily() Family {
	return NewFamily("alpha", func(v Values) (Divergence, error) { return checked(NewAlpha(v["alpha"].Number)) },
		Parameter{Name: "alpha", Symbol: "α", Usage: "parameter α of the alpha family, -3 to 3", Min: minAlpha, Max: maxAlpha, Step: 0.25, Default: Number(1.5)})
}

// Alpha is the α-divergence (∫ p^α q^(1−α) − 1)/(α(α − 1)), with
//
//	f(r) = (r^α − αr + α − 1)/(α(α − 1)),   w(r) = r^α,   e(r) = α,
//
// continued through its limits r − 1 − ln r at α = 0 and r ln r − r + 1 at
// α = 1. Exchanging p and q exchanges α and 1 − α. It meets ReverseKL (α = 0),
// ForwardKL (1), half of Pearson (2), half of Neyman (−1) and twice Hellinger
// (½), up to a linear term in r − 1. The zero value is α = 0.
//
// Cressie, Read (1984), Multinomial goodness-of-fit tests, Journal of the
// Royal Statistical Society B 46, 440–464; their λ is α − 1.
type Alpha struct {
	alpha float64
}

var _ Divergence = Alpha{}

// NewAlpha returns the member with the given α, a number from −3 to 3.
func NewAlpha(alpha float64) (Alpha, error) {
	if !(minAlpha <= alpha && alpha <= maxAlpha) {
		return Alpha{}, SettingError{"alpha", fmt.Sprintf("alpha is %g, expected a number from %d to %d", alpha, minAlpha, maxAlpha)}
	}
	if alpha == 0 {
		alpha = 0 // drops the sign of −0, which would be printed
	}
	return Alpha{alpha}, nil
}

// Info describes the member.
func (a Alpha) Info() Info {
	return Info{
		ID:            "alpha",
		Name:          fmt.Sprintf("α-divergence (α = %g)", a.alpha),
		Definition:    a.definition(),
		Formula:       a.formula(),
		WeightFormula: a.weightFormula(),
		Character:     a.character(),
		NeedsZ:        false,
		Citation:      "Cressie, Read 1984",
	}
}

func (a Alpha) definition() string {
	switch a.alpha {
	case 0:
		return "KL(q‖p)"
	case 1:
		return "KL(p‖q)"
	default:
		return "(∫ p^α q^(1−α) − 1)/(α(α − 1))"
	}
}

func (a Alpha) formula() string {
	switch a.alpha {
	case 0:
		return "r − 1 − ln r"
	case 1:
		return "r ln r − r + 1"
	default:
		return "(r^α − αr + α − 1)/(α(α − 1))"
	}
}

func (a Alpha) weightFormula() string {
	switch a.alpha {
	case 0:
		return "1"
	case 1:
		return "r"
	default:
		return fmt.Sprintf("r^%g", a.alpha)
	}
}

func (a Alpha) character() string {
	switch {
	case a.alpha < 0:
		return "weight falls with r: clears over-covered places first"
	case a.alpha == 0:
		return "same weight everywhere"
	case a.alpha < 1:
		return "weight rises slowly with r: slightly favours gaps"
	default:
		return "concentrates on under-covered places; excess hardly moves"
	}
}

// F is (r^α − αr + α − 1)/(α(α − 1)).
//
// That quotient is the second divided difference of a ↦ r^a at 0, 1 and α,
// which has no singular parameter and, computed as such, no cancellation.
func (a Alpha) F(logR float64) float64 {
	return logR * logR * expDividedDifference(0, logR, a.alpha*logR)
}

// Potential is (r^α − 1)/α, or ln r at α = 0.
func (a Alpha) Potential(logR float64) float64 {
	if a.alpha == 0 {
		return logR
	}
	return math.Expm1(a.alpha*logR) / a.alpha
}

// Weight is r^α.
func (a Alpha) Weight(logR float64) float64 { return portable.Exp(a.alpha * logR) }

// Elasticity is α.
func (a Alpha) Elasticity(float64) float64 { return a.alpha }

// expDividedDifference is exp[x, y, z], the second divided difference of the
// exponential, for nodes that may coincide. Nodes at least 1 apart use the recursion,
// whose two terms then differ by a factor of at least e^½; closer ones use the
// series, whose terms are all positive.
func expDividedDifference(x, y, z float64) float64 {
	low, high := min(x, y, z), max(x, y, z)
	middle := max(min(x, y), min(max(x, y), z))
	if high-low < 1 {
		return portable.Exp(low) * expSeries(middle-low, high-low)
	}
	return (expSlope(middle, high) - expSlope(low, middle)) / (high - low)
}

// expSlope is exp[x, y] = (e^y − e^x)/(y − x) for x ≤ y.
func expSlope(x, y float64) float64 {
	if x == y {
		return portable.Exp(x)
	}
	return portable.Exp(x) * math.Expm1(y-x) / (y - x)
}

// expSeries is exp[0, s, t] = Σ h_k(s, t)/(k+2)! for 0 ≤ s ≤ t < 1, where h_k
// is the sum of all monomials of degree k in s and t.
func expSeries(s, t float64) float64 {
	const terms = 18 // the term k is at most 1/(2 k!)
	sum, monomials, power, factorial := 0.5, 1.0, 1.0, 2.0
	for k := 1; k < terms; k++ {
		power *= s
		monomials = t*monomials + power
		factorial *= float64(k + 2)
		sum += monomials / factorial
	}
	return sum
}
