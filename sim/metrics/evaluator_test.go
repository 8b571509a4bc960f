package metrics

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// meanDistance is the mean of |x − y| over all pairs.
func meanDistance(x, y []scenarios.Point) float64 {
	sum := 0.0
	for _, a := range x {
		for _, b := range y {
			sum += math.Hypot(a.X-b.X, a.Y-b.Y)
		}
	}
	return sum / float64(len(x)*len(y))
}

func TestTheEnergyDistanceIsItsSumOverPairs(t *testing.T) {
	x, y := simtest.Sample(1, 500, 1), simtest.Sample(1.7, 500, 2)
	_, got := newSlicer(grid.NewWorkers()).distances(scenarios.Cloud{Points: x}, y)
	simtest.Near(t, "the energy distance", got, 2*meanDistance(x, y)-meanDistance(x, x)-meanDistance(y, y), 1e-3)
}

func TestSlicedDistanceOfAShift(t *testing.T) {
	x := simtest.Sample(1, 400, 3)
	y := make([]scenarios.Point, len(x))
	for i, p := range x {
		y[i] = scenarios.Point{X: p.X + 0.6, Y: p.Y - 0.8}
	}
	w2, _ := newSlicer(grid.NewWorkers()).distances(scenarios.Cloud{Points: x}, y)
	simtest.Near(t, "sliced W2", w2, 1/math.Sqrt2, 1e-9)
}

func TestSampleHasDistanceZeroFromItself(t *testing.T) {
	x := simtest.Sample(1, 300, 4)
	if w2, energy := newSlicer(grid.NewWorkers()).distances(scenarios.Cloud{Points: x}, x); w2 != 0 || energy != 0 {
		t.Errorf("sliced W2 is %g and the energy distance %g", w2, energy)
	}
}

// For {0, 1} and {0, 3}: 2E|x−y| = 2·(0+3+1+2)/4 = 3, E|x−x′| = ½, E|y−y′| = 3/2.
func TestEnergyOnTheLine(t *testing.T) {
	p := projections{a: []uint64{key(0), key(1)}, b: []uint64{key(0), key(3)}}
	simtest.Near(t, "the energy distance", p.energy(), 1, 1e-12)
}

func evaluatorOf(t *testing.T, id string, n int) *Evaluator {
	t.Helper()
	return evaluator(t, simtest.Scenario(t, id), n)
}

func evaluator(t *testing.T, s scenarios.Scenario, n int) *Evaluator {
	t.Helper()
	j, err := NewEvaluator(s, density.Kernel{Bandwidth: s.Bandwidth}, n, 5)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// value is that of a metric that was measured.
func value(t *testing.T, m Metrics, id ID) float64 {
	t.Helper()
	v, ok := m.Of(id)
	if !ok {
		t.Fatalf("%s was not measured", id)
	}
	return v
}

// mean is that of a metric of a floor that was measured.
func mean(t *testing.T, f Floor, id ID) float64 {
	t.Helper()
	s, ok := f.Of(id)
	if !ok {
		t.Fatalf("the floor has no %s", id)
	}
	return s.Mean
}

func TestCoverageOfKnownFractions(t *testing.T) {
	j := evaluatorOf(t, "grid9", 9)
	m := j.Measure(simtest.Scenario(t, "grid9").Truth.Modes)
	if value(t, m, Visited) != 9 || value(t, m, Filled) != 9 || value(t, m, Quality) != 1 || math.Abs(value(t, m, Entropy)-1) > 1e-12 || math.Abs(value(t, m, MassKL)) > 1e-4 {
		t.Errorf("a particle at every mode has the metrics %+v", m)
	}
	// σ² = 0.3, so three standard deviations are 1.643: one point within, one just outside.
	j = evaluatorOf(t, "grid9", 4)
	m = j.Measure([]scenarios.Point{{X: 5, Y: 5}, {X: 5, Y: 6.64}, {X: 1.65, Y: 0}, {X: -5, Y: 0}})
	if covered, quality := value(t, m, Visited), value(t, m, Quality); covered != 2 || quality != 0.75 {
		t.Errorf("two modes and one point far from any cover %g with quality %g", covered, quality)
	}
	simtest.Near(t, "the entropy", value(t, m, Entropy), entropyOf(0.5, 0.25, 0.25)/math.Log(9), 1e-12)
	simtest.Near(t, "the KL of region masses", value(t, m, MassKL), math.Log(9)-entropyOf(0.5, 0.25, 0.25), 1e-3)
}

// Equal fractions have entropy one for any target; the KL to its masses differs.
func TestEqualFractionsDifferFromUnequalMasses(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	m := evaluatorOf(t, "uneven-ring", 8).Measure(s.Truth.Modes)
	want := 0.0
	for _, mass := range s.Truth.ModeMasses {
		want += math.Log(1/8./mass) / 8
	}
	simtest.Near(t, "the entropy", value(t, m, Entropy), 1, 1e-12)
	simtest.Near(t, "the KL of region masses", value(t, m, MassKL), want, 0.06)
}

// Sharp distances, by sums over all pairs.
func TestMMDIsItsSumOverDifferentPairs(t *testing.T) {
	j := evaluatorOf(t, "three-modes", 300)
	x := simtest.Sample(1.3, 300, 21)
	h := j.width
	mean := func(a, b []scenarios.Point, same bool) float64 {
		sum, pairs := 0.0, 0
		for i := range a {
			for k := range b {
				if same && i == k {
					continue
				}
				sum += math.Exp(-((a[i].X-b[k].X)*(a[i].X-b[k].X) + (a[i].Y-b[k].Y)*(a[i].Y-b[k].Y)) / (2 * h * h))
				pairs++
			}
		}
		return sum / float64(pairs)
	}
	want := mean(x, x, true) + mean(j.sample, j.sample, true) - 2*mean(x, j.sample, false)
	simtest.Near(t, "MMD²", value(t, j.Measure(x), MMD), want, 2e-3)
}

// Under the null its mean is nothing: some are negative, and they average out. An
// estimate that keeps the diagonal would be 2/n above.
func TestMMDIsUnbiased(t *testing.T) {
	const n, times = 400, 40
	sum, square, negative := 0.0, 0.0, 0
	j := evaluatorOf(t, "three-modes", n)
	rng := rand.New(rand.NewPCG(100, 0))
	for range times {
		x, y := make([]scenarios.Point, n), make([]scenarios.Point, n)
		j.sampler.Sample(x, rng)
		j.sampler.Sample(y, rng)
		v := j.compare(scenarios.Cloud{Points: x}, func() []scenarios.Point { return y }).mmd()
		sum, square = sum+v/times, square+v*v/times
		if v < 0 {
			negative++
		}
	}
	if se := math.Sqrt((square - sum*sum) / times); math.Abs(sum) > 4*se || sum > 1./n {
		t.Errorf("the mean is %.2g ± %.2g, expected none", sum, se)
	}
	if negative == 0 || negative == times {
		t.Errorf("%d of %d are negative", negative, times)
	}
}

func TestTheMedianDistanceOfAGaussian(t *testing.T) {
	// |x − y| is Rayleigh with σ√2, whose median is 2σ√(ln 2).
	simtest.Near(t, "the median", MedianDistance(simtest.Sample(1.5, 20000, 8), 1), 3*math.Sqrt(math.Ln2), 0.05)
}

// Two Gaussians with means apart by δ along an axis: W2 on the line with direction θ
// is δ|cos θ|, and the energy distance of projections has its closed form.
func TestShiftedGaussiansHaveTheirClosedForms(t *testing.T) {
	const n, shift = 40000, 1.2
	x, y := simtest.Sample(1, n, 31), simtest.Sample(1, n, 32)
	for i := range y {
		y[i].X += shift
	}
	w2, energy := newSlicer(grid.NewWorkers()).distances(scenarios.Cloud{Points: x}, y)
	simtest.Near(t, "sliced W2", w2, shift/math.Sqrt2, 0.02)
	// E|N(μ, 2)| − E|N(0, 2)| on each line, averaged over directions, times π/2 and 2.
	want, lines := 0.0, 1000
	for l := range lines {
		mu := shift * math.Cos(math.Pi*float64(l)/float64(lines))
		want += 2 * (foldedMean(mu, math.Sqrt2) - foldedMean(0, math.Sqrt2)) / float64(lines)
	}
	simtest.Near(t, "the energy distance", energy, math.Pi/2*want, 0.02)
}

// foldedMean is E|N(μ, σ²)|.
func foldedMean(mu, sigma float64) float64 {
	return sigma*math.Sqrt(2/math.Pi)*math.Exp(-mu*mu/(2*sigma*sigma)) + mu*math.Erf(mu/(sigma*math.Sqrt2))
}

func entropyOf(shares ...float64) (h float64) {
	for _, s := range shares {
		h -= s * math.Log(s)
	}
	return h
}

func TestExactSamplesAreAtTheFloor(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	j := evaluator(t, s, 4000)
	if !j.Exact() {
		t.Fatal("three-modes has no exact sampler")
	}
	now, floor := j.Measure(simtest.Exact(s, 4000, 1)), j.Floor(4000)
	if value(t, now, SlicedW2) > 3*mean(t, floor, SlicedW2) || value(t, now, Energy) > 10*mean(t, floor, Energy) || value(t, now, Visited) != 3 || value(t, now, Filled) != 3 {
		t.Errorf("an exact sample is at %+v, the floor at %+v", now, floor)
	}
	start := make([]scenarios.Point, 4000)
	s.Start.Sampler.Sample(start, rand.New(rand.NewPCG(1, 0)))
	away := j.Measure(start)
	if value(t, away, SlicedW2) < 5*mean(t, floor, SlicedW2) {
		t.Errorf("the start is at %g, hardly more than the floor %g", value(t, away, SlicedW2), mean(t, floor, SlicedW2))
	}
	for k, m := range Table() {
		grade := m.Grade(away[k], floor[k], j.Modes())
		if m.LowerIsBetter && grade != FarFromExact || m.Grade(now[k], floor[k], j.Modes()) != LikeExact {
			t.Errorf("%s: the start is at %g, an exact sample at %g, the floor at %+v", m.Name, away[k].V, now[k].V, floor[k])
		}
	}
}

func TestTargetsWithoutASamplerAreEvaluated(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	exact := s.Truth.Sampler
	s.Truth.Sampler = nil
	j := evaluator(t, s, 2000)
	floor := j.Floor(2000)
	for _, n := range []int{2000, 1000} {
		points := make([]scenarios.Point, n)
		exact.Sample(points, rand.New(rand.NewPCG(2, 2)))
		if m := j.Measure(points); j.Exact() || value(t, m, SlicedW2) > 4*mean(t, floor, SlicedW2) || value(t, m, Energy) > 10*mean(t, floor, Energy) || value(t, m, Visited) != 3 {
			t.Errorf("%d exact draws have the metrics %+v, the floor is %+v", n, m, floor)
		}
	}
}

// Metrics are those of where the points are: a shift by δ is δ/√2 in sliced W2.
func TestMetricsOfPointsOutside(t *testing.T) {
	j := evaluatorOf(t, "three-modes", 500)
	points := slices.Clone(j.sample)
	for i := range points {
		points[i].X += 1000
	}
	m := j.Measure(points)
	simtest.Near(t, "sliced W2", value(t, m, SlicedW2), 1000/math.Sqrt2, 1e-3)
	simtest.Near(t, "TV", value(t, m, TV), 1, 1e-6)
	if _, ok := m.Of(MassKL); ok || value(t, m, Visited) != 0 || value(t, m, Filled) != 0 || value(t, m, Quality) != 0 || value(t, m, Entropy) != 0 {
		t.Errorf("the metrics are %+v, expected no mode to be covered", m)
	}
	points[0] = scenarios.Point{X: 1e300}
	m = j.Measure(points)
	_, w2 := m.Of(SlicedW2)
	if _, mmd := m.Of(MMD); w2 || mmd || math.IsNaN(value(t, m, TV)) {
		t.Errorf("of a point beyond squares the metrics are %+v, expected neither W2 nor MMD²", m)
	}
}

// The metrics refer to the modes of the target for any named regions.
func TestNamedRegionsDoNotChangeTheMetrics(t *testing.T) {
	plain := evaluatorOf(t, "banana", 200)
	s := simtest.Scenario(t, "banana")
	s.Regions = []scenarios.Region{
		{Name: "none", Shape: scenarios.Disc{Centre: scenarios.Point{X: 2.5, Y: 2.5}, Radius: 0.5}},
		{Name: "left", Shape: scenarios.HalfPlane{Normal: scenarios.Point{X: -1}}},
	}
	j := evaluator(t, s, 200)
	x := simtest.Sample(1, 200, 7)
	if a, b := plain.Measure(x), j.Measure(x); !slices.Equal(a, b) || plain.Modes() != j.Modes() {
		t.Errorf("it measures %+v, without named regions %+v", b, a)
	}
}

func TestEvaluatorNeedsTwoPointsAndAKernel(t *testing.T) {
	s := simtest.Scenario(t, "ring8")
	if _, err := NewEvaluator(s, density.Kernel{Bandwidth: s.Bandwidth}, 1, 1); err == nil || !strings.Contains(err.Error(), "expected 2 or more") {
		t.Errorf("of one point the error is %v", err)
	}
	if _, err := NewEvaluator(s, density.Kernel{}, 10, 1); err == nil || !strings.Contains(err.Error(), "bandwidth is 0") {
		t.Errorf("without a bandwidth the error is %v", err)
	}
}

// A mode is visited by one point, and filled by a share that is right to a factor of two.
func TestAModeWithAFewPointsIsVisitedAndNotFilled(t *testing.T) {
	j := evaluatorOf(t, "grid9", 900)
	modes := simtest.Scenario(t, "grid9").Truth.Modes
	cloud := func(counts ...int) (points []scenarios.Point) {
		for k, n := range counts {
			for range n {
				points = append(points, modes[k])
			}
		}
		return points
	}
	for _, c := range []struct {
		counts          []int
		visited, filled float64
	}{
		{[]int{100, 100, 100, 100, 100, 100, 100, 100, 100}, 9, 9},
		{[]int{123, 122, 122, 122, 122, 122, 122, 43, 2}, 9, 7}, // 0.39 and 0.02 of what is due
		{[]int{900, 0, 0, 0, 0, 0, 0, 0, 0}, 1, 0},
		{[]int{190, 51, 51, 101, 101, 101, 101, 102, 102}, 9, 9}, // all within a factor of two
		{[]int{210, 49, 49, 98, 98, 99, 99, 99, 99}, 9, 6},
	} {
		m := j.Measure(cloud(c.counts...))
		if visited, filled := value(t, m, Visited), value(t, m, Filled); visited != c.visited || filled != c.filled {
			t.Errorf("%v: %g modes are visited and %g filled, expected %g and %g", c.counts, visited, filled, c.visited, c.filled)
		}
	}
}

// Of exact samples every mode is filled, also where modes overlap or have unequal weights.
func TestExactSamplesFillEveryMode(t *testing.T) {
	for id, modes := range map[string]float64{"three-modes": 3, "uneven-ring": 8, "gmm40": 40, "two-moons": 2, "banana": 1} {
		s := simtest.Scenario(t, id)
		if got := value(t, evaluatorOf(t, id, 20000).Measure(simtest.Exact(s, 20000, 3)), Filled); got != modes {
			t.Errorf("%s: exact samples fill %g modes, expected %g", id, got, modes)
		}
	}
}

// Of a target with a single basin, what the masses of its cells say: a cloud that is twice too wide is
// not covered.
func TestASingleBasinIsComparedByItsCells(t *testing.T) {
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	e, err := NewEvaluator(s, density.Kernel{Bandwidth: 0.1}, 4000, 1)
	if err != nil {
		t.Fatal(err)
	}
	good, wide := e.Measure(simtest.Sample(1, 4000, 3)), e.Measure(simtest.Sample(2, 4000, 3))
	if value(t, good, MassKL) > 0.01 || value(t, good, Entropy) < 0.99 {
		t.Errorf("of an exact sample KL is %g, entropy %g", value(t, good, MassKL), value(t, good, Entropy))
	}
	// The thirds of N(0, 1) have 41.5, 17 and 41.5 % of N(0, 2²).
	simtest.Near(t, "KL of a wide cloud", value(t, wide, MassKL), 0.83*math.Log(0.83*1.5)+0.17*math.Log(0.17*3), 0.15)
}

// A window that cuts half of the target off leaves exact samples of the half inside; one that does not
// leaves them as they are, and one with next to nothing inside has none.
func TestExactSamplesLieInTheWindow(t *testing.T) {
	m, err := scenarios.Isotropic([]scenarios.Point{{X: -3}, {X: 3}}, 1, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	s.Target, s.Truth = m, m.Truth()
	for _, c := range []struct {
		window scenarios.Window
		exact  bool
	}{{scenarios.Window{XMin: 0, XMax: 6, YMin: -3, YMax: 3}, true}, {s.Window, true}, {scenarios.Window{XMin: 6, XMax: 8, YMin: -1, YMax: 1}, false}} {
		s.Window = c.window
		e, err := NewEvaluator(s, density.Kernel{Bandwidth: 0.2}, 4000, 1)
		if err != nil {
			t.Fatal(err)
		}
		if tv, _ := e.ExactTotals(4000, 4, nil); e.Exact() != c.exact || !(tv.Mean < 0.12) {
			t.Errorf("in %v exact samples (%v, expected %v) have TV %.3f", c.window, e.Exact(), c.exact, tv.Mean)
		}
	}
}
