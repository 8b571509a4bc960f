package baseline

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/catalogue"
)

var window = scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}

func draw(g scenarios.Gaussian, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	g.Sample(points, rand.New(rand.NewPCG(seed, 0)))
	return points
}

func moments(points []scenarios.Point) (mean, variance float64) {
	n := float64(len(points))
	for _, p := range points {
		mean += p.X / n
	}
	for _, p := range points {
		variance += (p.X - mean) * (p.X - mean) / n
	}
	return mean, variance
}

// On N(μ, σ²) ULA is an autoregression; its variance ends at σ²/(1 − ε/2σ²).
func TestULAHasItsBiasedVariance(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	for _, epsilon := range []float64{0.1, 1, 2} {
		points := draw(scenarios.Gaussian{Sigma: 0.5}, 20000, 1)
		ULA.Run(points, g, window, 1, epsilon, len(points)*int(30/epsilon), rand.New(rand.NewPCG(2, 0)))
		mean, variance := moments(points)
		if want := 2.25 / (1 - epsilon/4.5); math.Abs(variance/want-1) > 0.04 || math.Abs(mean-1) > 0.05 {
			t.Errorf("ε %g: mean and variance are %.3f and %.3f, expected 1 and %.3f", epsilon, mean, variance, want)
		}
	}
}

// MALA keeps the target however long its steps.
func TestMALAIsStationaryAtTheTarget(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	for _, epsilon := range []float64{0.5, 2, 4} {
		points := draw(g, 20000, 3)
		before := slices.Clone(points)
		MALA.Run(points, g, window, 1, epsilon, 20*len(points), rand.New(rand.NewPCG(4, 0)))
		mean, variance := moments(points)
		if math.Abs(variance/2.25-1) > 0.04 || math.Abs(mean-1) > 0.05 {
			t.Errorf("ε %g: mean and variance are %.3f and %.3f, expected 1 and 2.25", epsilon, mean, variance)
		}
		if slices.Equal(before, points) {
			t.Errorf("ε %g: nothing moved", epsilon)
		}
	}
}

func TestMALAReachesTheTarget(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	points := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -2}, Sigma: 0.3}, 10000, 5)
	MALA.Run(points, g, window, 1, 0.5, 60*len(points), rand.New(rand.NewPCG(6, 0)))
	if mean, variance := moments(points); math.Abs(variance/2.25-1) > 0.06 || math.Abs(mean-1) > 0.06 {
		t.Errorf("mean and variance are %.3f and %.3f, expected 1 and 2.25", mean, variance)
	}
}

func TestSVGDReachesAGaussian(t *testing.T) {
	g := scenarios.Gaussian{Mean: scenarios.Point{X: 1}, Sigma: 1.5}
	points := draw(scenarios.Gaussian{Mean: scenarios.Point{X: -2}, Sigma: 0.5}, 500, 8)
	SVGD.Run(points, g, window, 0.2, 0.25, 150*len(points), rand.New(rand.NewPCG(9, 0)))
	if mean, variance := moments(points); math.Abs(variance/2.25-1) > 0.1 || math.Abs(mean-1) > 0.1 {
		t.Errorf("mean and variance are %.3f and %.3f, expected 1 and 2.25", mean, variance)
	}
}

type counting struct {
	scenarios.Target
	calls *int
}

func (c counting) Score(x, y float64) (float64, float64) {
	*c.calls++
	return c.Target.Score(x, y)
}

func TestBudgetIsRespectedAndCounted(t *testing.T) {
	for _, m := range Methods() {
		for _, budget := range []int{0, 99, 100, 1234} {
			calls := 0
			points := draw(scenarios.Gaussian{Sigma: 1}, 100, 10)
			got := m.Run(points, counting{scenarios.Gaussian{Sigma: 1}, &calls}, window, 0.3, 1, budget, rand.New(rand.NewPCG(1, 0)))
			if got != calls || got > budget || budget-got >= 100 {
				t.Errorf("%s: with a budget of %d it reports %d evaluations and made %d", m, budget, got, calls)
			}
		}
	}
}

// A step that is far too long neither panics nor gives NaN.
func TestTooLongStepsStayFinite(t *testing.T) {
	s, err := catalogue.Named("banana")
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range Methods() {
		points := draw(scenarios.Gaussian{Sigma: 3}, 50, 11)
		m.Run(points, s.Target, s.Window, 1, 1e3, 1500, rand.New(rand.NewPCG(2, 0)))
		for _, p := range points {
			if math.IsNaN(p.X+p.Y) || math.IsInf(p.X+p.Y, 0) {
				t.Fatalf("%s leads to %v", m, p)
			}
		}
	}
}
