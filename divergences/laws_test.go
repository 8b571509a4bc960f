package divergences_test

import (
	"fmt"
	"math"
	"testing"
	"unicode/utf8"

	"undercurrent/divergences"
)

// member is a divergence with a name that includes its parameter.
type member struct {
	divergences.Divergence
	name string
}

// family is every member, with several values of each parameter.
func family(t *testing.T) []member {
	t.Helper()
	all, err := divergences.Standard().Divergences(nil)
	if err != nil {
		t.Fatal(err)
	}
	var members []member
	for _, d := range all {
		members = append(members, member{d, d.Info().ID})
	}
	for _, alpha := range []float64{-3, -1, -1e-4, -1e-9, 0, 1e-9, 1e-4, 0.5, 1 - 1e-4, 1 - 1e-9, 1, 1 + 1e-9, 2, 3} {
		members = append(members, member{newAlpha(t, alpha), fmt.Sprintf("alpha %v", alpha)})
	}
	for _, lambda := range []float64{1e-3, 0.3, 0.7, 0.999} {
		members = append(members,
			member{newSkewForward(t, lambda), fmt.Sprintf("skew-forward-kl %v", lambda)},
			member{newSkewReverse(t, lambda), fmt.Sprintf("skew-reverse-kl %v", lambda)})
	}
	for _, text := range []string{"r", "2/r", "1 + r", "r/(2*(1+r))", "2 + tanh(log(r))"} {
		members = append(members, member{newCustom(t, text), "custom " + text})
	}
	return members
}

func newAlpha(t *testing.T, alpha float64) divergences.Divergence {
	t.Helper()
	d, err := divergences.NewAlpha(alpha)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newSkewForward(t *testing.T, lambda float64) divergences.Divergence {
	t.Helper()
	d, err := divergences.NewSkewForwardKL(lambda)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newSkewReverse(t *testing.T, lambda float64) divergences.Divergence {
	t.Helper()
	d, err := divergences.NewSkewReverseKL(lambda)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newCustom(t *testing.T, text string) *divergences.Custom {
	t.Helper()
	d, err := divergences.NewCustom(text, weightOf(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// forEach runs a law on every member at values of log r from −limit to limit.
func forEach(t *testing.T, limit float64, law func(t *testing.T, d member, logR float64)) {
	t.Helper()
	const points = 32
	for _, d := range family(t) {
		for i := -points; i <= points; i++ {
			law(t, d, limit*float64(i)/points)
		}
	}
}

// requireNear allows the relative tolerance plus the rounding of
// numbers of size scale.
func requireNear(t *testing.T, what string, d member, logR, got, want, relative, scale float64) {
	t.Helper()
	allowed := relative*math.Abs(want) + 1e-12*math.Abs(scale)
	if !(math.Abs(got-want) <= allowed) {
		t.Errorf("%s: %s at r = %.6g (ln r = %.4g) is %.15g, expected %.15g",
			d.name, what, math.Exp(logR), logR, got, want)
	}
}

const differenceStep = 0.05

// derivative and curvature are central differences of order eight.
func derivative(f func(float64) float64, x float64) float64 {
	const h = differenceStep
	return (4./5*(f(x+h)-f(x-h)) - 1./5*(f(x+2*h)-f(x-2*h)) +
		4./105*(f(x+3*h)-f(x-3*h)) - 1./280*(f(x+4*h)-f(x-4*h))) / h
}

func curvature(f func(float64) float64, x float64) float64 {
	const h = differenceStep
	return (-205./72*f(x) + 8./5*(f(x+h)+f(x-h)) - 1./5*(f(x+2*h)+f(x-2*h)) +
		8./315*(f(x+3*h)+f(x-3*h)) - 1./560*(f(x+4*h)+f(x-4*h))) / (h * h)
}

func TestFVanishesAtOne(t *testing.T) {
	for _, d := range family(t) {
		if got := d.F(0); got != 0 {
			t.Errorf("%s: f(1) is %v, expected 0", d.name, got)
		}
	}
}

func TestConvex(t *testing.T) {
	forEach(t, 6, func(t *testing.T, d member, logR float64) {
		const h = 0.1
		f := func(factor float64) float64 { return d.F(logR + math.Log(factor)) }
		if second := f(1+h) - 2*f(1) + f(1-h); !(second > 0) {
			t.Errorf("%s: the second difference of f at r = %.6g is %v, expected it positive",
				d.name, math.Exp(logR), second)
		}
	})
}

// With ℓ = ln r: f_ℓ = r f′ and f_ℓℓ = r f′ + r² f″.
func TestWeightIsCurvatureOfF(t *testing.T) {
	forEach(t, 6, func(t *testing.T, d member, logR float64) {
		want := curvature(d.F, logR) - derivative(d.F, logR)
		requireNear(t, "w", d, logR, d.Weight(logR), want, 1e-5, d.F(logR))
	})
}

func TestWeightIsSlopeOfPotential(t *testing.T) {
	forEach(t, 13, func(t *testing.T, d member, logR float64) {
		want := derivative(d.Potential, logR)
		requireNear(t, "w", d, logR, d.Weight(logR), want, 1e-6, d.Potential(logR))
	})
}

func TestPotentialIsTangentOfF(t *testing.T) {
	forEach(t, 13, func(t *testing.T, d member, logR float64) {
		want := derivative(d.F, logR) - d.F(logR)
		scale := 1e4 * (math.Abs(d.Potential(logR)) + math.Abs(d.F(logR)) + d.Weight(logR))
		requireNear(t, "Φ", d, logR, d.Potential(logR), want, 0, scale)
	})
}

func TestElasticityIsSlopeOfLogWeight(t *testing.T) {
	forEach(t, 13, func(t *testing.T, d member, logR float64) {
		logWeight := func(logR float64) float64 { return math.Log(d.Weight(logR)) }
		want := derivative(logWeight, logR)
		requireNear(t, "e", d, logR, d.Elasticity(logR), want, 1e-6, 1e5)
	})
}

// Near r = 1, f = c(r−1) + ½w(1)(r−1)² + O((r−1)³) with c = f′(1) = Φ(1), and
// the quadratic term must survive at a distance where r itself keeps only ten
// digits of it.
func TestQuadraticNearOne(t *testing.T) {
	for _, d := range family(t) {
		for _, logR := range []float64{-1e-4, -1e-6, -1e-9, 1e-9, 1e-6, 1e-4} {
			excess := math.Expm1(logR)
			linear := d.Potential(0) * excess
			want := linear + d.Weight(0)*excess*excess/2
			if allowed := 5*math.Abs(excess)*math.Abs(want-linear) + 1e-15*math.Abs(linear) +
				1e-9*math.Abs(want-linear); !(math.Abs(d.F(logR)-want) <= allowed) {
				t.Errorf("%s: f at ln r = %v is %v, expected %v", d.name, logR, d.F(logR), want)
			}
		}
	}
}

func TestFiniteAtExtremeRatios(t *testing.T) {
	for _, d := range family(t) {
		for _, logR := range []float64{-30, -14, 14, 30} {
			for name, value := range map[string]float64{
				"F": d.F(logR), "Φ": d.Potential(logR), "w": d.Weight(logR), "e": d.Elasticity(logR),
			} {
				if math.IsNaN(value) || math.IsInf(value, 0) {
					t.Errorf("%s: %s at ln r = %v is %v, expected it finite", d.name, name, logR, value)
				}
			}
			if w := d.Weight(logR); !(w > 0) {
				t.Errorf("%s: w at ln r = %v is %v, expected it positive", d.name, logR, w)
			}
		}
	}
}

func TestOnlyPowerLawsDoNotNeedZ(t *testing.T) {
	for _, d := range family(t) {
		power := true
		for logR := -13.; logR <= 13; logR++ {
			power = power && math.Abs(d.Elasticity(logR)-d.Elasticity(0)) < 1e-9
		}
		if needs := d.Info().NeedsZ; needs == power {
			t.Errorf("%s: needs Z is %v, but that its elasticity is constant is %v", d.name, needs, power)
		}
	}
}

func TestInfo(t *testing.T) {
	for _, d := range family(t) {
		info := d.Info()
		if length := utf8.RuneCountInString(info.Character); length == 0 || length > 60 {
			t.Errorf("%s: %q has %d characters, expected 1 to 60", d.name, info.Character, length)
		}
		for _, text := range []string{info.ID, info.Name, info.Definition, info.Formula, info.WeightFormula, info.Citation} {
			if text == "" {
				t.Errorf("%s: a text is missing in %+v", d.name, info)
			}
		}
	}
}

// Exchanging p and q turns f(r) into r f(1/r) and w(r) into r w(1/r).
func TestExchange(t *testing.T) {
	alpha := func(a float64) member { return member{newAlpha(t, a), fmt.Sprintf("alpha %v", a)} }
	pairs := [][2]member{
		{{divergences.ForwardKL{}, "forward-kl"}, {divergences.ReverseKL{}, "reverse-kl"}},
		{{divergences.Jeffreys{}, "jeffreys"}, {divergences.Jeffreys{}, "jeffreys"}},
		{{divergences.Hellinger{}, "hellinger"}, {divergences.Hellinger{}, "hellinger"}},
		{{divergences.JensenShannon{}, "jensen-shannon"}, {divergences.JensenShannon{}, "jensen-shannon"}},
		{{divergences.LeCam{}, "le-cam"}, {divergences.LeCam{}, "le-cam"}},
		{alpha(1.5), alpha(-0.5)},
		{alpha(3), alpha(-2)},
		{alpha(0), alpha(1)},
		{{newSkewForward(t, 0.3), "skew-forward-kl 0.3"}, {newSkewReverse(t, 0.7), "skew-reverse-kl 0.7"}},
		{{newSkewForward(t, 0.9), "skew-forward-kl 0.9"}, {newSkewReverse(t, 0.1), "skew-reverse-kl 0.1"}},
		{{divergences.Pearson{}, "pearson"}, {scaled{newAlpha(t, -1), 2}, "twice alpha -1"}},
	}
	for _, pair := range pairs {
		d, other := pair[0], pair[1]
		for logR := -10.; logR <= 10; logR += 0.7 {
			r := math.Exp(logR)
			requireNear(t, "w of the exchanged", d, logR, r*d.Weight(-logR), other.Weight(logR), 1e-12, 0)
			requireNear(t, "f of the exchanged", d, logR, r*d.F(-logR), other.F(logR), 1e-12, 0)
		}
	}
	requireSame(t, member{exchanged{divergences.Pearson{}}, "pearson exchanged"},
		member{divergences.Neyman{}, "neyman"}, 1)
}

// scaled is a multiple of a divergence.
type scaled struct {
	divergences.Divergence
	factor float64
}

func (d scaled) F(logR float64) float64         { return d.factor * d.Divergence.F(logR) }
func (d scaled) Potential(logR float64) float64 { return d.factor * d.Divergence.Potential(logR) }
func (d scaled) Weight(logR float64) float64    { return d.factor * d.Divergence.Weight(logR) }

// exchanged has p and q exchanged: f*(r) = r f(1/r), so that f*′ = −Φ(1/r) and
// Φ* = −r (Φ + f)(1/r).
type exchanged struct {
	divergences.Divergence
}

func (d exchanged) F(logR float64) float64 { return math.Exp(logR) * d.Divergence.F(-logR) }
func (d exchanged) Potential(logR float64) float64 {
	return -math.Exp(logR)*d.Divergence.Potential(-logR) - d.F(logR)
}

func (d exchanged) Weight(logR float64) float64 { return math.Exp(logR) * d.Divergence.Weight(-logR) }

// requireSame asks that d is factor × other, up to a term c(r − 1) in f and the
// constant c in Φ that goes with it.
func requireSame(t *testing.T, d, other member, factor float64) {
	t.Helper()
	c := d.Potential(0) - factor*other.Potential(0)
	for logR := -12.; logR <= 12; logR += 0.37 {
		linear := c * math.Expm1(logR)
		f := factor*other.F(logR) + linear
		potential := factor*other.Potential(logR) + c
		requireNear(t, "w", d, logR, d.Weight(logR), factor*other.Weight(logR), 1e-8, 0)
		requireNear(t, "f", d, logR, d.F(logR), f, 1e-8, linear)
		requireNear(t, "Φ", d, logR, d.Potential(logR), potential, 1e-8, c)
	}
}
