package divergences_test

import (
	"fmt"
	"math"
	"testing"

	"undercurrent/divergences"
)

// drifts is every drift with every reference and several mixtures.
func drifts(t *testing.T) map[string]divergences.Drift {
	t.Helper()
	all := map[string]divergences.Drift{"lv-differentiated": divergences.LogVarianceDifferentiated{}}
	for _, d := range family(t) {
		all[d.name] = divergences.NewDrift(d)
	}
	for _, name := range divergences.ReferenceNames() {
		for _, lambda := range []float64{0.1, 0.5, 0.95} {
			r, err := divergences.NewReference(name, lambda)
			if err != nil {
				t.Fatal(err)
			}
			all[fmt.Sprintf("lv %s %g", name, lambda)] = divergences.NewLogVariance(r)
			all[fmt.Sprintf("lv-surrogate %s %g", name, lambda)] = divergences.NewLogVarianceSurrogate(r)
		}
	}
	return all
}

// points are the log-ratios at which the laws are tested.
func points(r divergences.Reference) []divergences.LogRatios {
	var list []divergences.LogRatios
	for _, logR := range []float64{-9, -3, -0.7, 0, 0.4, 2, 8} {
		for _, logRho := range []float64{-3, 0.5} {
			if !r.External() {
				logRho = r.LogRho(logR)
			}
			for _, mean := range []float64{-1.5, 0.3} {
				list = append(list, divergences.LogRatios{LogR: logR, LogRho: logRho, Mean: mean})
			}
		}
	}
	return list
}

// along returns the log-ratios after a change of ln r, and of ln(ρ/q) if ρ is external.
func along(r divergences.Reference, at divergences.LogRatios, dR, dRho float64) divergences.LogRatios {
	at.LogR += dR
	at.LogRho += dRho
	if !r.External() {
		at.LogRho = r.LogRho(at.LogR)
	}
	return at
}

func closeTo(got, want, scale float64) bool {
	return math.Abs(got-want) <= 1e-6*(math.Abs(want)+scale)
}

// The gradient of Φ(ℓ, ℓ_ρ) is Φ_ℓ β + Φ_ρ γ: its coefficients are the partial
// derivatives of the potential.
func TestDescentIsTheGradientOfThePotential(t *testing.T) {
	for name, d := range drifts(t) {
		for _, at := range points(d.Reference()) {
			c, scale := d.Descent(at), 1e-3*math.Abs(d.Potential(at))+1e-9
			beta := derivative(func(h float64) float64 { return d.Potential(along(d.Reference(), at, h, 0)) }, 0)
			if !closeTo(c.Beta, beta, scale) {
				t.Errorf("%s at %+v: a is %g, expected %g", name, at, c.Beta, beta)
			}
			if !d.Reference().External() {
				if c.Gamma != 0 {
					t.Errorf("%s at %+v: b is %g, expected none", name, at, c.Gamma)
				}
				continue
			}
			gamma := derivative(func(h float64) float64 { return d.Potential(along(d.Reference(), at, 0, h)) }, 0)
			if !closeTo(c.Gamma, gamma, scale) {
				t.Errorf("%s at %+v: b is %g, expected %g", name, at, c.Gamma, gamma)
			}
		}
	}
}

func TestCoefficientsHaveTheStatedDerivatives(t *testing.T) {
	for name, d := range drifts(t) {
		r := d.Reference()
		for _, at := range points(r) {
			c := d.Velocity(at)
			scale := 1e-2*math.Abs(c.Beta) + 1e-9
			partial := func(dR, dRho float64, of func(divergences.Coefficients) float64) float64 {
				return derivative(func(h float64) float64 { return of(d.Velocity(along(r, at, h*dR, h*dRho))) }, 0)
			}
			a := func(c divergences.Coefficients) float64 { return c.Beta }
			b := func(c divergences.Coefficients) float64 { return c.Gamma }
			if want := partial(1, 0, a); !closeTo(c.BetaByR, want, scale) {
				t.Errorf("%s at %+v: a_ℓ is %g, expected %g", name, at, c.BetaByR, want)
			}
			if !r.External() {
				continue
			}
			for _, p := range []struct {
				what      string
				got, want float64
			}{{"a_ρ", c.BetaByRho, partial(0, 1, a)}, {"b_ℓ", c.GammaByR, partial(1, 0, b)}, {"b_ρ", c.GammaByRho, partial(0, 1, b)}} {
				if !closeTo(p.got, p.want, scale) {
					t.Errorf("%s at %+v: %s is %g, expected %g", name, at, p.what, p.got, p.want)
				}
			}
		}
	}
}

func TestLogVarianceAtTheCurrentDensityIsTwiceReverseKL(t *testing.T) {
	d := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Current})
	for _, at := range points(d.Reference()) {
		if c := d.Velocity(at); c.Beta != 2 || c.Gamma != 0 {
			t.Errorf("at %+v V is %gβ + %gγ, expected 2β", at, c.Beta, c.Gamma)
		}
	}
}

func TestLogVarianceAtTheTargetHasTheStatedWeight(t *testing.T) {
	d := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Target})
	for _, at := range points(d.Reference()) {
		r := math.Exp(at.LogR)
		want := 2 * r * (1 + at.LogR - at.Mean)
		if got := d.Velocity(at).Beta; math.Abs(got-want) > 1e-14*r {
			t.Errorf("at %+v a is %g, expected %g", at, got, want)
		}
	}
}

func TestLogVarianceWithAMixtureTendsToBothLimits(t *testing.T) {
	for _, end := range []struct {
		lambda float64
		kind   divergences.ReferenceKind
	}{{1e-12, divergences.Current}, {1 - 1e-12, divergences.Target}} {
		mixture := divergences.NewLogVariance(divergences.Reference{Kind: divergences.Mixture, Lambda: end.lambda})
		alone := divergences.NewLogVariance(divergences.Reference{Kind: end.kind})
		for _, at := range points(alone.Reference()) {
			m := at
			m.LogRho = mixture.Reference().LogRho(at.LogR)
			got, want := mixture.Velocity(m).Beta, alone.Velocity(at).Beta
			if math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
				t.Errorf("λ = %g at %+v: a is %g, expected %g", end.lambda, at, got, want)
			}
		}
	}
}

func TestSurrogateWeightIsPositive(t *testing.T) {
	for _, name := range divergences.ReferenceNames() {
		r, err := divergences.NewReference(name, 0.5)
		if err != nil {
			t.Fatal(err)
		}
		d := divergences.NewLogVarianceSurrogate(r)
		for _, at := range points(r) {
			c := d.Velocity(at)
			if c.Beta <= 0 || c.Gamma != 0 {
				t.Errorf("%s at %+v: V is %gβ + %gγ", name, at, c.Beta, c.Gamma)
			}
		}
	}
}
