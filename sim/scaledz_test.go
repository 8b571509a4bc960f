package sim

import (
	"math"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// narrow is a mixture of three narrow components, one of them strongly correlated.
func narrow(t *testing.T) scenarios.Scenario {
	t.Helper()
	m, err := scenarios.NewMixture([]scenarios.Component{
		{Mean: scenarios.Point{X: 0.68, Y: -2.91}, Cov: scenarios.Cov{XX: 0.0229, XY: -0.0033, YY: 0.4841}, Weight: 0.29},
		{Mean: scenarios.Point{X: -1.87, Y: 2.15}, Cov: scenarios.Cov{XX: 0.0969, XY: 0.0427, YY: 0.0947}, Weight: 0.03},
		{Mean: scenarios.Point{X: -2.54, Y: -1.79}, Cov: scenarios.Cov{XX: 0.2046, XY: -0.2106, YY: 0.2704}, Weight: 0.68},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Mean: scenarios.Point{X: 0.7, Y: -1.1}, Sigma: 2})
	s.Target, s.Truth, s.Particles, s.Bandwidth = m, m.Truth(), 1500, 0.3
	s.Window = scenarios.Window{XMin: -8, XMax: 8, YMin: -7.5, YMax: 7.5}
	return s
}

// typedWeight is the spec of a custom weight.
func typedWeight(t *testing.T, text string, w func(r float64) float64) divergences.Spec {
	t.Helper()
	d, err := divergences.NewCustom(text, w)
	if err != nil {
		t.Fatal(err)
	}
	return divergences.NewSpec(divergences.CustomFamily(d), nil)
}

// Under a power law, named or typed, the particles take the same paths whatever Z is, up to the
// growth of rounding; under another weight they do not.
func TestPowerLawsIgnoreTheNormalizingConstant(t *testing.T) {
	known := &target.Cache{}
	named := func(text string) divergences.Spec {
		s, err := divergences.Standard().Parse(text, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	for _, c := range []struct {
		spec    divergences.Spec
		ignores bool
	}{
		{named("reverse-kl"), true}, {named("forward-kl"), true}, {named("pearson"), true}, {named("neyman"), true},
		{named("hellinger"), true}, {named("alpha:1.7"), true}, {named("alpha:-0.6"), true},
		{typedWeight(t, "r^0.5", math.Sqrt), true},
		{typedWeight(t, "3*r^-1.5", func(r float64) float64 { return 3 * math.Pow(r, -1.5) }), true},
		{named("jeffreys"), false}, {typedWeight(t, "1+r", func(r float64) float64 { return 1 + r }), false},
	} {
		right := afterWrongZ(t, known, c.spec, 1)
		for _, z := range []float64{100, 1.0 / 7} {
			far := 0.0
			for i, p := range afterWrongZ(t, known, c.spec, z) {
				far = max(far, math.Hypot(p.X-right[i].X, p.Y-right[i].Y))
			}
			if c.ignores != (far < 1e-8) {
				t.Errorf("%s: with Z %g times too large the particles end up to %.3g apart", c.spec, z, far)
			} else {
				t.Logf("%s: with Z %g times too large the particles end up to %.3g apart", c.spec, z, far)
			}
		}
	}
}

// afterWrongZ are the particles after sixty steps under a constant that is taken a factor too large.
func afterWrongZ(t *testing.T, known *target.Cache, d divergences.Spec, factor float64) []scenarios.Point {
	t.Helper()
	s := narrow(t)
	f, err := NewOn(known, s, DefaultSettings(s, d.WithZFactor(factor)))
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		f.Step()
	}
	return pointsOf(f)
}
