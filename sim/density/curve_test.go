package density

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/sim/internal/simtest"
)

// The tables of an f-divergence are the integrand, the potential and the weight of its drift, also where
// the weight is continued beyond what the particles resolve.
func TestTheCurvesAreThoseOfTheDivergence(t *testing.T) {
	for _, d := range append(simtest.Divergences(t), scaled(t, 64)...) {
		drift := divergences.NewDrift(d)
		curves := NewObjectiveCurves(drift)
		for logR := -60.; logR < 40; logR += 0.0371 {
			beyond := []float64{0}
			if logR > 0 {
				beyond = append(beyond, logR/3, logR)
			}
			for _, b := range beyond {
				l := divergences.LogRatios{LogR: logR, Beyond: b}
				near := func(what string, got, want float64) {
					// f and Φ change by less than three times their size with log r, and beyond c by the rest.
					size := math.Abs(drift.Integrand(l)) + math.Abs(drift.Potential(l)) + drift.Descent(l).Beta
					if !(math.Abs(got-want) <= 3e-8*(1+size)*(1+math.Expm1(b))) {
						t.Fatalf("%s: %s at %g, %g beyond, is %g, expected %g", d.Info().ID, what, logR, b, got, want)
					}
				}
				near("f", curves.F(logR, b), drift.Integrand(l))
				near("Φ", curves.Potential(logR, b), drift.Potential(l))
			}
		}
	}
}

// scaled are the divergences with a wrong normalizing constant.
func scaled(t *testing.T, factor float64) (list []divergences.Divergence) {
	t.Helper()
	for _, d := range simtest.Divergences(t) {
		s, err := divergences.ScaleZ(d, factor)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, s)
	}
	return list
}

// No divergence is so sharp that its table is not used.
func TestTheCurvesOfDivergencesAreTabulated(t *testing.T) {
	for _, factor := range []float64{1, 64, 0.25} {
		for _, d := range scaled(t, factor) {
			curves := NewObjectiveCurves(divergences.NewDrift(d))
			if curves.f.exact || curves.potential.exact || curves.weight.exact {
				t.Errorf("%s at Z × %g is evaluated directly", d.Info().ID, factor)
			}
		}
	}
}
