package data

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
)

// The kernels' masses by error functions, and draws, which the wide Gaussian takes part in.
func TestMassOutsideOfPoints(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 1))
	points := make([]scenarios.Point, 200)
	for i := range points {
		points[i] = scenarios.Point{X: rng.NormFloat64(), Y: 2 * rng.NormFloat64()}
	}
	s, err := NewSampled(points, 0.3)
	if err != nil {
		t.Fatal(err)
	}
	w := scenarios.Window{XMin: -1, XMax: 1.5, YMin: -3, YMax: 1}
	inside := func(lo, hi, at float64) float64 {
		return (math.Erf((hi-at)/(0.3*math.Sqrt2)) - math.Erf((lo-at)/(0.3*math.Sqrt2))) / 2
	}
	want := 0.0
	for _, p := range points {
		want += (1 - inside(w.XMin, w.XMax, p.X)*inside(w.YMin, w.YMax, p.Y)) / 200
	}
	got := s.MassOutside(w)
	if got < (1-1e-3)*want-1e-12 || got > (1-1e-3)*want+1e-3 {
		t.Errorf("%g of the mass is outside, expected %g and at most 1e-3 more", got, (1-1e-3)*want)
	}
	const n = 400_000
	draws, outside := make([]scenarios.Point, n), 0.0
	s.Sample(draws, rng)
	for _, p := range draws {
		if !w.Contains(p) {
			outside += 1. / n
		}
	}
	if math.Abs(got-outside) > 4*math.Sqrt(outside*(1-outside)/n) {
		t.Errorf("%g of the mass is outside, and %g of the draws", got, outside)
	}
}

// A dense sum over the bilinear log-density, with a cell that a zero empties, and steep ones.
func TestMassOutsideOfAGrid(t *testing.T) {
	logs := []float64{0, 1, 2, 0.5, -1, 3, 12, 0, 1, -0.5, 0, -20, 2, 1, 0, math.Inf(-1)}
	grid, err := NewGridded(logs, 4, 4, scenarios.Window{XMin: 0, XMax: 3, YMin: 0, YMax: 6}, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range []scenarios.Window{
		{XMin: 0.5, XMax: 2.25, YMin: 1, YMax: 5}, {XMin: 2.5, XMax: 9, YMin: -9, YMax: 4}, {XMin: -9, XMax: 9, YMin: 0.5, YMax: 9}, {XMin: 20, XMax: 21, YMin: 0, YMax: 1},
	} {
		const n = 1200 // a multiple of the cells, whose middles meet no edge
		outside, total := 0.0, 0.0
		for j := range n {
			for i := range n {
				p := scenarios.Point{X: 3 * (float64(i) + 0.5) / n, Y: 6 * (float64(j) + 0.5) / n}
				v := math.Exp(grid.LogDensity(p.X, p.Y))
				if total += v; !w.Contains(p) {
					outside += v
				}
			}
		}
		if got := grid.MassOutside(w); math.Abs(got-outside/total) > 3e-5 {
			t.Errorf("%v: %g of the mass is outside, expected %g", w, got, outside/total)
		}
	}
	if got := grid.MassOutside(scenarios.Window{XMin: 0, XMax: 3, YMin: 0, YMax: 6}); got != 0 {
		t.Errorf("%g of the mass is outside the whole grid, expected none", got)
	}
}
