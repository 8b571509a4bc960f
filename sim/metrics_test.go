package sim

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
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

func TestCoverageOfKnownShares(t *testing.T) {
	s := scenario(t, "grid9")
	f := newFlow(t, s, divergence(t, "reverse-kl"), particles(2))
	covered, quality, entropy := f.regions.coverage(s.Truth.Modes)
	if covered != 9 || quality != 1 || math.Abs(entropy-1) > 1e-12 {
		t.Errorf("a particle at every mode covers %d, quality %g, entropy %g", covered, quality, entropy)
	}
	away := scenarios.Point{X: 2.5, Y: 2.4}
	covered, quality, entropy = f.regions.coverage([]scenarios.Point{{X: 5, Y: 5}, {X: 5.1, Y: 5}, away, {X: -5, Y: 0}})
	if covered != 2 || quality != 0.75 {
		t.Errorf("two modes and one stray cover %d with quality %g", covered, quality)
	}
	near(t, "the entropy", entropy, entropyOf(0.5, 0.25, 0.25)/math.Log(9), 1e-12)
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
	if now.SlicedW2 > 3*floor.SlicedW2 || now.Energy > 10*floor.Energy || now.Covered != 3 {
		t.Errorf("an exact sample is at %+v, the floor at %+v", now, floor)
	}
	far := newFlow(t, scenario(t, "three-modes"), divergence(t, "reverse-kl"), particles(4000))
	if away, _, _ := far.Metrics(5); away.SlicedW2 < 5*floor.SlicedW2 {
		t.Errorf("the start is at %g, hardly more than the floor %g", away.SlicedW2, floor.SlicedW2)
	}
}
