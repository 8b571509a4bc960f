package metrics

import (
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/internal/simtest"
)

// gaussianMixture is a target whose samples, density and regions a test can work out itself:
// three well separated Gaussians of variance 0.3² on the x axis.
type gaussianMixture struct {
	scenario scenarios.Scenario
	means    []scenarios.Point
	masses   []float64
}

func newGaussianMixture(t *testing.T) gaussianMixture {
	t.Helper()
	g := gaussianMixture{means: []scenarios.Point{{X: -4}, {}, {X: 4}}, masses: []float64{0.5, 0.3, 0.2}}
	m, err := scenarios.Isotropic(g.means, 0.3, g.masses)
	if err != nil {
		t.Fatal(err)
	}
	g.scenario = simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	g.scenario.Target, g.scenario.Truth.Sampler = m, m
	return g
}

// sample draws by the test's own means.
func (g gaussianMixture) sample(n int, rng *rand.Rand) []scenarios.Point {
	points := make([]scenarios.Point, n)
	for i := range points {
		k, u := 0, rng.Float64()
		for u > g.masses[k] && k < 2 {
			u -= g.masses[k]
			k++
		}
		points[i] = scenarios.Point{X: g.means[k].X + 0.3*rng.NormFloat64(), Y: 0.3 * rng.NormFloat64()}
	}
	return points
}

// massKL is that of the shares nearest to each mean.
func (g gaussianMixture) massKL(points []scenarios.Point) (kl float64) {
	count := make([]float64, 3)
	for _, p := range points {
		count[min(max(int(math.Floor(p.X/4+1.5)), 0), 2)]++
	}
	for k, c := range count {
		if s := c / float64(len(points)); s > 0 {
			kl += s * math.Log(s/g.masses[k])
		}
	}
	return kl
}

// denseEnergy is the energy distance by sums over all pairs.
func denseEnergy(x, y []scenarios.Point) float64 {
	return 2*meanDistance(x, y) - meanDistance(x, x) - meanDistance(y, y)
}

// slowW2 is sliced W2 by sorting.
func slowW2(x, y []scenarios.Point) float64 {
	sum, lines := 0.0, 64
	for l := range lines {
		angle := math.Pi * float64(l) / float64(lines)
		on := func(points []scenarios.Point) (s []float64) {
			for _, p := range points {
				s = append(s, p.X*math.Cos(angle)+p.Y*math.Sin(angle))
			}
			slices.Sort(s)
			return s
		}
		a, b := on(x), on(y)
		for i := range a {
			sum += math.Pow(a[i]-b[i], 2) / float64(len(x)*lines)
		}
	}
	return math.Sqrt(sum)
}

// moments are mean, standard deviation and standard error of values.
func moments(values []float64) (mean, sd, se float64) {
	n := float64(len(values))
	for _, v := range values {
		mean += v / n
	}
	for _, v := range values {
		sd += (v - mean) * (v - mean) / (n - 1)
	}
	return mean, math.Sqrt(sd), math.Sqrt(sd / n)
}

func evaluatorWith(t *testing.T, s scenarios.Scenario, n int, seed uint64) *Evaluator {
	t.Helper()
	v, err := NewEvaluator(s, density.Kernel{Bandwidth: s.Bandwidth}, n, seed)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The oracle draws, sorts and sums for itself, 120 times.
func TestTheFloorIsThatOfIndependentDraws(t *testing.T) {
	const n, times = 300, 120
	g, rng := newGaussianMixture(t), rand.New(rand.NewPCG(77, 78))
	values := map[ID][]float64{}
	for range times {
		x, y := g.sample(n, rng), g.sample(n, rng)
		values[Energy] = append(values[Energy], denseEnergy(x, y))
		values[SlicedW2] = append(values[SlicedW2], slowW2(x, y))
		values[MassKL] = append(values[MassKL], g.massKL(x))
	}
	floor := evaluatorWith(t, g.scenario, n, 3).Floor(n)
	for id, v := range values {
		want, sd, se := moments(v)
		got, ok := floor.Of(id)
		if !ok || math.Abs(got.Mean-want) > 3*math.Hypot(got.SE, se) {
			t.Errorf("the mean of %s is %.4g ± %.2g, expected %.4g ± %.2g", id, got.Mean, got.SE, want, se)
		}
		if got.SE > 0.1*got.Mean {
			t.Errorf("the error of %s is %.2g of %.2g, expected at most a tenth", id, got.SE, got.Mean)
		}
		if got.SD < sd/2 || got.SD > 2*sd {
			t.Errorf("the spread of %s is %.3g, expected %.3g", id, got.SD, sd)
		}
	}
	// The V-statistic is 2E|x−y|/n between exact samples.
	e, _ := floor.Of(Energy)
	simtest.Near(t, "the mean of the energy distance", e.Mean, 2*meanDistance(g.sample(4000, rng), g.sample(4000, rng))/n, 0.03)
	if m, _ := floor.Of(MMD); math.Abs(m.Mean) > 3.5*m.SE || m.SD == 0 {
		t.Errorf("MMD² of exact samples is %+v, expected none on average", m)
	}
}

func TestFloorsOfOtherSeedsAgreeWithinTheirErrors(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	a, b := evaluatorWith(t, s, 300, 1).Floor(300), evaluatorWith(t, s, 300, 2).Floor(300)
	for k, m := range Table() {
		if a[k].SD > 0 && a[k].Mean == b[k].Mean {
			t.Errorf("%s: two seeds have the mean %g", m.ID, a[k].Mean)
		}
		if math.Abs(a[k].Mean-b[k].Mean) > 3.5*math.Hypot(a[k].SE, b[k].SE) {
			t.Errorf("%s: the floors of two seeds are %+v and %+v", m.ID, a[k], b[k])
		}
	}
}

// counting counts the points that are drawn.
type counting struct {
	scenarios.Sampler
	points *atomic.Int64
}

func (c counting) Sample(dst []scenarios.Point, rng *rand.Rand) {
	c.points.Add(int64(len(dst)))
	c.Sampler.Sample(dst, rng)
}

// A stream whose number of points alternates draws each floor once.
func TestAFloorIsDrawnOnceForEachSize(t *testing.T) {
	s, drawn := simtest.Scenario(t, "three-modes"), &atomic.Int64{}
	s.Truth.Sampler = counting{s.Truth.Sampler, drawn}
	v := evaluatorWith(t, s, 100, 1)
	first := [2]Floor{v.Floor(100), v.Floor(200)}
	before, tv := drawn.Load(), first[0][0].Mean
	first[0][0].Mean = 7 // of a copy
	again := [2]Floor{v.Floor(100), v.Floor(200)}
	if drawn.Load() != before || !slices.Equal(again[1], first[1]) || again[0][0].Mean != tv {
		t.Errorf("%d more points were drawn, the floors are %+v, expected %+v", drawn.Load()-before, again, first)
	}
}

// The draws end when they have cost enough, but not before there are a few.
func TestTheDrawsOfAFloorAreAffordable(t *testing.T) {
	for _, c := range []struct {
		draws, cost int
		want        bool
	}{{fewestDraws - 1, 10 * floorCost, true}, {fewestDraws, floorCost, false}, {fewestDraws, floorCost - 1, true}, {mostDraws, 0, true}} {
		if got := (&pairs{draws: c.draws, cost: c.cost}).affordable(); got != c.want {
			t.Errorf("after %d draws that cost %d another is affordable: %v", c.draws, c.cost, got)
		}
	}
	v := evaluatorWith(t, simtest.Scenario(t, "three-modes"), 1000, 1)
	p := &pairs{evaluator: v, x: make([]scenarios.Point, 1000), y: make([]scenarios.Point, 1000)}
	p.next().slicedW2()
	if want := 1000/unsorted + v.estimator.Grid().Len()/node + 2000; p.cost != want || p.draws != 1 {
		t.Errorf("%d draws cost %d, expected %d", p.draws, p.cost, want)
	}
	w2 := Table()[1]
	for se, want := range map[float64]bool{0.11: true, 0.09: false} {
		if got := w2.Imprecise(Spread{Mean: 1, SE: se, Draws: 4}); got != want {
			t.Errorf("a standard error of %g is imprecise: %v", se, got)
		}
	}
}

// Of a hundred exact samples, each against another, fewer than five are not like exact ones.
func TestAPerfectSamplerIsLikeExactOnes(t *testing.T) {
	for _, id := range []string{"uneven-ring", "two-moons", "three-modes"} {
		t.Run(id, func(t *testing.T) {
			const n, times = 300, 100
			s := simtest.Scenario(t, id)
			v := evaluatorWith(t, s, n, 1)
			floor, above := v.Floor(n), map[ID]int{}
			for k := range times {
				v.sample = simtest.Exact(s, n, uint64(5000+k))
				m := v.Measure(simtest.Exact(s, n, uint64(9000+k)))
				for i, metric := range Table() {
					if metric.Grade(m[i], floor[i], v.Modes()) != LikeExact {
						above[metric.ID]++
					}
				}
			}
			for metric, count := range above {
				if count >= 5 {
					t.Errorf("%s: %d of %d exact samples are unlike %+v", metric, count, times, floor)
				}
			}
		})
	}
}

func TestGradesFollowTheSpread(t *testing.T) {
	lower, count, share, even := Metric{LowerIsBetter: true}, Metric{Unit: Count}, Metric{Unit: Share}, Metric{}
	mmd := Spread{Mean: -0.001, SD: 0.01, Draws: 100}
	one := Spread{Mean: 1, SD: 0.1, Draws: 4} // 3·0.1·√1.25 = 0.335
	all := Spread{Mean: 40, Draws: 32}
	most := Spread{Mean: 39, SD: 1, Draws: 32} // b = 5, above 1 + 3.05
	inside := Spread{Mean: 0.989, SD: 0.001, Draws: 32}
	for _, c := range []struct {
		metric Metric
		value  float64
		floor  Spread
		want   Grade
	}{
		{lower, 0.029, mmd, LikeExact},
		{lower, 0.030, mmd, NearExact},
		{lower, 0.06, mmd, FarFromExact},
		{lower, -5, mmd, LikeExact},
		{lower, 5, Spread{}, Ungraded},
		{lower, 1.33, one, LikeExact},
		{lower, 1.34, one, NearExact},
		{lower, 2.67, one, NearExact},
		{lower, 2.68, one, FarFromExact},
		{count, 40, all, LikeExact},
		{count, 39, all, FarFromExact},
		{count, 6, all, FarFromExact},
		{count, 35, most, LikeExact},
		{count, 30, most, NearExact},
		{count, 29, most, FarFromExact},
		{share, 1, inside, LikeExact},
		{share, 0.986, inside, LikeExact},
		{share, 0.98, inside, NearExact},
		{share, 0.9, inside, FarFromExact},
		{even, 0.8, one, LikeExact},
		{even, 1.2, one, LikeExact},
		{even, 0.5, one, NearExact},
		{even, 1.9, one, FarFromExact},
	} {
		if got := c.metric.Grade(Value{c.value, true}, c.floor, 40); got != c.want {
			t.Errorf("%+v: %g against %+v has grade %d, expected %d", c.metric, c.value, c.floor, got, c.want)
		}
	}
	if got := lower.Grade(Value{}, one, 40); got != Ungraded {
		t.Errorf("what is not measured has grade %d", got)
	}
}

// The kernel of MMD² belongs to the target: shifted points do not widen it.
func TestTheKernelWidthIsThatOfTheTarget(t *testing.T) {
	g := newGaussianMixture(t)
	v := evaluatorWith(t, g.scenario, 300, 4)
	x, rng := g.sample(300, rand.New(rand.NewPCG(5, 5))), rand.New(rand.NewPCG(6, 6))
	distances := []float64{}
	for range 20000 {
		p := g.sample(2, rng)
		distances = append(distances, math.Hypot(p[0].X-p[1].X, p[0].Y-p[1].Y))
	}
	slices.Sort(distances)
	simtest.Near(t, "the width", v.width, distances[10000], 0.03)
	before := v.width
	for i := range x {
		x[i].X += 3
	}
	v.Measure(x)
	if other := evaluatorWith(t, g.scenario, 500, 9); v.width != before || other.width != before {
		t.Errorf("the width is %g, of another seed %g, expected %g", v.width, other.width, before)
	}
}

// Not in parallel: it sets the number of processors.
func TestTheFloorHasTheSameBitsOnAnyNumberOfProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	s := simtest.Scenario(t, "gmm40")
	var seen []string
	for _, n := range []int{1, 2} {
		runtime.GOMAXPROCS(n)
		v := evaluatorWith(t, s, 700, 8)
		seen = append(seen, fmt.Sprint(v.Floor(700), v.Measure(simtest.Exact(s, 700, 1))))
	}
	if seen[0] != seen[1] {
		t.Errorf("on one processor %s, on two %s", seen[0], seen[1])
	}
}

func TestKeysSortAsNumbers(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{1, 2, 100, 3000} {
		values, keys := make([]float64, n), make([]uint64, n)
		for i := range values {
			values[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(600)-300))
			if i%17 == 3 {
				values[i] = []float64{0, -1, 1, math.MaxFloat64, -math.MaxFloat64, math.Inf(1)}[rng.IntN(6)]
			}
			keys[i] = key(values[i])
		}
		sortKeys(keys, make([]uint64, n))
		slices.Sort(values)
		for i, k := range keys {
			if number(k) != values[i] {
				t.Fatalf("of %d, number %d is %g, expected %g", n, i, number(k), values[i])
			}
		}
	}
}

func TestFloorsRoundTripAsJSON(t *testing.T) {
	f := make(Floor, len(Table()))
	f[0] = Spread{Mean: 0.5, SD: 0.25, SE: 0.125, Draws: 4}
	text, err := json.Marshal(f)
	if err != nil || !strings.HasPrefix(string(text), `{"tv":{"mean":0.5,"sd":0.25,"se":0.125,"draws":4},"sliced_w2":null,`) {
		t.Errorf("the JSON is %s (%v)", text, err)
	}
	var back Floor
	if err := json.Unmarshal(text, &back); err != nil || !slices.Equal(back, f) {
		t.Errorf("read again it is %v (%v), expected %v", back, err, f)
	}
}

func TestExactTVIsThatOfTheFloor(t *testing.T) {
	v := evaluatorOf(t, "three-modes", 300)
	floor, ok := v.Floor(300).Of(TV)
	if !ok {
		t.Fatal("the floor has no TV")
	}
	if got := v.ExactTV(300, floor.Draws); got != floor {
		t.Errorf("the TV of exact samples is %+v, that of the floor %+v", got, floor)
	}
	few := v.ExactTV(300, 8)
	if few.Draws != 8 || math.Abs(few.Mean-floor.Mean) > 5*few.SE {
		t.Errorf("of eight draws it is %+v, that of the floor %+v", few, floor)
	}
	// U is ½ + ¼ Le Cam, and Le Cam is at most 2 TV.
	u, err := divergences.NewUnderCoverage(1, 1)
	if err != nil {
		t.Fatal(err)
	}
	tv, under := v.ExactTotals(300, 8, u)
	if tv != few || under.Draws != 8 || !(under.Mean > u.Least()) || !(under.SD > 0) || !(under.Mean < u.Least()+tv.Mean/2) {
		t.Errorf("U of exact samples is %+v, beside the TV %+v", under, tv)
	}
}
