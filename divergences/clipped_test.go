package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

func TestClippedAgreesInsideTheBoundAndIsADivergenceOutside(t *testing.T) {
	const limit = 2.0
	for _, m := range family(t) {
		d := divergences.Clip(m.Divergence, limit)
		for _, logR := range []float64{-limit, -1, 0, 1.7, limit} {
			if d.F(logR) != m.F(logR) || d.Potential(logR) != m.Potential(logR) || d.Weight(logR) != m.Weight(logR) {
				t.Errorf("%s at %g differs from the divergence", m.name, logR)
			}
		}
		for _, logR := range []float64{-9, -2.5, 2.5, 9} {
			w := d.Weight(logR)
			scale := math.Abs(d.F(logR)) + math.Abs(d.Potential(logR)) + w
			if got := curvature(d.F, logR) - derivative(d.F, logR); math.Abs(got-w) > 1e-7*scale {
				t.Errorf("%s: r²f″ at %g is %g, expected w = %g", m.name, logR, got, w)
			}
			if got := derivative(d.F, logR) - d.F(logR); math.Abs(got-d.Potential(logR)) > 1e-7*scale {
				t.Errorf("%s: rf′ − f at %g is %g, expected Φ = %g", m.name, logR, got, d.Potential(logR))
			}
			if d.Elasticity(logR) != 0 {
				t.Errorf("%s: the elasticity at %g is not zero", m.name, logR)
			}
		}
		for _, end := range []float64{-limit, limit} {
			const h = 1e-6
			inside, outside := (d.F(end)-d.F(end-h))/h, (d.F(end+h)-d.F(end))/h
			if math.Abs(inside-outside) > 1e-4*(1+math.Abs(inside)) {
				t.Errorf("%s: the slope of f jumps at %g from %g to %g", m.name, end, inside, outside)
			}
		}
	}
}

// q f(p/q) tends to p·(Φ + f + w)/r at the limit as q vanishes.
func TestClippedIntegrandIsFiniteAsQVanishes(t *testing.T) {
	for _, m := range family(t) {
		d := divergences.Clip(m.Divergence, divergences.ClipLogR)
		at := divergences.ClipLogR
		want := (m.Potential(at) + m.F(at) + m.Weight(at)) * math.Exp(-at)
		if got := math.Exp(-60) * d.F(60); math.Abs(got-want) > 1e-9*math.Abs(want)+1e-12 {
			t.Errorf("%s: q f(p/q) tends to %g, expected %g", m.name, got, want)
		}
	}
}
