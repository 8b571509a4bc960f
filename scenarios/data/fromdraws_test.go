package data

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
)

// The target is the density of all draws that are finite, by their weights.
func TestTheDensityOfDraws(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var points, with []scenarios.Point
	var weights []float64
	for range 300 {
		points = append(points, scenarios.Point{X: rng.NormFloat64(), Y: 3 * rng.NormFloat64()})
		weights = append(weights, 1+rng.Float64())
	}
	with = slices.Insert(slices.Clone(points), 7, scenarios.Point{X: math.NaN()}, scenarios.Point{Y: math.Inf(1)})
	for _, of := range [][]float64{nil, weights} {
		some := &Draws{}
		if of == nil {
			some.Add(with, nil)
		} else {
			some.Add(with, slices.Insert(slices.Clone(of), 7, 9, 9))
		}
		s, err := FromDraws("all chains", some)
		if err != nil || s.ID != "KDE of all chains" || s.Window.Check() != nil {
			t.Fatalf("%+v, %v", s, err)
		}
		want, err := NewWeighted(points, of, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range points[:20] {
			if got, want := s.Target.LogDensity(p.X, p.Y), want.LogDensity(p.X, p.Y); got != want {
				t.Errorf("log p at %v is %g, expected %g", p, got, want)
			}
		}
	}
	if _, err := FromDraws("all chains", &Draws{}); err == nil || err.Error() != "the density of all chains: the number of points is 0, expected at least two" {
		t.Errorf("no draws: %v", err)
	}
}

// Of many draws a random subset is taken, in which those of every part of the file are as often as in the file,
// also where they alternate.
func TestManyDrawsAreThinnedEvenly(t *testing.T) {
	const n = 4 * maxDraws
	points, weights := make([]scenarios.Point, n), make([]float64, n)
	for i := range points {
		points[i] = scenarios.Point{X: float64(i) / n, Y: float64(i % 4)}
		weights[i] = 1 + points[i].X
	}
	some, again := &Draws{}, &Draws{}
	some.Add(points, weights)
	again.Add(points, nil)
	if len(some.points) != maxDraws || !slices.Equal(some.points, again.points) {
		t.Fatalf("%d draws are kept, expected the same %d", len(some.points), maxDraws)
	}
	x, turns := 0.0, [4]float64{}
	for k, p := range some.points {
		if some.weights[k] != 1+p.X {
			t.Fatalf("the point %v has the weight %g", p, some.weights[k])
		}
		x += p.X / maxDraws
		turns[int(p.Y)] += 1. / maxDraws
	}
	// Four standard errors.
	if math.Abs(x-0.5) > 4*math.Sqrt(1./12/maxDraws) {
		t.Errorf("the mean place in the file is %g, expected 0.5", x)
	}
	for k, share := range turns {
		if math.Abs(share-0.25) > 4*math.Sqrt(0.25*0.75/maxDraws) {
			t.Errorf("the share of each fourth from the %dth on is %g", k, share)
		}
	}
}

// Columns of very different scales are on a grid that is not too large.
func TestDrawsOfDifferentScalesHaveAGrid(t *testing.T) {
	rng, some := rand.New(rand.NewPCG(1, 2)), &Draws{}
	for range 500 {
		some.Add([]scenarios.Point{{X: rng.NormFloat64(), Y: 2000 * rng.NormFloat64()}}, nil)
	}
	s, err := FromDraws("all draws", some)
	if err != nil {
		t.Fatal(err)
	}
	const nodes, perBandwidth, margin = 1024, 3, 8
	if across := (s.Window.YMax-s.Window.YMin)/s.Bandwidth + margin; across*perBandwidth >= nodes {
		t.Errorf("the window is %g bandwidths high, expected less than %d", across, nodes/perBandwidth)
	}
}
