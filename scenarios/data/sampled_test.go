package data

import (
	"math"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func mustSampled(t *testing.T, points []scenarios.Point, kernel float64) *Sampled {
	t.Helper()
	s, err := NewSampled(points, kernel)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// clusters are points about two centres.
func clusters(n int) []scenarios.Point {
	points := make([]scenarios.Point, n)
	scenariotest.Must(scenarios.NewMixture(scenariotest.Tilted())).Sample(points, scenariotest.Seeded(21))
	return points
}

// The oracle sums over all points.
func TestASampleBecomesItsKernelDensityEstimate(t *testing.T) {
	points := clusters(400)
	s := mustSampled(t, points, 0.5)
	worst := 0.0
	for _, p := range points {
		x, y := p.X+0.3, p.Y-0.4
		estimate := math.Log(wideShare) + s.wide.LogDensity(x, y)
		for _, at := range points {
			one := scenariotest.TextbookLogNormal(scenarios.Point{X: x, Y: y}, at, scenarios.Cov{XX: 0.25, YY: 0.25})
			estimate = logAdd(estimate, one+math.Log((1-wideShare)/float64(len(points))))
		}
		worst = max(worst, math.Abs(s.LogDensity(x, y)-estimate))
	}
	if worst > 1e-3 {
		t.Errorf("log-densities are up to %g off the estimate", worst)
	}
}

func TestASampledTargetIsNormalised(t *testing.T) {
	for _, s := range []*Sampled{mustSampled(t, clusters(400), 0.5), mustSampled(t, clusters(400), 0)} {
		if z, _ := scenariotest.Integral(s, scenarios.Window{XMin: -40, XMax: 40, YMin: -40, YMax: 40}, 0.1); math.Abs(z-1) > 1e-4 {
			t.Errorf("with the kernel %v the integral is %.6f", s.Kernel(), z)
		}
	}
}

// awkward are samples that a lattice could stumble over.
func awkward() map[string][]scenarios.Point {
	outlier := append(clusters(1000), scenarios.Point{X: 3000, Y: -2000})
	column := slices.Clone(clusters(300))
	line := slices.Clone(column)
	for i := range column {
		column[i].X = 7
		line[i].Y = line[i].X
	}
	return map[string][]scenarios.Point{
		"an outlier":     outlier,
		"a column":       column,
		"a line":         line,
		"two points":     {{X: 0, Y: 0}, {X: 1, Y: 3}},
		"many at once":   append(slices.Repeat([]scenarios.Point{{X: 1, Y: 1}}, 1000), scenarios.Point{X: 2, Y: 2}, scenarios.Point{X: 1, Y: 5}),
		"a far origin":   {{X: 1e8, Y: 1e8}, {X: 1e8 + 1, Y: 1e8}, {X: 1e8, Y: 1e8 + 5}},
		"large numbers":  {{X: -1e99, Y: 2}, {X: 1e99, Y: 3}, {X: 0, Y: -1}},
		"little numbers": {{X: 0, Y: 0}, {X: 1e-60, Y: 3e-61}},
	}
}

// Nothing stands above what the kernels can pile up, and everything is a number.
func TestExtremeSamplesAreSmoothed(t *testing.T) {
	for what, points := range awkward() {
		s := mustSampled(t, points, 0)
		w := scenarios.Window{XMin: s.log.x.node(0), XMax: s.log.x.node(s.log.x.n - 1), YMin: s.log.y.node(0), YMax: s.log.y.node(s.log.y.n - 1)}
		most := -math.Log(2*math.Pi) - math.Log(s.kernel.X) - math.Log(s.kernel.Y) + 0.05
		rng := scenariotest.Seeded(22)
		for range 20_000 {
			p := scenariotest.Uniform(w, rng)
			l := s.LogDensity(p.X, p.Y)
			if gx, gy := s.Score(p.X, p.Y); !scenarios.IsFinite(l) || l > most || !scenarios.IsFinite(gx) || !scenarios.IsFinite(gy) {
				t.Fatalf("%s: at %v the log-density is %g, at most %g is possible, the score (%g, %g)", what, p, l, most, gx, gy)
			}
		}
		for _, far := range []float64{1e3, 1e77, 1e150} {
			for _, p := range []scenarios.Point{{X: far, Y: 0}, {X: 0, Y: -far}, {X: -far, Y: far}} {
				if l := s.LogDensity(p.X, p.Y); math.IsNaN(l) || math.IsInf(l, 1) {
					t.Errorf("%s: at %v the log-density is %g", what, p, l)
				}
			}
		}
		draws := make([]scenarios.Point, 100)
		s.Sample(draws, rng)
		for _, p := range draws {
			if !scenarios.IsFinite(p.X) || !scenarios.IsFinite(p.Y) {
				t.Errorf("%s: drew %v", what, p)
			}
		}
	}
}

func TestScoreOfASampledOutlier(t *testing.T) {
	s := mustSampled(t, append(clusters(1000), scenarios.Point{X: 40, Y: 20}), 0.4)
	rng := scenariotest.Seeded(23)
	for range 2000 {
		scenariotest.CheckScore(t, s, scenariotest.Uniform(scenarios.Window{XMin: -20, XMax: 60, YMin: -30, YMax: 40}, rng), 1e-5)
	}
}

// At its rim the lattice goes over into the wide Gaussian without a step.
func TestTheDensityIsContinuousAtTheLatticeEdge(t *testing.T) {
	// A wide half circle of many points and a narrow kernel, as data sets have them.
	points, rng := make([]scenarios.Point, 400_000), scenariotest.Seeded(24)
	for i := range points {
		sin, cos := math.Sincos(math.Pi * rng.Float64())
		points[i] = scenarios.Point{X: 2*cos + 0.2*rng.NormFloat64(), Y: 2*sin + 0.2*rng.NormFloat64()}
	}
	s := mustSampled(t, points, 0.08)
	x, y := s.log.x, s.log.y
	for k := range 100 {
		u := float64(k) / 99
		for _, p := range []scenarios.Point{
			{X: x.node(1), Y: y.node(1) + u*(y.node(y.n-2)-y.node(1))}, {X: x.node(x.n - 2), Y: y.node(1) + u*(y.node(y.n-2)-y.node(1))},
			{X: x.node(1) + u*(x.node(x.n-2)-x.node(1)), Y: y.node(1)}, {X: x.node(1) + u*(x.node(x.n-2)-x.node(1)), Y: y.node(y.n - 2)},
		} {
			inside, outside := s.log.value(p.X, p.Y), math.Log(wideShare)+s.wide.LogDensity(p.X, p.Y)
			gx, gy := s.log.slope(p.X, p.Y)
			wx, wy := s.wide.Score(p.X, p.Y)
			if math.Abs(inside-outside) > 1e-9 || math.Hypot(gx-wx, gy-wy) > 1e-7 {
				t.Errorf("at %v the log-density goes from %.12g to %.12g, the score from (%g, %g) to (%g, %g)", p, inside, outside, gx, gy, wx, wy)
			}
		}
	}
}

// n^(−1/6) of 64 is ½. Along x the quartiles decide, along y the standard deviation.
func TestScottsRule(t *testing.T) {
	var points []scenarios.Point
	for k := range 64 {
		p := scenarios.Point{X: float64(k%4) - 1.5, Y: float64(2*(k%2) - 1)}
		if k < 4 {
			p.X *= 40
		}
		points = append(points, p)
	}
	got := mustSampled(t, points, 0).Kernel()
	if want := (scenarios.Point{X: 0.5 * 3 / 1.34, Y: 0.5}); !scenariotest.Near(got.X, want.X, 1e-12) || !scenariotest.Near(got.Y, want.Y, 1e-12) {
		t.Errorf("the kernel is %v, want %v", got, want)
	}
	if got := mustSampled(t, []scenarios.Point{{X: 3, Y: 0}, {X: 3, Y: 2}}, 0).Kernel(); got.X != got.Y || !(got.X > 0) {
		t.Errorf("without extent along x the kernel is %v", got)
	}
}

func TestInvalidSamplesAreRejected(t *testing.T) {
	two := []scenarios.Point{{X: 0, Y: 0}, {X: 1, Y: 1}}
	for _, c := range []struct {
		points []scenarios.Point
		kernel float64
		want   string
	}{
		{nil, 0, "the number of points is 0, expected at least two"},
		{[]scenarios.Point{{X: 1, Y: 2}}, 0, "the number of points is 1, expected at least two"},
		{[]scenarios.Point{{X: 1, Y: 2}, {X: math.NaN(), Y: 0}}, 0, "point 1 is (NaN, 0), expected two numbers"},
		{[]scenarios.Point{{X: math.Inf(-1), Y: 2}, {X: 0, Y: 0}}, 0, "point 0 is (-Inf, 2), expected two numbers"},
		{[]scenarios.Point{{X: 1, Y: 2}, {X: 1e120, Y: 0}}, 0, "point 1 is (1e+120, 0), expected two numbers up to 1e+100"},
		{slices.Repeat([]scenarios.Point{{X: 1, Y: 2}}, 5), 0, "all 5 points are at (1, 2), expected at least two distinct ones"},
		{two, -1, "kernel is -1, expected a positive number"},
		{two, math.Inf(1), "kernel is +Inf, expected a positive number"},
		{two, math.NaN(), "kernel is NaN, expected a positive number"},
		{two, 1e-3, "kernel is 0.001, expected at least 0.00314 for points that span 1 by 1"},
	} {
		if s, err := NewSampled(c.points, c.kernel); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v with the kernel %g gives %v and %v, expected %q", c.points, c.kernel, s, err, c.want)
		}
	}
}

func TestTheLatticeSizeIsBounded(t *testing.T) {
	for what, points := range awkward() {
		s := mustSampled(t, points, 0)
		if s.log.x.n > maxNodes || s.log.y.n > maxNodes {
			t.Errorf("%s: %d by %d nodes", what, s.log.x.n, s.log.y.n)
		}
	}
}

func TestSampledDoesNotChangeItsPoints(t *testing.T) {
	points := clusters(100)
	before := slices.Clone(points)
	mustSampled(t, points, 0.5).Sample(make([]scenarios.Point, 50), scenariotest.Seeded(1))
	if !slices.Equal(points, before) {
		t.Error("the points were changed")
	}
}
