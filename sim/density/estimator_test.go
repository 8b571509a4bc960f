package density

import (
	"math"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
	"undercurrent/sim/target"
)

// estimator measures points against the target of a scenario.
func estimator(t testing.TB, s scenarios.Scenario, k Kernel, points []scenarios.Point) *Estimator {
	t.Helper()
	e, err := New(s, k)
	if err != nil {
		t.Fatal(err)
	}
	e.Set(points)
	return e
}

// onFineGrid are samples of ring8, far from the border, with h = 0.3 on 256² nodes over
// [−7, 7]².
func onFineGrid(t *testing.T, n int) *Estimator {
	t.Helper()
	const h = 0.3
	s := simtest.Scenario(t, "ring8")
	s.Window = scenarios.Window{XMin: -7 + 4*h, XMax: 7 - 4*h, YMin: -7 + 4*h, YMax: 7 - 4*h}
	return estimator(t, s, Kernel{Bandwidth: h, Spacing: 14 / 254.9999}, simtest.Exact(s, n, 1))
}

// scoreOnGrid is ∇log q at the points as particles are moved by it.
func scoreOnGrid(e *Estimator) []grid.Vector {
	g := e.Grid()
	logQ, nodes := make([]float64, g.Len()), make([]grid.Vector, g.Len())
	for i, q := range e.Q() {
		logQ[i] = math.Log(q)
	}
	e.Deposit().EachOccupied(func(i int) { nodes[i] = g.Gradient(logQ, i%g.NX, i/g.NX) })
	score := make([]grid.Vector, e.N())
	for i, p := range e.Inside() {
		score[i] = grid.Gather(nodes, g.NX, (p.X-g.X0)/g.Spacing, (p.Y-g.Y0)/g.Spacing)
	}
	return score
}

func TestTheScoreAtTheParticlesIsTheDenseSum(t *testing.T) {
	const n = 10_000
	e := onFineGrid(t, n)
	var wrong, all float64
	for i, got := range scoreOnGrid(e) {
		_, want := simtest.Dense(e.Inside(), e.Kernel().Bandwidth, e.Inside()[i])
		wrong += (got.X-want.X)*(got.X-want.X) + (got.Y-want.Y)*(got.Y-want.Y)
		all += want.X*want.X + want.Y*want.Y
	}
	off := math.Sqrt(wrong / all)
	t.Logf("relative RMS of the score over %d particles at %d² nodes: %.2g", n, e.Grid().NX, off)
	if off > 1e-3 {
		t.Errorf("the score is off by %.2g, expected at most 1e-3", off)
	}
}

func TestTheDensityAtTheNodesIsTheDenseSum(t *testing.T) {
	const n = 10_000
	e := onFineGrid(t, n)
	g := e.Grid()
	var wrong, all float64
	for _, p := range e.Inside()[:3000] {
		i := g.Nearest(p.X, p.Y)
		want, _ := simtest.Dense(e.Inside(), e.Kernel().Bandwidth, g.Node(i))
		wrong += (e.Q()[i] - want) * (e.Q()[i] - want)
		all += want * want
	}
	off := math.Sqrt(wrong / all)
	t.Logf("relative RMS of the density at %d² nodes: %.2g", g.NX, off)
	if off > 1e-3 {
		t.Errorf("the density is off by %.2g, expected at most 1e-3", off)
	}
}

func TestAnExactSampleMatchesTheSmoothedTargetBetterThanTheSharpOne(t *testing.T) {
	s := simtest.Scenario(t, "grid9")
	points := simtest.Exact(s, 200_000, 1)
	matched := estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, points).Totals(nil, false).TV
	sharp := estimator(t, s, Kernel{Bandwidth: s.Bandwidth, Smoothing: target.Sharp}, points).Totals(nil, false).TV
	if matched > 0.03 || sharp < 2*matched {
		t.Errorf("an exact sample is at TV %.4f of the smoothed and %.4f of the sharp target", matched, sharp)
	}
}

// β is the gradient of log p less the score.
func TestBetaIsTheDifferenceOfTheScores(t *testing.T) {
	e := onFineGrid(t, 2000)
	e.LogRatios(false, nil, nil)
	g, logQ := e.Grid(), make([]float64, e.Grid().Len())
	for i, q := range e.Q() {
		logQ[i] = math.Log(q)
	}
	e.Deposit().EachOccupied(func(i int) {
		ix, iy := i%g.NX, i/g.NX
		p, q, beta := g.Gradient(e.Target().LogP, ix, iy), g.Gradient(logQ, ix, iy), e.Beta(ix, iy)
		if d := beta.Plus(q).Plus(p.Times(-1)); d.Dot(d) > 1e-18*(1+p.Dot(p)) {
			t.Fatalf("at node %d β is %v, expected %v − %v", i, beta, p, q)
		}
	})
}

// Two equal round modes with weights 0.97 and 0.03, so near that the kernel carries mass across
// the border: an exact sample has the target masses, and both are the smoothed ones.
func TestAnExactSampleHasTheTargetMassOfEveryRegion(t *testing.T) {
	const h, sigma, apart, n = 0.6, 0.4, 3.0, 200_000
	s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
	m, err := scenarios.Isotropic([]scenarios.Point{{}, {X: apart}}, sigma, []float64{0.97, 0.03})
	if err != nil {
		t.Fatal(err)
	}
	s.Target, s.Truth, s.Division = m, m.Truth(), scenarios.ByBasins
	points := simtest.Exact(s, n, 1)
	e := estimator(t, s, Kernel{Bandwidth: h}, points)
	list := e.Regions(nil)
	if len(list) != 2 {
		t.Fatalf("%d regions, expected 2", len(list))
	}
	// The border is a vertical line between two columns of nodes; each node has its cell.
	g := e.Grid()
	row := e.Target().Regions.Labels[g.NY/2*g.NX : (g.NY/2+1)*g.NX]
	border := g.X(slices.Index(row, 1)) - g.Spacing/2
	tail := func(mean, variance float64) float64 { return math.Erfc((border-mean)/math.Sqrt(2*variance)) / 2 }
	v := sigma*sigma + h*h
	small := 0.97*tail(0, v) + 0.03*tail(apart, v)
	simtest.Near(t, "the target mass", list[1].Mass, small, 1e-3)
	dense := 0.0
	for _, p := range points {
		dense += tail(p.X, h*h) / n
	}
	simtest.Near(t, "the particle mass", list[1].ParticleMass, dense, 1e-3)
	if r := list[1].MassRatio(); math.Abs(r-1) > 4*list[1].SE/small {
		t.Errorf("an exact sample has %.4f of the target mass", r)
	}
}

// Points outside lack in q and in the regions, and count in full in TV.
func TestPointsOutsideAreMeasured(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	inside := simtest.Exact(s, 900, 1)
	points := append(slices.Clone(inside), scenarios.Point{X: -1e3}, scenarios.Point{X: 1e300, Y: 5}, scenarios.Point{Y: 70})
	for len(points) < 1200 {
		points = append(points, scenarios.Point{Y: -50})
	}
	alone, e := estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, inside), estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, points)
	if e.N() != 1200 || e.Outside() != 300 || !slices.Equal(e.Inside(), inside) {
		t.Fatalf("%d of %d points are outside, expected 300 of 1200", e.Outside(), e.N())
	}
	if got, want := CountOutside(points, e.Grid().Bounds()), (Outside{Left: 1, Right: 1, Below: 297, Above: 1}); got != want {
		t.Errorf("outside are %+v, expected %+v", got, want)
	}
	tv := 0.25
	for i, p := range e.Target().P {
		tv += math.Abs(p-0.75*alone.Q()[i]) * e.Grid().Area()
	}
	simtest.Near(t, "TV", e.Totals(nil, false).TV, tv/2, 1e-6)
	own := alone.Regions(nil)
	for k, r := range e.Regions(nil) {
		if r.Count != own[k].Count {
			t.Errorf("region %d has %d points, expected %d", k+1, r.Count, own[k].Count)
		}
		simtest.Near(t, "its share", r.ParticleMass, 0.75*own[k].ParticleMass, 1e-12)
		simtest.Near(t, "its mass ratio", r.MassRatio(), r.ParticleMass/r.Mass, 1e-12)
	}
}

func TestInsideKeepsOrderAndIndices(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}
	points := []scenarios.Point{{X: 0.5}, {X: 3}, {Y: -0.5}, {Y: 2}, {X: -1, Y: 1}}
	inside, indices := Inside(points, w)
	if !slices.Equal(inside, []scenarios.Point{{X: 0.5}, {Y: -0.5}, {X: -1, Y: 1}}) || !slices.Equal(indices, []int32{0, 2, 4}) {
		t.Errorf("inside are %v with the indices %v", inside, indices)
	}
	if all, indices := Inside(inside, w); !slices.Equal(all, inside) || indices != nil {
		t.Errorf("all inside are %v with the indices %v", all, indices)
	}
}

// Totals of the same points are kept, those of others, of another functional or with the
// histogram are not.
func TestTotalsFollowThePoints(t *testing.T) {
	s := simtest.Scenario(t, "uneven-ring")
	a, b := simtest.Exact(s, 1000, 1), simtest.Sample(2, 700, 2)
	e := estimator(t, s, Kernel{Bandwidth: s.Bandwidth}, a)
	first := *e.Totals(nil, false)
	if first.Histogram != nil {
		t.Error("a histogram is there that was not asked for")
	}
	first.Masses, first.Under = slices.Clone(first.Masses), slices.Clone(first.Under)
	e.Set(b)
	second := e.Totals(nil, true)
	if second.TV <= first.TV || second.Histogram == nil {
		t.Errorf("TV is %g of exact samples and %g of others", first.TV, second.TV)
	}
	mass := 0.0
	for _, m := range second.Histogram.mass() {
		mass += m
	}
	simtest.Near(t, "the mass of the histogram", mass, 1, 1e-9)
	e.Set(a)
	third := e.Totals(nil, false)
	if third.TV != first.TV || !slices.Equal(third.Masses, first.Masses) || !slices.Equal(third.Under, first.Under) || third.Histogram != nil {
		t.Errorf("the same points are at TV %g, before at %g", third.TV, first.TV)
	}
	if n := testing.AllocsPerRun(5, func() { e.SetInside(e.Inside(), 1000) }); n != 0 {
		t.Errorf("an estimate allocates %g times", n)
	}
}
