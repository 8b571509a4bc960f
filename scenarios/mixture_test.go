package scenarios

import (
	"math"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"
)

func tilted() []Component {
	return []Component{
		{Mean: Point{-3, 1}, Cov: Cov{XX: 2, XY: -0.8, YY: 0.5}, Weight: 3},
		{Mean: Point{4, 0}, Cov: Cov{XX: 0.3, XY: 0.1, YY: 1}, Weight: 1},
		{Mean: Point{50, 50}, Cov: Cov{XX: 1, YY: 1}, Weight: 0},
		{Mean: Point{0, -6}, Cov: Cov{XX: 1, XY: 0.9, YY: 1}, Weight: 0.3},
	}
}

// The oracle inverts each covariance by Cramer's rule and combines the
// logarithms with gonum's log-sum-exp.
func TestMixtureAgreesWithTheTextbookFormula(t *testing.T) {
	m := must(NewMixture(tilted()))
	rng := seeded(2)
	for range 1000 {
		p := Window{-30, 30, -30, 30}.uniform(rng)
		var terms []float64
		for _, c := range tilted() {
			terms = append(terms, math.Log(c.Weight/4.3)+textbookLogNormal(p, c.Mean, c.Cov))
		}
		if got, want := m.LogDensity(p.X, p.Y), floats.LogSumExp(terms); !near(got, want, 1e-12) {
			t.Errorf("log-density at %v is %.12g, want %.12g", p, got, want)
		}
	}
}

// Equal components are one that is as heavy as they together.
func TestEqualComponentsCountTogether(t *testing.T) {
	list := tilted()
	for range 3 {
		list = append(list, list[0], list[2], Component{Mean: list[3].Mean, Cov: list[3].Cov, Weight: 0.1})
	}
	m := must(NewMixture(list))
	if len(m.Components()) != len(list) || len(m.parts) != 3 {
		t.Errorf("%d components of %d parts, expected %d of 3", len(m.Components()), len(m.parts), len(list))
	}
	heavy := tilted()
	heavy[0].Weight, heavy[3].Weight = 12, 0.6
	want := must(NewMixture(heavy))
	rng := seeded(4)
	for range 100 {
		p := Window{-30, 30, -30, 30}.uniform(rng)
		gx, gy := m.Score(p.X, p.Y)
		wx, wy := want.Score(p.X, p.Y)
		if !near(m.LogDensity(p.X, p.Y), want.LogDensity(p.X, p.Y), 1e-12) || !near(gx, wx, 1e-12) || !near(gy, wy, 1e-12) {
			t.Errorf("at %v the density and the score are not those of %+v", p, heavy)
		}
	}
	drawn, expected := make([]Point, 1000), make([]Point, 1000)
	m.Sample(drawn, seeded(5))
	if want.Sample(expected, seeded(5)); !slices.Equal(drawn, expected) {
		t.Error("the draws are not those of the heavy components")
	}
}

func textbookLogNormal(p, mean Point, c Cov) float64 {
	dx, dy := p.X-mean.X, p.Y-mean.Y
	det := c.XX*c.YY - c.XY*c.XY
	form := (c.YY*dx*dx - 2*c.XY*dx*dy + c.XX*dy*dy) / det
	return -math.Log(2*math.Pi*math.Sqrt(det)) - form/2
}

func TestScoreOfTiltedMixture(t *testing.T) {
	m := must(NewMixture(tilted()))
	rng := seeded(3)
	for range 500 {
		checkScore(t, m, Window{-40, 40, -40, 40}.uniform(rng), 1e-4)
	}
}

// At 60 and more standard deviations raw exponentials are all zero; the nearest
// component alone must remain.
func TestFarTailsBelongToTheNearestComponent(t *testing.T) {
	const sigma = 0.7
	m := must(Isotropic(ring(8, 4), sigma, []float64{3, 1, 1, 1, 0.3, 1, 1, 1}))
	for _, distance := range []float64{60, 100, 1e4, 1e7} {
		d := distance * sigma
		want := math.Log(3/9.3) - math.Log(2*math.Pi*sigma*sigma) - distance*distance/2
		if got := m.LogDensity(4+d, 0); !near(got, want, 1e-12) {
			t.Errorf("%gσ out: log-density %.12g, want %.12g", distance, got, want)
		}
		if gx, gy := m.Score(4+d, 0); !near(gx, -d/(sigma*sigma), 1e-12) || math.Abs(gy) > 1e-12*d {
			t.Errorf("%gσ out: score (%g, %g), want (%g, 0)", distance, gx, gy, -d/(sigma*sigma))
		}
	}
}

func TestWeightsAreNormalised(t *testing.T) {
	components := tilted()
	before := slices.Clone(components)
	m := must(NewMixture(components))
	if !slices.Equal(components, before) {
		t.Error("the argument was changed")
	}
	got := m.Components()
	for k, c := range got {
		if !near(c.Weight, components[k].Weight/4.3, 1e-15) || c.Mean != components[k].Mean || c.Cov != components[k].Cov {
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
	points := make([]Point, 10_000)
	must(NewMixture(tilted())).Sample(points, seeded(4))
	for _, p := range points {
		if p.X > 30 {
			t.Fatalf("drew %v from a component of weight 0", p)
		}
	}
}

func TestNewMixtureNamesTheFault(t *testing.T) {
	unit := Cov{XX: 1, YY: 1}
	faults := []struct {
		components []Component
		want       string
	}{
		{nil, "a mixture has no components, expected one at least"},
		{[]Component{{Cov: unit, Weight: 1}, {Cov: unit, Weight: -2}}, "component 2 of 2: weight -2 is negative, expected 0 or more"},
		{[]Component{{Cov: unit, Weight: math.NaN()}}, "component 1 of 1: weight NaN is not finite, expected a number"},
		{[]Component{{Cov: unit}, {Cov: unit}}, "the weights of 2 components sum to 0, expected a positive number"},
		{[]Component{{Cov: unit, Weight: 1e308}, {Cov: unit, Weight: 1e308}}, "the weights of 2 components sum to +Inf, expected a positive number"},
		{[]Component{{Mean: Point{math.Inf(1), 0}, Cov: unit, Weight: 1}}, "component 1 of 1: mean (+Inf, 0) is not finite, expected numbers"},
		{[]Component{{Cov: Cov{1, 2, 1}, Weight: 1}}, "component 1 of 1: covariance [[1, 2], [2, 1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]Component{{Cov: Cov{1, 1, 1}, Weight: 1}}, "component 1 of 1: covariance [[1, 1], [1, 1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]Component{{Cov: Cov{-1, 0, -1}, Weight: 1}}, "component 1 of 1: covariance [[-1, 0], [0, -1]] is not positive definite, expected one with positive variances and a determinant above 0"},
		{[]Component{{Cov: Cov{1, 0, math.NaN()}, Weight: 1}}, "component 1 of 1: covariance [[1, 0], [0, NaN]] is not finite, expected numbers"},
	}
	for _, f := range faults {
		if _, err := NewMixture(f.components); err == nil || err.Error() != f.want {
			t.Errorf("got %v, want %q", err, f.want)
		}
	}
}

func TestIsotropicNamesTheFault(t *testing.T) {
	if _, err := Isotropic(make([]Point, 2), 0, nil); err == nil || !strings.Contains(err.Error(), "standard deviation is 0, expected a positive number") {
		t.Errorf("got %v", err)
	}
	if _, err := Isotropic(make([]Point, 2), 1, []float64{1}); err == nil || err.Error() != "1 weights do not fit 2 means" {
		t.Errorf("got %v", err)
	}
	if _, err := Isotropic(nil, 1, nil); err == nil {
		t.Error("no components, no error")
	}
}

func TestEvaluationAllocatesNothing(t *testing.T) {
	for _, s := range All() {
		evaluate := func() { s.Target.LogDensity(1, 2); s.Target.Score(1, 2) }
		if n := testing.AllocsPerRun(100, evaluate); n != 0 {
			t.Errorf("%s: %g allocations", s.ID, n)
		}
	}
}

func benchmarkPoints() []Point {
	points := make([]Point, 1024)
	rng := seeded(1)
	for i := range points {
		points[i] = Window{-56, 56, -56, 56}.uniform(rng)
	}
	return points
}

func BenchmarkLogDensityGMM40(b *testing.B) {
	target, points := gmm40().Target, benchmarkPoints()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		target.LogDensity(p.X, p.Y)
	}
}

func BenchmarkScoreGMM40(b *testing.B) {
	target, points := gmm40().Target, benchmarkPoints()
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		p := points[i%len(points)]
		target.Score(p.X, p.Y)
	}
}
