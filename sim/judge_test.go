package sim

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

func sample(sigma float64, n int, seed uint64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	scenarios.Gaussian{Sigma: sigma}.Sample(points, rand.New(rand.NewPCG(seed, 0)))
	return points
}

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
	x, y := sample(1, 500, 1), sample(1.7, 500, 2)
	_, got := slicedDistances(x, y)
	near(t, "the energy distance", got, 2*meanDistance(x, y)-meanDistance(x, x)-meanDistance(y, y), 1e-3)
}

func TestAShiftIsItsOwnSlicedDistance(t *testing.T) {
	x := sample(1, 400, 3)
	y := make([]scenarios.Point, len(x))
	for i, p := range x {
		y[i] = scenarios.Point{X: p.X + 0.6, Y: p.Y - 0.8}
	}
	w2, _ := slicedDistances(x, y)
	near(t, "sliced W2", w2, 1/math.Sqrt2, 1e-9)
}

func TestASampleIsAtNoDistanceFromItself(t *testing.T) {
	x := sample(1, 300, 4)
	if w2, energy := slicedDistances(x, x); w2 != 0 || energy != 0 {
		t.Errorf("sliced W2 is %g and the energy distance %g", w2, energy)
	}
}

// For {0, 1} and {0, 3}: 2E|x−y| = 2·(0+3+1+2)/4 = 3, E|x−x′| = ½, E|y−y′| = 3/2.
func TestEnergyOnTheLineByHand(t *testing.T) {
	near(t, "the energy distance", energyOnLine([]float64{0, 1}, []float64{0, 3}), 1, 1e-12)
}

func judgeOf(t *testing.T, id string, n int) *Judge {
	t.Helper()
	s := scenario(t, id)
	settings := DefaultSettings(s, divergence(t, "reverse-kl"))
	settings.Particles = n
	j, err := NewJudge(s, settings, 5)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func TestCoverageOfKnownShares(t *testing.T) {
	j := judgeOf(t, "grid9", 9)
	m := j.Measure(scenario(t, "grid9").Truth.Modes)
	if m.Covered != 9 || m.Quality != 1 || math.Abs(m.Entropy-1) > 1e-12 || math.Abs(*m.MassKL) > 1e-4 {
		t.Errorf("a particle at every mode is judged %+v", m)
	}
	// σ² = 0.3, so three standard deviations are 1.643: one point within, one just outside.
	j = judgeOf(t, "grid9", 4)
	m = j.Measure([]scenarios.Point{{X: 5, Y: 5}, {X: 5, Y: 6.64}, {X: 1.65, Y: 0}, {X: -5, Y: 0}})
	if m.Covered != 2 || m.Quality != 0.75 {
		t.Errorf("two modes and one stray cover %d with quality %g", m.Covered, m.Quality)
	}
	near(t, "the entropy", m.Entropy, entropyOf(0.5, 0.25, 0.25)/math.Log(9), 1e-12)
	near(t, "the KL of the shares", *m.MassKL, math.Log(9)-entropyOf(0.5, 0.25, 0.25), 1e-3)
}

// Even shares have entropy one whatever the target; the KL to its masses tells.
func TestEvenSharesMisleadWhereTheMassesDiffer(t *testing.T) {
	s := scenario(t, "uneven-ring")
	m := judgeOf(t, "uneven-ring", 8).Measure(s.Truth.Modes)
	want := 0.0
	for _, mass := range s.Truth.ModeMasses {
		want += math.Log(1/8./mass) / 8
	}
	near(t, "the entropy", m.Entropy, 1, 1e-12)
	near(t, "the KL of the shares", *m.MassKL, want, 0.06)
}

// Sharp distances, by sums over all pairs.
func TestMMDIsItsSumOverDifferentPairs(t *testing.T) {
	j := judgeOf(t, "three-modes", 300)
	x := sample(1.3, 300, 21)
	h := MedianDistance(append(append([]scenarios.Point{}, x...), j.sample...), j.seed)
	mean := func(a, b []scenarios.Point, same bool) float64 {
		sum, pairs := 0.0, 0
		for i := range a {
			for k := range b {
				if same && i == k {
					continue
				}
				sum += math.Exp(-(square(a[i].X-b[k].X) + square(a[i].Y-b[k].Y)) / (2 * h * h))
				pairs++
			}
		}
		return sum / float64(pairs)
	}
	want := mean(x, x, true) + mean(j.sample, j.sample, true) - 2*mean(x, j.sample, false)
	near(t, "MMD²", *j.Measure(x).MMD, want, 2e-3)
}

// Under the null its mean is nothing: some are negative, and they average out. An
// estimate that keeps the diagonal would be 2/n above.
func TestMMDIsUnbiased(t *testing.T) {
	const n, times = 400, 40
	sum, square, negative := 0.0, 0.0, 0
	j := judgeOf(t, "three-modes", n)
	rng := rand.New(rand.NewPCG(100, 0))
	for range times {
		j.flow.scenario.Truth.Sampler.Sample(j.sample, rng)
		j.flow.scenario.Truth.Sampler.Sample(j.other, rng)
		v := *j.mmd(j.other)
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
	near(t, "the median", MedianDistance(sample(1.5, 20000, 8), 1), 3*math.Sqrt(math.Ln2), 0.05)
}

// Two Gaussians with means apart by δ along an axis: W2 on the line with direction θ
// is δ|cos θ|, and the energy distance of projections has its closed form.
func TestShiftedGaussiansHaveTheirClosedForms(t *testing.T) {
	const n, shift = 40000, 1.2
	x, y := sample(1, n, 31), sample(1, n, 32)
	for i := range y {
		y[i].X += shift
	}
	w2, energy := slicedDistances(x, y)
	near(t, "sliced W2", w2, shift/math.Sqrt2, 0.02)
	// E|N(μ, 2)| − E|N(0, 2)| on each line, averaged over directions, times π/2 and 2.
	want, lines := 0.0, 1000
	for l := range lines {
		mu := shift * math.Cos(math.Pi*float64(l)/float64(lines))
		want += 2 * (foldedMean(mu, math.Sqrt2) - foldedMean(0, math.Sqrt2)) / float64(lines)
	}
	near(t, "the energy distance", energy, math.Pi/2*want, 0.02)
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

func TestAnExactSampleIsAtItsFloor(t *testing.T) {
	s := scenario(t, "three-modes")
	s.Start.Sampler = s.Truth.Sampler
	f := newFlow(t, s, divergence(t, "reverse-kl"), particles(4000))
	now, floor, ok := f.Metrics(5)
	if !ok {
		t.Fatal("three-modes has no exact sampler")
	}
	if *now.SlicedW2 > 3**floor.SlicedW2 || *now.Energy > 10**floor.Energy || now.Covered != 3 {
		t.Errorf("an exact sample is at %+v, the floor at %+v", now, floor)
	}
	far := newFlow(t, scenario(t, "three-modes"), divergence(t, "reverse-kl"), particles(4000))
	if away, _, _ := far.Metrics(5); *away.SlicedW2 < 5**floor.SlicedW2 {
		t.Errorf("the start is at %g, hardly more than the floor %g", *away.SlicedW2, *floor.SlicedW2)
	}
}

// A target without a sampler of its own is compared with draws from its table: they have
// the shares and the moments of exact ones, a sixth of the squared spacing aside.
func TestATabulatedTargetIsSampledAsItIs(t *testing.T) {
	s := scenario(t, "three-modes")
	f := newFlow(t, s, divergence(t, "reverse-kl"))
	sampler, err := target.NewSampler(s.Target, f.grid, f.workers)
	if err != nil {
		t.Fatal(err)
	}
	s.Truth.Sampler = sampler
	c := &checker{scenario: s}
	c.sampler(f)
	if !c.list[0].Pass {
		t.Errorf("draws from the table are not of the density: χ² p-value %g", c.list[0].Figures[0])
	}
	points := drawn(s, 400_000, 3)
	var x, xx float64
	for _, p := range points {
		x, xx = x+p.X/float64(len(points)), xx+p.X*p.X/float64(len(points))
	}
	// The components' means are −1.5, 1.5 and −2, their variances 0.8, 0.8 and 0.5.
	mean, second := -2./3, (1.5*1.5+0.8+1.5*1.5+0.8+4+0.5)/3
	if spread := 4 * math.Sqrt(second/400_000); math.Abs(x-mean) > spread || math.Abs(xx-second-f.grid.Spacing*f.grid.Spacing/24) > 5*spread {
		t.Errorf("moments of the draws are %.4f and %.4f, expected %.4f and %.4f", x, xx, mean, second)
	}
}

func TestATargetWithoutASamplerIsJudged(t *testing.T) {
	s := scenario(t, "three-modes")
	exact := s.Truth.Sampler
	s.Truth.Sampler = nil
	settings := DefaultSettings(s, divergence(t, "reverse-kl"))
	settings.Particles = 2000
	j, err := NewJudge(s, settings, 5)
	if err != nil {
		t.Fatal(err)
	}
	floor := j.Floor()
	for _, n := range []int{2000, 1000} {
		points := make([]scenarios.Point, n)
		exact.Sample(points, rand.New(rand.NewPCG(2, 2)))
		if m := j.Measure(points); j.Exact() || *m.SlicedW2 > 4**floor.SlicedW2 || *m.Energy > 10**floor.Energy || m.Covered != 3 {
			t.Errorf("%d exact draws are judged %+v, the floor is %+v", n, m, floor)
		}
	}
}
