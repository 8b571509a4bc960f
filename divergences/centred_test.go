package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// f without its linear term is never negative, touches 0 at r = 1, and differs from f by a multiple
// of r − 1; its potential differs by a constant. So do those of a divergence with another constant Z.
func TestCentredDivergencesAreNeverNegative(t *testing.T) {
	for _, m := range family(t) {
		for _, factor := range []float64{1, 1e-4, 0.0113444, 30, 1e4} {
			d, err := divergences.ScaleZ(m.Divergence, factor)
			if err != nil {
				t.Fatal(err)
			}
			c := divergences.Clip(divergences.Centre(d), divergences.ClipLogR)
			raw := divergences.Clip(d, divergences.ClipLogR)
			slope, at := raw.Potential(0), raw.Potential(0)-c.Potential(0)
			for logR := -27.5; logR <= 27.5; logR += 0.25 {
				f, want := c.F(logR), raw.F(logR)-slope*math.Expm1(logR)
				scale := math.Abs(raw.F(logR)) + math.Abs(slope*math.Expm1(logR)) + math.Abs(raw.F(0)) + math.Abs(slope)
				if f < -1e-12*scale || math.Abs(f-want) > 1e-9*scale {
					t.Fatalf("%s with Z×%g: f is %g at ln r = %g, expected %g", m.name, factor, f, logR, want)
				}
				if d := raw.Potential(logR) - c.Potential(logR) - at; math.Abs(d) > 1e-9*(math.Abs(at)+math.Abs(raw.Potential(logR))) {
					t.Fatalf("%s with Z×%g: the potential changes by %g at ln r = %g, expected a constant", m.name, factor, d, logR)
				}
				if c.Weight(logR) != raw.Weight(logR) {
					t.Fatalf("%s: the weight changes", m.name)
				}
			}
			if c.Potential(0) != 0 {
				t.Errorf("%s with Z×%g: the potential is %g at r = 1, expected 0", m.name, factor, c.Potential(0))
			}
		}
	}
}
