package metrics

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// weighted are points with whole weights that sum to total, and the points as often as these say.
func weighted(t *testing.T, n, total int) (c scenarios.Cloud, all []scenarios.Point) {
	t.Helper()
	points, weights := simtest.Sample(2, n, 11), make([]float64, n)
	rng := rand.New(rand.NewPCG(6, 6))
	for i := range weights {
		weights[i] = 1
	}
	for range total - n {
		weights[rng.IntN(n/2)]++
	}
	for i, p := range points {
		for range int(weights[i]) {
			all = append(all, p)
		}
	}
	c, err := scenarios.NewCloud(points, weights)
	if err != nil {
		t.Fatal(err)
	}
	return c, all
}

// times are points, each a number of times.
func times(points []scenarios.Point, n int) (all []scenarios.Point) {
	for range n {
		all = append(all, points...)
	}
	return all
}

// The distances of a weighted cloud are those of its points repeated, whatever the size of the sample.
func TestDistancesByShareAreThoseOfRepeatedPoints(t *testing.T) {
	c, all := weighted(t, 120, 420)
	s := newSlicer(grid.NewWorkers())
	for _, m := range []int{420, 210, 60, 2} {
		y := simtest.Sample(1.5, m, 12)
		w2, energy := s.distances(c, y)
		wantW2, wantEnergy := s.distances(scenarios.Cloud{Points: all}, times(y, 420/m))
		simtest.Near(t, "sliced W2", w2, wantW2, 1e-12)
		simtest.Near(t, "energy distance", energy, wantEnergy, 1e-12)
	}
}

// A cloud against itself, and one of a single point that has almost all of the mass.
func TestDistancesByShareAtTheEdges(t *testing.T) {
	s := newSlicer(grid.NewWorkers())
	points := simtest.Sample(1, 40, 3)
	c := scenarios.Cloud{Points: points, Shares: slices.Repeat([]float64{1. / 40}, 40)}
	if w2, energy := s.distances(c, points); w2 > 1e-7 || math.Abs(energy) > 1e-14 {
		t.Errorf("a cloud has distances %g and %g to itself", w2, energy)
	}
	c = scenarios.Cloud{Points: []scenarios.Point{{X: 3, Y: 4}, {X: 100}}, Shares: []float64{1 - 1e-16, 1e-16}}
	w2, _ := s.distances(c, make([]scenarios.Point, 7))
	simtest.Near(t, "sliced W2", w2, 5/math.Sqrt2, 1e-9) // the mean square of a projection is half of |x|²
}

func TestMMDByShareIsTheDenseSum(t *testing.T) {
	c, _ := weighted(t, 150, 500)
	j := evaluatorOf(t, "three-modes", SampleSize(c))
	j.draw(SampleSize(c))
	k := func(a, b scenarios.Point) float64 {
		return math.Exp(-(math.Pow(a.X-b.X, 2) + math.Pow(a.Y-b.Y, 2)) / (2 * j.width * j.width))
	}
	xx, pairs, xy, yy, m := 0.0, 0.0, 0.0, 0.0, float64(len(j.sample))
	for i, a := range c.Points {
		for l, b := range c.Points {
			if i != l {
				xx, pairs = xx+c.Shares[i]*c.Shares[l]*k(a, b), pairs+c.Shares[i]*c.Shares[l]
			}
		}
		for _, b := range j.sample {
			xy += c.Shares[i] * k(a, b) / m
		}
	}
	for i, a := range j.sample {
		for l, b := range j.sample {
			if i != l {
				yy += k(a, b) / (m * (m - 1))
			}
		}
	}
	got, _ := j.MeasureCloud(c).Of(MMD)
	simtest.Near(t, "MMD²", got, xx/pairs+yy-2*xy, 2e-3)
}

// Whatever refers to the mass alone is that of repeated points.
func TestMassesByShareAreThoseOfRepeatedPoints(t *testing.T) {
	c, all := weighted(t, 300, 900)
	j := evaluatorOf(t, "three-modes", 300)
	got, want := j.MeasureCloud(c), j.Measure(all)
	for _, id := range []ID{TV, Filled, Quality, Entropy, MassKL} {
		a, _ := got.Of(id)
		b, _ := want.Of(id)
		simtest.Near(t, string(id), a, b, 1e-12)
	}
}

// A mode is visited by the mass of one draw of as many as the effective size.
func TestModesAreVisitedByMass(t *testing.T) {
	modes := []mode{{scenarios.Point{X: -10}, 1, 1, 0}, {scenarios.Point{X: 10}, 1, 1, 0}}
	for _, c := range []struct {
		weights []float64
		want    int
	}{
		{[]float64{1, 1, 1, 1}, 2}, {[]float64{1, 1, 1, 0.9}, 1}, {[]float64{1, 1, 1, 1.1}, 2}, {[]float64{1e-3, 1e-3, 1e-3, 1}, 1},
	} {
		cloud, err := scenarios.NewCloud([]scenarios.Point{{X: -10}, {X: -9}, {X: -11}, {X: 10}}, c.weights)
		if err != nil {
			t.Fatal(err)
		}
		n := about(cloud, modes, []float64{0.5, 0.5})
		if n.visited != c.want || math.Abs(n.quality-1) > 1e-15 {
			t.Errorf("weights %v visit %d modes with quality %g, expected %d", c.weights, n.visited, n.quality, c.want)
		}
	}
}

// Importance draws of the target are like exact ones: no metric is far from its floor.
func TestWeightedDrawsOfTheTargetAreLikeExactOnes(t *testing.T) {
	s := simtest.Scenario(t, "three-modes")
	points, weights := simtest.Sample(3, 6000, 21), make([]float64, 6000)
	for i, p := range points {
		weights[i] = math.Exp(s.Target.LogDensity(p.X, p.Y) + (p.X*p.X+p.Y*p.Y)/18)
	}
	c, err := scenarios.NewCloud(points, weights)
	if err != nil {
		t.Fatal(err)
	}
	n := SampleSize(c)
	if n < 500 || n > 5000 {
		t.Fatalf("the effective size is %d", n)
	}
	j, err := NewEvaluator(s, density.Kernel{Bandwidth: s.Bandwidth}, n, 1)
	if err != nil {
		t.Fatal(err)
	}
	got, floor := j.MeasureCloud(c), j.Floor(n)
	for k, m := range Table() {
		if m.Grade(got[k], floor[k], j.Modes()) == FarFromExact {
			t.Errorf("%s is %g, exact samples have %g ± %g", m.Name, got[k].V, floor[k].Mean, floor[k].SD)
		}
	}
}
