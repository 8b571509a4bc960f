package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// Info.NeedsZ is right: a wrong Z leaves w a multiple of itself for the
// power laws alone.
func TestOnlyPowerLawsIgnoreTheNormalizingConstant(t *testing.T) {
	forEachScaledZ(t, func(d, scaled divergences.Drift) {
		at := func(v divergences.Drift, logR float64) float64 {
			return v.Velocity(divergences.LogRatios{LogR: logR, LogRho: v.Reference().LogRho(logR), Mean: 0.3}).Beta
		}
		ratio, ignores := at(scaled, 0)/at(d, 0), scaled.Reference() == d.Reference()
		for _, logR := range []float64{-3, -1, 1, 3} {
			if r := at(scaled, logR) / at(d, logR); math.Abs(r/ratio-1) > 1e-12 {
				ignores = false
			}
		}
		if info := d.Info(); info.NeedsZ == ignores {
			t.Errorf("%s says that it needs Z: %v, but its weight under a scaled one is a multiple: %v", info.ID, info.NeedsZ, ignores)
		}
	})
}

// The divergence under a scaled Z is one of its own: with ℓ = ln r, w = f_ℓℓ − f_ℓ,
// Φ = f_ℓ − f and e = d ln w/dℓ, up to the rounding of numbers of the size of f(1/c).
func TestScaledZIsADivergence(t *testing.T) {
	for _, d := range family(t) {
		for _, z := range []float64{0.1, 30} {
			m, err := divergences.ScaleZ(d.Divergence, z)
			if err != nil {
				t.Fatal(err)
			}
			scale := math.Abs(d.F(-math.Log(z)))
			if got := m.F(0); got != 0 {
				t.Errorf("%s: f(1) is %g, expected 0", d.name, got)
			}
			for logR := -4.0; logR <= 4; logR += 0.5 {
				slope := derivative(m.F, logR)
				requireNear(t, "w", d, logR, m.Weight(logR), curvature(m.F, logR)-slope, 3e-5, 1e2*scale)
				requireNear(t, "Φ", d, logR, m.Potential(logR), slope-m.F(logR), 1e-6, 1e2*scale)
				requireNear(t, "e", d, logR, m.Elasticity(logR), derivative(func(l float64) float64 { return math.Log(m.Weight(l)) }, logR), 1e-6, 1e5)
			}
		}
	}
}

func forEachScaledZ(t *testing.T, law func(d, scaled divergences.Drift)) {
	t.Helper()
	for _, reference := range []string{"current", "target", "mixture"} {
		for _, f := range divergences.Standard().Families() {
			spec := divergences.NewSpec(f, divergences.Values{"reference": divergences.Choice(reference)})
			d, err := spec.Build()
			if err != nil {
				t.Fatal(err)
			}
			scaled, err := spec.WithZFactor(5).Build()
			if err != nil {
				t.Fatal(err)
			}
			law(d, scaled)
		}
	}
}

// λp/c + (1−λ)q is a density ρ when divided by its mass λ/c + 1−λ.
func TestMixtureWithAScaledZ(t *testing.T) {
	const lambda, c = 0.3, 7.0
	d := built(t, "lv:mixture:0.3^7")
	for _, logR := range []float64{-4, 0, 1, 5} {
		want := math.Log((lambda/c*math.Exp(logR) + 1 - lambda) / (lambda/c + 1 - lambda))
		if got := d.Reference().LogRho(logR); math.Abs(got-want) > 1e-12 {
			t.Errorf("ln(ρ/q) at ln r = %g is %.15g, expected %.15g", logR, got, want)
		}
	}
}

func TestInvalidZFactorIsRejected(t *testing.T) {
	for _, z := range []float64{0, -1, math.NaN(), math.Inf(1), 2 * divergences.MaxZFactor} {
		if d, err := parsed(t, "jeffreys").WithZFactor(z).Build(); err == nil {
			t.Errorf("a factor of %g gives %v", z, d)
		}
	}
}
