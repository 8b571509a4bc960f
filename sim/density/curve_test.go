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
	for _, d := range simtest.Divergences(t) {
		drift, c := divergences.NewDrift(d), divergences.Clip(divergences.Centre(d), divergences.ClipLogR)
		curves := NewObjectiveCurves(c.F, c.Potential, c.Weight)
		for logR := -60.; logR < 40; logR += 0.0371 {
			beyond := []float64{0}
			if drift.GrowsWithR() && logR > 0 {
				beyond = append(beyond, logR/3, logR)
			}
			for _, b := range beyond {
				l := divergences.LogRatios{LogR: logR, Beyond: b}
				near := func(what string, got, want float64) {
					if !(math.Abs(got-want) <= 2e-8*(1+math.Abs(want))*(1+math.Expm1(b))) {
						t.Fatalf("%s: %s at %g, %g beyond, is %g, expected %g", d.Info().ID, what, logR, b, got, want)
					}
				}
				near("f", curves.F(logR, b), drift.Integrand(l))
				near("Φ", curves.Potential(logR, b), drift.Potential(l))
			}
		}
	}
}
