package divergences_test

import (
	"fmt"
	"math"
	"testing"

	"undercurrent/divergences"
)

func functionals(t *testing.T) map[string]divergences.Functional {
	t.Helper()
	all := map[string]divergences.Functional{}
	for _, s := range []float64{0.2, 0.5, 1, 2} {
		for _, tau := range []float64{0.5, 1, 3} {
			u, err := divergences.NewUnderCoverage(tau, s)
			if err != nil {
				t.Fatal(err)
			}
			all[fmt.Sprintf("under-coverage τ %g s %g", tau, s)] = u
		}
		d, err := divergences.NewDeficit(s)
		if err != nil {
			t.Fatal(err)
		}
		all[fmt.Sprintf("deficit s %g", s)] = d
	}
	return all
}

// With p = 1 and q = e^−ℓ, U is TargetIntegrand and δU/δq = dU/dq = −r dU/dℓ.
func TestVariationIsTheDerivativeWithRespectToQ(t *testing.T) {
	for name, u := range functionals(t) {
		for logR := -6.0; logR <= 6; logR += 0.37 {
			r := math.Exp(logR)
			want := -r * derivative(u.TargetIntegrand, logR)
			if got := u.Variation(logR); math.Abs(got-want) > 1e-3*math.Abs(want)+1e-12*r {
				t.Errorf("%s at %g: the variation is %g, expected %g", name, logR, got, want)
			}
		}
	}
}

// ∇(δU/δq) = −κ∇ln r.
func TestSensitivityIsMinusTheSlopeOfTheVariation(t *testing.T) {
	for name, u := range functionals(t) {
		for logR := -6.0; logR <= 6; logR += 0.37 {
			want := -derivative(u.Variation, logR)
			if got := u.Sensitivity(logR); math.Abs(got-want) > 1e-4*math.Abs(want)+1e-8 {
				t.Errorf("%s at %g: κ is %g, expected %g", name, logR, got, want)
			}
		}
	}
}

func TestSensitivityChangesSignAtTheThreshold(t *testing.T) {
	for name, u := range functionals(t) {
		at := u.Threshold()
		if math.IsInf(at, 1) {
			for logR := -8.0; logR <= 8; logR += 0.1 {
				if u.Sensitivity(logR) < 0 {
					t.Errorf("%s: κ is negative at %g", name, logR)
				}
			}
			continue
		}
		if u.Sensitivity(at-0.01) <= 0 || u.Sensitivity(at+0.01) >= 0 {
			t.Errorf("%s: κ does not change sign at %g", name, at)
		}
	}
}

// σ = r/(r + 1), so ∫ p σ = ½ + ¼ ∫ (p − q)²/(p + q) for normalised densities:
// pointwise p²/(p+q) = p/2 + (p−q)/4·… checked on three points of a discrete pair.
func TestUnderCoverageAtOneIsLeCam(t *testing.T) {
	u, err := divergences.NewUnderCoverage(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	p, q := []float64{0.5, 0.2, 0.3}, []float64{0.1, 0.7, 0.2}
	got, leCam := 0.0, 0.0
	for i := range p {
		got += p[i] * u.TargetIntegrand(math.Log(p[i]/q[i]))
		leCam += q[i] * divergences.LeCam{}.F(math.Log(p[i]/q[i]))
	}
	if want := 0.5 + leCam/4; math.Abs(got-want) > 1e-15 {
		t.Errorf("U is %g, expected %g", got, want)
	}
}

func TestTheDeficitTendsToTotalVariation(t *testing.T) {
	d, err := divergences.NewDeficit(1e-4)
	if err != nil {
		t.Fatal(err)
	}
	p, q := []float64{0.5, 0.2, 0.3}, []float64{0.1, 0.7, 0.2}
	got, tv := 0.0, 0.0
	for i := range p {
		got += p[i] * d.TargetIntegrand(math.Log(p[i]/q[i]))
		tv += math.Abs(p[i]-q[i]) / 2
	}
	if math.Abs(got-tv) > 1e-4 {
		t.Errorf("T is %g, expected %g", got, tv)
	}
}

func TestFunctionalsStayFinite(t *testing.T) {
	for name, u := range functionals(t) {
		for _, logR := range []float64{-14, -700, 14, 0} {
			for _, v := range []float64{u.TargetIntegrand(logR), u.Variation(logR), u.Sensitivity(logR)} {
				if math.IsNaN(v) || math.IsInf(v, 0) {
					t.Errorf("%s at %g: %g", name, logR, v)
				}
			}
		}
	}
}

func TestInvalidFunctionalsAreRejected(t *testing.T) {
	for _, c := range []struct {
		id     string
		tau, s float64
		want   string
	}{
		{"under-coverage", 0, 1, "tau is 0, expected a positive number"},
		{"under-coverage", 1, -1, "softness s is -1, expected a positive number"},
		{"deficit", 1, 0, "softness s is 0, expected a positive number"},
		{"under-coverage", math.NaN(), 1, "tau is NaN, expected a positive number"},
		{"moon", 1, 1, `unknown functional "moon"`},
	} {
		if _, err := divergences.NewFunctional(c.id, c.tau, c.s); err == nil || err.Error() != c.want {
			t.Errorf("%v: error is %v", c, err)
		}
	}
}

// Among densities that have the ratio r₁ to the target on a part a of its mass and r₂ on the rest, a/r₁ +
// (1−a)/r₂ = 1, none has a smaller U, and some come near.
func TestNoDensityHasLessThanTheLeast(t *testing.T) {
	for name, u := range functionals(t) {
		least := u.TargetIntegrand(0)
		for a := 0.002; a < 1; a += 0.002 {
			for share := 0.002; share < 1; share += 0.002 { // of q on the part
				value := a*u.TargetIntegrand(math.Log(a/share)) + (1-a)*u.TargetIntegrand(math.Log((1-a)/(1-share)))
				least = min(least, value)
			}
		}
		if got := u.Least(); got > least+1e-12 || least > got+0.01 {
			t.Errorf("%s: the least is %g, that of two parts %g", name, got, least)
		}
	}
}
