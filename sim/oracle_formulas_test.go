package sim_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// formula is an f-divergence by the formulas of the table in docs/theory.md, as functions of r.
type formula struct {
	f, slope, weight func(r float64) float64 // f, f′ and r² f″
	// grows reports whether the weight grows without bound as r → ∞.
	grows bool
}

// power is the divergence with w = r^a.
func power(a float64) formula {
	if a == 0 || a == 1 {
		panic("a limit of its own")
	}
	return formula{
		f:      func(r float64) float64 { return (math.Pow(r, a) - a*r + a - 1) / (a * (a - 1)) },
		slope:  func(r float64) float64 { return (math.Pow(r, a-1) - 1) / (a - 1) },
		weight: func(r float64) float64 { return math.Pow(r, a) },
		grows:  a > 0,
	}
}

// sum is the divergence s·a + b.
func sum(s float64, a, b formula) formula {
	return formula{
		f:      func(r float64) float64 { return s*a.f(r) + b.f(r) },
		slope:  func(r float64) float64 { return s*a.slope(r) + b.slope(r) },
		weight: func(r float64) float64 { return s*a.weight(r) + b.weight(r) },
		grows:  a.grows || b.grows,
	}
}

var (
	reverseKL = formula{func(r float64) float64 { return -math.Log(r) }, func(r float64) float64 { return -1 / r }, func(float64) float64 { return 1 }, false}
	forwardKL = formula{func(r float64) float64 { return r * math.Log(r) }, func(r float64) float64 { return math.Log(r) + 1 }, func(r float64) float64 { return r }, true}
	pearson   = formula{func(r float64) float64 { return squareOf(r - 1) }, func(r float64) float64 { return 2 * (r - 1) }, func(r float64) float64 { return 2 * r * r }, true}
	neyman    = formula{func(r float64) float64 { return 1/r - 1 }, func(r float64) float64 { return -1 / (r * r) }, func(r float64) float64 { return 2 / r }, false}
	hellinger = formula{func(r float64) float64 { return squareOf(math.Sqrt(r) - 1) }, func(r float64) float64 { return 1 - 1/math.Sqrt(r) }, func(r float64) float64 { return math.Sqrt(r) / 2 }, true}
	leCam     = formula{func(r float64) float64 { return squareOf(r-1) / (r + 1) }, func(r float64) float64 { return (r - 1) * (r + 3) / squareOf(r+1) },
		func(r float64) float64 { return 8 * r * r / (squareOf(1+r) * (1 + r)) }, false}
	jensenShannon = formula{
		func(r float64) float64 { return (r*math.Log(r) - (r+1)*math.Log((r+1)/2)) / 2 },
		func(r float64) float64 { return math.Log(2*r/(r+1)) / 2 },
		func(r float64) float64 { return r / (2 * (1 + r)) }, false}
)

// skewForward is KL(p‖λp + (1−λ)q).
func skewForward(l float64) formula {
	m := func(r float64) float64 { return l*r + 1 - l }
	return formula{
		f:      func(r float64) float64 { return r * math.Log(r/m(r)) },
		slope:  func(r float64) float64 { return math.Log(r/m(r)) + 1 - l*r/m(r) },
		weight: func(r float64) float64 { return r * squareOf((1-l)/m(r)) },
	}
}

// skewReverse is KL(q‖λp + (1−λ)q).
func skewReverse(l float64) formula {
	m := func(r float64) float64 { return l*r + 1 - l }
	return formula{
		f:      func(r float64) float64 { return -math.Log(m(r)) },
		slope:  func(r float64) float64 { return -l / m(r) },
		weight: func(r float64) float64 { return squareOf(l * r / m(r)) },
	}
}

// clippedAt is |log r| beyond which weights are constant.
var clippedAt = math.Log(1e6)

// continued is f with the weight constant above log r = top, and below −clippedAt: the solution of
// f″ = w(c)/r² with the value and the slope of f at c.
func (d formula) continued(logR, top float64) float64 {
	at := math.Max(math.Min(logR, math.Min(top, clippedAt)), -clippedAt)
	c, r := math.Exp(at), math.Exp(logR)
	if at == logR {
		return d.f(r)
	}
	return d.f(c) + d.slope(c)*(r-c) + d.weight(c)*(r/c-1-(logR-at))
}

// clippedWeight is w at the clipped ratio.
func (d formula) clippedWeight(logR float64) float64 {
	return d.weight(math.Exp(clampTo(logR, clippedAt)))
}

// objective is ∫ q f(p/q), where f is continued beyond what particles of the given peak density
// resolve, if the weight grows: beyond r = p/q₀ with q₀ the density of one at half a bandwidth.
func (d formula) objective(l *lattice, peak float64) float64 {
	logResolved := math.Log(peak) - 1./8
	return l.integral(func(at *point) float64 {
		top := math.Inf(1)
		if d.grows {
			top = math.Max(0, at.logP-logResolved)
		}
		return at.q * d.continued(at.logR, top)
	})
}

// oracleDivergence is an f-divergence with its text for the program.
type oracleDivergence struct {
	formula
	text string
	// custom is the weight of a divergence without a text.
	custom func(r float64) float64
}

const oracleLambda = 0.3

// oracleDivergences are the f-divergences, of one parameter or more.
func oracleDivergences() []oracleDivergence {
	typed := sum(0.25, power(1.3), power(0.5))
	return []oracleDivergence{
		{reverseKL, "reverse-kl", nil}, {forwardKL, "forward-kl", nil}, {sum(1, reverseKL, forwardKL), "jeffreys", nil},
		{pearson, "pearson", nil}, {neyman, "neyman", nil}, {hellinger, "hellinger", nil}, {jensenShannon, "jensen-shannon", nil},
		{leCam, "le-cam", nil}, {power(-0.5), "alpha:-0.5", nil}, {power(1.5), "alpha:1.5", nil}, {power(2.5), "alpha:2.5", nil},
		{skewForward(oracleLambda), "skew-forward-kl:0.3", nil}, {skewReverse(oracleLambda), "skew-reverse-kl:0.3", nil},
		{typed, "custom", typed.weight},
	}
}

// divergence is the divergence of the program.
func (d oracleDivergence) divergence(t testing.TB) divergences.Divergence {
	t.Helper()
	if d.custom != nil {
		c, err := divergences.NewCustom("r^0.5+0.25*r^1.3", d.custom)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	s := parsed(t, d.text)
	m, err := s.Family().Divergence(s.Values())
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// parsed is the spec of a text.
func parsed(t testing.TB, text string) divergences.Spec {
	t.Helper()
	s, err := divergences.Standard().Parse(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// coverage is a coverage measure ∫ p u(r)/r, with κ = r² u″.
type coverage struct {
	id          string
	tau, s      float64
	density     func(logR float64) float64 // u/r
	sensitivity func(logR float64) float64 // κ
}

// underCoverage is ∫ p σ((ln r − ln τ)/s). With u = rσ, u′ = σ + σ′/s and κ = r(σ′/s + σ″/s²).
func underCoverage(tau, s float64) coverage {
	z := func(logR float64) float64 { return (logR - math.Log(tau)) / s }
	return coverage{"under-coverage", tau, s,
		func(logR float64) float64 { return sigmoid(z(logR)) },
		func(logR float64) float64 {
			v := sigmoid(z(logR))
			first := v * (1 - v)
			return math.Exp(logR) * (first/s + first*(1-2*v)/(s*s))
		}}
}

// deficit is ∫ p g(q/p) with g(t) = s softplus((1 − t)/s) − s ln 2, so κ = t g″(t).
func deficit(s float64) coverage {
	y := func(logR float64) float64 { return (1 - math.Exp(-logR)) / s }
	return coverage{"deficit", 1, s,
		func(logR float64) float64 { return s * (softplusOf(y(logR)) - math.Ln2) },
		func(logR float64) float64 { return math.Exp(-logR) * sigmoid(y(logR)) * sigmoid(-y(logR)) / s }}
}

// coverages are the measures that the problems take in turn. A deficit of softness s is sensitive
// over a range of log r about s wide, in which log r must not change much in a cell.
func coverages() []coverage {
	return []coverage{underCoverage(1, 1), deficit(0.3), underCoverage(2, 0.7), underCoverage(1.5, 1.3), deficit(0.5)}
}

// functional is the measure of the program.
func (c coverage) functional(t testing.TB) divergences.Functional {
	t.Helper()
	u, err := divergences.NewFunctional(c.id, c.tau, c.s)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
