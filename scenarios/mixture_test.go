package scenarios_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// The oracle inverts each covariance by Cramer's rule and combines the
// logarithms with gonum's log-sum-exp.
func TestMixtureAgreesWithTheTextbookFormula(t *testing.T) {
	m := scenariotest.Must(scenarios.NewMixture(scenariotest.Tilted()))
	rng := scenariotest.Seeded(2)
	for range 1000 {
		p := scenariotest.Uniform(scenarios.Window{-30, 30, -30, 30}, rng)
		var terms []float64
		for _, c := range scenariotest.Tilted() {
			terms = append(terms, math.Log(c.Weight/4.3)+scenariotest.TextbookLogNormal(p, c.Mean, c.Cov))
		}
		if got, want := m.LogDensity(p.X, p.Y), floats.LogSumExp(terms); !scenariotest.Near(got, want, 1e-12) {
			t.Errorf("log-density at %v is %.12g, want %.12g", p, got, want)
		}
	}
}

// Equal components are one that is as heavy as they together.
func TestEqualComponentsAreMerged(t *testing.T) {
	list := scenariotest.Tilted()
	for range 3 {
		list = append(list, list[0], list[2], scenarios.Component{Mean: list[3].Mean, Cov: list[3].Cov, Weight: 0.1})
	}
	m := scenariotest.Must(scenarios.NewMixture(list))
	if len(m.Components()) != len(list) || m.Parts() != 3 {
		t.Errorf("%d components of %d parts, expected %d of 3", len(m.Components()), m.Parts(), len(list))
	}
	heavy := scenariotest.Tilted()
	heavy[0].Weight, heavy[3].Weight = 12, 0.6
	want := scenariotest.Must(scenarios.NewMixture(heavy))
	rng := scenariotest.Seeded(4)
	for range 100 {
		p := scenariotest.Uniform(scenarios.Window{-30, 30, -30, 30}, rng)
		gx, gy := m.Score(p.X, p.Y)
		wx, wy := want.Score(p.X, p.Y)
		if !scenariotest.Near(m.LogDensity(p.X, p.Y), want.LogDensity(p.X, p.Y), 1e-12) || !scenariotest.Near(gx, wx, 1e-12) || !scenariotest.Near(gy, wy, 1e-12) {
			t.Errorf("at %v the density and the score are not those of %+v", p, heavy)
		}
	}
	drawn, expected := make([]scenarios.Point, 1000), make([]scenarios.Point, 1000)
	m.Sample(drawn, scenariotest.Seeded(5))
	if want.Sample(expected, scenariotest.Seeded(5)); !slices.Equal(drawn, expected) {
		t.Error("the draws are not those of the heavy components")
	}
}

func TestScoreOfTiltedMixture(t *testing.T) {
	m := scenariotest.Must(scenarios.NewMixture(scenariotest.Tilted()))
	rng := scenariotest.Seeded(3)
	for range 500 {
		scenariotest.CheckScore(t, m, scenariotest.Uniform(scenarios.Window{-40, 40, -40, 40}, rng), 1e-4)
	}
}

// At 60 and more standard deviations raw exponentials are all zero; the nearest
// component alone must remain.
func TestFarTailsBelongToTheNearestComponent(t *testing.T) {
	const sigma = 0.7
	m := scenariotest.Must(scenarios.Isotropic(eightAround(4), sigma, []float64{3, 1, 1, 1, 0.3, 1, 1, 1}))
	for _, distance := range []float64{60, 100, 1e4, 1e7} {
		d := distance * sigma
		want := math.Log(3/9.3) - math.Log(2*math.Pi*sigma*sigma) - distance*distance/2
		if got := m.LogDensity(4+d, 0); !scenariotest.Near(got, want, 1e-12) {
			t.Errorf("%gσ out: log-density %.12g, want %.12g", distance, got, want)
		}
		if gx, gy := m.Score(4+d, 0); !scenariotest.Near(gx, -d/(sigma*sigma), 1e-12) || math.Abs(gy) > 1e-12*d {
			t.Errorf("%gσ out: score (%g, %g), want (%g, 0)", distance, gx, gy, -d/(sigma*sigma))
		}
	}
}

func TestWeightsAreNormalised(t *testing.T) {
	components := scenariotest.Tilted()
	before := slices.Clone(components)
	m := scenariotest.Must(scenarios.NewMixture(components))
	if !slices.Equal(components, before) {
		t.Error("the argument was changed")
	}
	got := m.Components()
	for k, c := range got {
		if !scenariotest.Near(c.Weight, components[k].Weight/4.3, 1e-15) || c.Mean != components[k].Mean || c.Cov != components[k].Cov {
			t.Errorf("component %d became %+v", k+1, c)
		}
	}
	value := m.LogDensity(1, 1)
	got[0].Mean.X, components[0].Mean.X = 99, 99
	if m.LogDensity(1, 1) != value || m.Components()[0].Mean.X != -3 {
		t.Error("the mixture shares memory with its caller")
	}
}

func TestZeroWeightIsNeverDrawn(t *testing.T) {
	points := make([]scenarios.Point, 10_000)
	scenariotest.Must(scenarios.NewMixture(scenariotest.Tilted())).Sample(points, scenariotest.Seeded(4))
	for _, p := range points {
		if p.X > 30 {
			t.Fatalf("drew %v from a component of weight 0", p)
		}
	}
}

func TestNewMixtureErrors(t *testing.T) {
	unit := scenarios.Cov{XX: 1, YY: 1}
	faults := []struct {
		components []scenarios.Component
		want       string
	}{
		{nil, "a mixture has no components, expected at least one"},
		{[]scenarios.Component{{Cov: unit, Weight: 1}, {Cov: unit, Weight: -2}}, "component 2 of 2: weight -2 is negative, expected 0 or more"},
		{[]scenarios.Component{{Cov: unit, Weight: math.NaN()}}, "component 1 of 1: weight NaN is not finite, expected a number"},
		{[]scenarios.Component{{Cov: unit}, {Cov: unit}}, "the weights of 2 components sum to 0, expected a positive number"},
		{[]scenarios.Component{{Cov: unit, Weight: 1e308}, {Cov: unit, Weight: 1e308}}, "the weights of 2 components sum to +Inf, expected a positive number"},
		{[]scenarios.Component{{Mean: scenarios.Point{math.Inf(1), 0}, Cov: unit, Weight: 1}}, "component 1 of 1: mean (+Inf, 0) is not finite, expected numbers"},
		{[]scenarios.Component{{Cov: scenarios.Cov{1, 2, 1}, Weight: 1}}, "component 1 of 1: covariance [[1, 2], [2, 1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]scenarios.Component{{Cov: scenarios.Cov{1, 1, 1}, Weight: 1}}, "component 1 of 1: covariance [[1, 1], [1, 1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]scenarios.Component{{Cov: scenarios.Cov{-1, 0, -1}, Weight: 1}}, "component 1 of 1: covariance [[-1, 0], [0, -1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]scenarios.Component{{Cov: scenarios.Cov{1, 0, math.NaN()}, Weight: 1}}, "component 1 of 1: covariance [[1, 0], [0, NaN]] is not finite, expected numbers"},
	}
	for _, f := range faults {
		if _, err := scenarios.NewMixture(f.components); err == nil || err.Error() != f.want {
			t.Errorf("got %v, want %q", err, f.want)
		}
	}
}

func TestIsotropicErrors(t *testing.T) {
	if _, err := scenarios.Isotropic(make([]scenarios.Point, 2), 0, nil); err == nil || !strings.Contains(err.Error(), "standard deviation is 0, expected a positive number") {
		t.Errorf("got %v", err)
	}
	if _, err := scenarios.Isotropic(make([]scenarios.Point, 2), 1, []float64{1}); err == nil || err.Error() != "1 weights do not fit 2 means" {
		t.Errorf("got %v", err)
	}
	if _, err := scenarios.Isotropic(nil, 1, nil); err == nil {
		t.Error("no components, no error")
	}
}

// eightAround are points on a circle, counter-clockwise from angle 0.
func eightAround(radius float64) []scenarios.Point {
	points := make([]scenarios.Point, 8)
	for k := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / 8)
		points[k] = scenarios.Point{radius * cos, radius * sin}
	}
	return points
}
