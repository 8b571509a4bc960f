package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func mustWeighted(t *testing.T, points []scenarios.Point, weights []float64, kernel float64) *Sampled {
	t.Helper()
	s, err := NewWeighted(points, weights, kernel)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Points with whole weights are the target of repeated points.
func TestWholeWeightsAreRepetitions(t *testing.T) {
	points := clusters(300)
	weights, repeated := make([]float64, len(points)), []scenarios.Point(nil)
	for i, p := range points {
		weights[i] = float64(i % 4)
		repeated = append(repeated, slices.Repeat([]scenarios.Point{p}, i%4)...)
	}
	weighted, want := mustWeighted(t, points, weights, 0.5), mustSampled(t, repeated, 0.5)
	for _, p := range points {
		x, y := p.X+0.3, p.Y-0.4
		// Points of weight 0 may widen the lattice, whose nodes then differ.
		if a, b := weighted.LogDensity(x, y), want.LogDensity(x, y); math.Abs(a-b) > 2e-3 {
			t.Errorf("at (%g, %g) the log-density is %g, expected %g", x, y, a, b)
		}
	}
	w := scenarios.Window{XMin: -1, XMax: 2, YMin: -2, YMax: 1}
	if a, b := weighted.MassOutside(w), want.MassOutside(w); math.Abs(a-b) > 1e-9 {
		t.Errorf("the mass outside is %g, expected %g", a, b)
	}
}

// Equal weights change nothing, Scott's rule included.
func TestEqualWeightsChangeNothing(t *testing.T) {
	for _, n := range []int{2, 3, 7, 400} {
		points := clusters(n)
		weighted, want := mustWeighted(t, points, slices.Repeat([]float64{0.3}, n), 0), mustSampled(t, points, 0)
		a, b := weighted.Kernel(), want.Kernel()
		if math.Abs(a.X-b.X) > 1e-12 || math.Abs(a.Y-b.Y) > 1e-12 {
			t.Errorf("the kernel of %d points is %v, expected %v", n, a, b)
		}
		if p, q := weighted.LogDensity(0.5, 0.5), want.LogDensity(0.5, 0.5); math.Abs(p-q) > 1e-9 {
			t.Errorf("the log-density of %d points is %g, expected %g", n, p, q)
		}
	}
}

// Weights 32·1, 32·3 have the effective size 128²/(32·1 + 32·9) = 51.2. The values −1 of weight 1 and 1
// of weight 3 have variance 3/4 and quartiles 1 and 1, or −1 and 1 from a quarter on.
func TestScottsRuleOfWeightedPoints(t *testing.T) {
	var points []scenarios.Point
	var weights []float64
	for k := range 64 {
		points = append(points, scenarios.Point{X: float64(2*(k%2) - 1), Y: float64(4*(k%2) - 2)})
		weights = append(weights, float64(2*(k%2)+1))
	}
	want := math.Sqrt(0.75) * math.Pow(51.2, -1.0/6)
	if k := mustWeighted(t, points, weights, 0).Kernel(); math.Abs(k.X-want) > 1e-12 || math.Abs(k.Y-2*want) > 1e-12 {
		t.Errorf("the kernel is %v, expected %g and twice that", k, want)
	}
	// The quartiles are 0 and 2, and the standard deviation is 5.7.
	s := mustWeighted(t, []scenarios.Point{{X: 0, Y: 0}, {X: 1, Y: 1}, {X: 2, Y: 2}, {X: 20, Y: 20}}, []float64{30, 20, 40, 10}, 0)
	want = 2 / 1.34 * math.Pow(100*100/(900+400+1600+100.0), -1.0/6)
	if k := s.Kernel(); math.Abs(k.X-want) > 1e-12 {
		t.Errorf("the kernel is %v, expected %g", k, want)
	}
}

// Draws are as frequent as the weights, within five standard errors.
func TestSampleDrawsByWeight(t *testing.T) {
	points, weights := []scenarios.Point{{X: 0, Y: 0}, {X: 10, Y: 0}, {X: 0, Y: 10}}, []float64{1, 0, 3}
	s := mustWeighted(t, points, weights, 0.1)
	draws := make([]scenarios.Point, 20_000)
	s.Sample(draws, scenariotest.Seeded(31))
	counts := map[scenarios.Point]float64{}
	for _, p := range draws {
		for _, at := range points {
			if math.Hypot(p.X-at.X, p.Y-at.Y) < 1 {
				counts[at]++
			}
		}
	}
	n := float64(len(draws))
	if share := counts[points[2]] / n; math.Abs(share-0.75*(1-wideShare)) > 5*math.Sqrt(0.1875/n) || counts[points[1]] > 5 {
		t.Errorf("the points have the shares %v of %g, expected 1/4, 0 and 3/4", counts, n)
	}
}

func TestInvalidWeightsOfPointsAreRefused(t *testing.T) {
	points := []scenarios.Point{{X: 0, Y: 0}, {X: 1, Y: 1}}
	for _, c := range []struct {
		weights []float64
		want    string
	}{{[]float64{1}, "1 weights of 2 points"}, {[]float64{1, -1}, "the weight of point 1 is -1"}, {[]float64{0, 0}, "no point has a positive weight"}} {
		if _, err := NewWeighted(points, c.weights, 0); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v gives %v, expected %s", c.weights, err, c.want)
		}
	}
}
