package data

import (
	"math"
	"strings"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// What is bilinear is met everywhere; its slope is the score.
func TestGriddedIsBilinear(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 3, YMin: 2, YMax: 5}
	f := func(x, y float64) float64 { return 1 + 2*x - y + 0.5*x*y }
	g, err := NewGridded(scenariotest.Tabulate(9, 7, w, f), 9, 7, w, true)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []scenarios.Point{{X: -1, Y: 2}, {X: 3, Y: 5}, {X: 0.3, Y: 3.7}, {X: 2.99, Y: 2.01}, {X: 1, Y: 3.5}} {
		gx, gy := g.Score(p.X, p.Y)
		if got := g.LogDensity(p.X, p.Y); math.Abs(got-f(p.X, p.Y)) > 1e-12 || math.Abs(gx-(2+0.5*p.Y)) > 1e-12 || math.Abs(gy-(0.5*p.X-1)) > 1e-12 {
			t.Errorf("at %v the value is %g, expected %g, the score (%g, %g)", p, got, f(p.X, p.Y), gx, gy)
		}
	}
	if got := g.LogDensity(-1.01, 3); !math.IsInf(got, -1) {
		t.Errorf("outside the value is %g", got)
	}
}

func TestDensitiesOnAGridMayVanish(t *testing.T) {
	w := scenarios.Window{XMin: 0, XMax: 2, YMin: 0, YMax: 1}
	g, err := NewGridded([]float64{0, 1, math.E, 0, 1, math.E}, 3, 2, w, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := g.LogDensity(0.5, 0.5); !math.IsInf(got, -1) {
		t.Errorf("next to an empty node the log-density is %g", got)
	}
	gx, gy := g.Score(0.5, 0.5)
	if at, beyond := g.LogDensity(1, 0.5), g.LogDensity(1.5, 0.5); at != 0 || math.Abs(beyond-0.5) > 1e-12 || gx != 0 || gy != 0 {
		t.Errorf("the log-densities are %g and %g, the score where nothing is (%g, %g)", at, beyond, gx, gy)
	}
}

// At the very edge, where rounding leads past the last node, nothing stays nothing.
func TestGriddedIsFiniteAtItsEdge(t *testing.T) {
	for _, w := range []scenarios.Window{{XMin: -2, XMax: 2, YMin: -1, YMax: 1}, {XMin: -0.1, XMax: 0.7, YMin: 0.3, YMax: 0.9}, {XMin: 1e-3, XMax: 1, YMin: -7, YMax: 1. / 3}} {
		values := make([]float64, 240*120)
		values[120*60+60] = 1
		g, err := NewGridded(values, 240, 120, w, false)
		if err != nil {
			t.Fatal(err)
		}
		for k := range 1000 {
			u := float64(k) / 999
			for _, p := range []scenarios.Point{{X: w.XMax, Y: w.YMin + u*(w.YMax-w.YMin)}, {X: w.XMin + u*(w.XMax-w.XMin), Y: w.YMax}, {X: w.XMin + u*(w.XMax-w.XMin), Y: w.YMin}} {
				if got := g.LogDensity(p.X, p.Y); math.IsNaN(got) || math.IsInf(got, 1) {
					t.Fatalf("at %v of %v the log-density is %g", p, w, got)
				}
			}
		}
	}
}

func TestGriddedErrorsAreLocated(t *testing.T) {
	w := scenarios.Window{XMin: 0, XMax: 1, YMin: 0, YMax: 1}
	for _, c := range []struct {
		values []float64
		nx, ny int
		log    bool
		want   string
	}{
		{[]float64{1, 2, 3}, 3, 1, true, "1 rows of 3 values, expected at least two"},
		{[]float64{1, 2, math.NaN(), 4}, 2, 2, true, "row 1, column 0: NaN is not a density"},
		{[]float64{1, math.Inf(1), 3, 4}, 2, 2, true, "row 0, column 1: +Inf is not a density"},
		{[]float64{1, 2, 3, -4}, 2, 2, false, "row 1, column 1: density -4 is negative"},
		{[]float64{0, 0, 0, 0}, 2, 2, false, "vanishes everywhere"},
	} {
		if g, err := NewGridded(c.values, c.nx, c.ny, w, c.log); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v gives %v and %v, expected %q", c.values, g, err, c.want)
		}
	}
}
