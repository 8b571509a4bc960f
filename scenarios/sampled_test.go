package scenarios

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func mustSampled(t *testing.T, points []Point, kernel float64) *Sampled {
	t.Helper()
	s, err := NewSampled(points, kernel)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// clusters are points about two places.
func clusters(n int) []Point {
	points := make([]Point, n)
	must(NewMixture(tilted())).Sample(points, seeded(21))
	return points
}

// The oracle sums over all points.
func TestASampleBecomesItsKernelDensityEstimate(t *testing.T) {
	points := clusters(400)
	s := mustSampled(t, points, 0.5)
	worst := 0.0
	for _, p := range points {
		x, y := p.X+0.3, p.Y-0.4
		estimate := math.Log(wideShare) + s.wide.logDensity(x, y)
		for _, at := range points {
			one := textbookLogNormal(Point{x, y}, at, Cov{XX: 0.25, YY: 0.25})
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
		if z, _ := integral(s, Window{-40, 40, -40, 40}, 0.1); math.Abs(z-1) > 1e-4 {
			t.Errorf("with the kernel %v the integral is %.6f", s.Kernel(), z)
		}
	}
}

// awkward are samples that a lattice could stumble over.
func awkward() map[string][]Point {
	outlier := append(clusters(1000), Point{3000, -2000})
	column := slices.Clone(clusters(300))
	line := slices.Clone(column)
	for i := range column {
		column[i].X = 7
		line[i].Y = line[i].X
	}
	return map[string][]Point{
		"an outlier":     outlier,
		"a column":       column,
		"a line":         line,
		"two points":     {{0, 0}, {1, 3}},
		"many at once":   append(slices.Repeat([]Point{{1, 1}}, 1000), Point{2, 2}, Point{1, 5}),
		"a far origin":   {{1e8, 1e8}, {1e8 + 1, 1e8}, {1e8, 1e8 + 5}},
		"large numbers":  {{-1e99, 2}, {1e99, 3}, {0, -1}},
		"little numbers": {{0, 0}, {1e-60, 3e-61}},
	}
}

// Nothing stands above what the kernels can pile up, and everything is a number.
func TestAwkwardSamplesAreSmoothed(t *testing.T) {
	for what, points := range awkward() {
		s := mustSampled(t, points, 0)
		w := Window{s.log.x.at(0), s.log.x.at(s.log.x.n - 1), s.log.y.at(0), s.log.y.at(s.log.y.n - 1)}
		most := -math.Log(2*math.Pi) - math.Log(s.kernel.X) - math.Log(s.kernel.Y) + 0.05
		rng := seeded(22)
		for range 20_000 {
			p := w.uniform(rng)
			l := s.LogDensity(p.X, p.Y)
			if gx, gy := s.Score(p.X, p.Y); !finite(l) || l > most || !finite(gx) || !finite(gy) {
				t.Fatalf("%s: at %v the log-density is %g, at most %g is possible, the score (%g, %g)", what, p, l, most, gx, gy)
			}
		}
		for _, far := range []float64{1e3, 1e77, 1e150} {
			for _, p := range []Point{{far, 0}, {0, -far}, {-far, far}} {
				if l := s.LogDensity(p.X, p.Y); math.IsNaN(l) || math.IsInf(l, 1) {
					t.Errorf("%s: at %v the log-density is %g", what, p, l)
				}
			}
		}
		draws := make([]Point, 100)
		s.Sample(draws, rng)
		for _, p := range draws {
			if !finite(p.X) || !finite(p.Y) {
				t.Errorf("%s: drew %v", what, p)
			}
		}
	}
}

func TestScoreOfASampledOutlier(t *testing.T) {
	s := mustSampled(t, append(clusters(1000), Point{40, 20}), 0.4)
	rng := seeded(23)
	for range 2000 {
		checkScore(t, s, Window{-20, 60, -30, 40}.uniform(rng), 1e-5)
	}
}

// At its rim the lattice goes over into the wide Gaussian without a step.
func TestTheLatticeEndsWithoutAStep(t *testing.T) {
	s := Moons.smooth()
	x, y := s.log.x, s.log.y
	for k := range 100 {
		u := float64(k) / 99
		for _, p := range []Point{
			{x.at(1), y.at(1) + u*(y.at(y.n-2)-y.at(1))}, {x.at(x.n - 2), y.at(1) + u*(y.at(y.n-2)-y.at(1))},
			{x.at(1) + u*(x.at(x.n-2)-x.at(1)), y.at(1)}, {x.at(1) + u*(x.at(x.n-2)-x.at(1)), y.at(y.n - 2)},
		} {
			inside, outside := s.log.value(p.X, p.Y), math.Log(wideShare)+s.wide.logDensity(p.X, p.Y)
			gx, gy := s.log.slope(p.X, p.Y)
			wx, wy := s.wide.score(p.X, p.Y)
			if math.Abs(inside-outside) > 1e-9 || math.Hypot(gx-wx, gy-wy) > 1e-7 {
				t.Errorf("at %v the log-density goes from %.12g to %.12g, the score from (%g, %g) to (%g, %g)", p, inside, outside, gx, gy, wx, wy)
			}
		}
	}
}

// n^(−1/6) of 64 is ½. Along x the quartiles decide, along y the standard deviation.
func TestTheRuleOfThumb(t *testing.T) {
	var points []Point
	for k := range 64 {
		p := Point{float64(k%4) - 1.5, float64(2*(k%2) - 1)}
		if k < 4 {
			p.X *= 40
		}
		points = append(points, p)
	}
	got := mustSampled(t, points, 0).Kernel()
	if want := (Point{0.5 * 3 / 1.34, 0.5}); !near(got.X, want.X, 1e-12) || !near(got.Y, want.Y, 1e-12) {
		t.Errorf("the kernel is %v, want %v", got, want)
	}
	if got := mustSampled(t, []Point{{3, 0}, {3, 2}}, 0).Kernel(); got.X != got.Y || !(got.X > 0) {
		t.Errorf("without extent along x the kernel is %v", got)
	}
}

func TestSamplesThatAreNoneSayWhy(t *testing.T) {
	two := []Point{{0, 0}, {1, 1}}
	for _, c := range []struct {
		points []Point
		kernel float64
		want   string
	}{
		{nil, 0, "the number of points is 0, expected two at least"},
		{[]Point{{1, 2}}, 0, "the number of points is 1, expected two at least"},
		{[]Point{{1, 2}, {math.NaN(), 0}}, 0, "point 1 is (NaN, 0), expected two numbers"},
		{[]Point{{math.Inf(-1), 2}, {0, 0}}, 0, "point 0 is (-Inf, 2), expected two numbers"},
		{[]Point{{1, 2}, {1e120, 0}}, 0, "point 1 is (1e+120, 0), expected two numbers up to 1e+100"},
		{slices.Repeat([]Point{{1, 2}}, 5), 0, "all 5 points are at (1, 2), expected more places than one"},
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

func TestTheLatticeIsNoLargerThanPromised(t *testing.T) {
	for what, points := range awkward() {
		s := mustSampled(t, points, 0)
		if s.log.x.n > mostNodes || s.log.y.n > mostNodes {
			t.Errorf("%s: %d by %d nodes", what, s.log.x.n, s.log.y.n)
		}
	}
}

func TestASampleIsNotShared(t *testing.T) {
	points := clusters(100)
	s := mustSampled(t, points, 0.5)
	before := slices.Clone(points)
	first, again := make([]Point, 50), make([]Point, 50)
	s.Sample(first, seeded(1))
	if !slices.Equal(points, before) {
		t.Error("the argument was changed")
	}
	clear(points)
	if s.Sample(again, seeded(1)); !slices.Equal(first, again) {
		t.Error("the target shares memory with its caller")
	}
}
