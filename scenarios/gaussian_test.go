package scenarios_test

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestStartTexts(t *testing.T) {
	for start, want := range map[scenarios.Start]string{
		scenarios.NewGaussianStart(0, 0, 3):      "N(0, 3²)",
		scenarios.NewGaussianStart(-1.5, 0, 1.8): "N((−1.5, 0), 1.8²)",
	} {
		if start.Text != want {
			t.Errorf("got %q, want %q", start.Text, want)
		}
	}
}

func TestGaussianHasItsMoments(t *testing.T) {
	const draws = 100_000
	points := make([]scenarios.Point, draws)
	scenarios.Gaussian{Mean: scenarios.Point{2, -3}, Sigma: 1.5}.Sample(points, scenariotest.Seeded(9))
	var mx, my, xx, xy, yy float64
	for _, p := range points {
		dx, dy := (p.X-2)/1.5, (p.Y+3)/1.5
		mx, my = mx+dx/draws, my+dy/draws
		xx, xy, yy = xx+dx*dx/draws, xy+dx*dy/draws, yy+dy*dy/draws
	}
	for _, got := range []float64{mx, my, (xx - 1) / math.Sqrt2, xy, (yy - 1) / math.Sqrt2} {
		if math.Abs(got) > 5/math.Sqrt(draws) {
			t.Errorf("a standardised moment is off by %g", got)
		}
	}
}
