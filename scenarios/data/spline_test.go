package data

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// splineOf interpolates f on a lattice that is finer along y.
func splineOf(f func(x, y float64) float64, bendX, bendY float64) spline {
	x, y := axis{first: -2, spacing: 0.25, n: 21}, axis{first: 1, spacing: 0.1, n: 34}
	values := make([]float64, x.n*y.n)
	for at := range values {
		values[at] = f(x.node(at%x.n), y.node(at/x.n))
	}
	return newSpline(values, x, y, bendX, bendY)
}

func wave(x, y float64) float64 { return math.Sin(1.5*x)*math.Cos(2*y) + 0.1*x*y }

func TestSplineInterpolatesItsNodes(t *testing.T) {
	s := splineOf(wave, 0, 0)
	for j := 1; j < s.y.n-1; j++ {
		for i := 1; i < s.x.n-1; i++ {
			x, y := s.x.node(i), s.y.node(j)
			if got, want := s.value(x, y), wave(x, y); !scenariotest.Near(got, want, 1e-13) {
				t.Fatalf("at node (%d, %d) the value is %.15g, want %.15g", i, j, got, want)
			}
		}
	}
}

// Quadratics are met everywhere, the rim included.
func TestSplineReproducesQuadratics(t *testing.T) {
	f := func(x, y float64) float64 { return 1 - x + 2*y - 3*x*x + 0.5*x*y + 0.7*y*y }
	s := splineOf(f, -6, 1.4)
	w := scenarios.Window{XMin: s.x.node(1), XMax: s.x.node(s.x.n - 2), YMin: s.y.node(1), YMax: s.y.node(s.y.n - 2)}
	for range 2000 {
		p := scenariotest.Uniform(w, scenariotest.Seeded(1))
		gx, gy := s.slope(p.X, p.Y)
		if !scenariotest.Near(s.value(p.X, p.Y), f(p.X, p.Y), 1e-12) || !scenariotest.Near(gx, -1-6*p.X+0.5*p.Y, 1e-11) || !scenariotest.Near(gy, 2+0.5*p.X+1.4*p.Y, 1e-11) {
			t.Fatalf("at %v the value is %.15g, want %.15g, the slope (%g, %g)", p, s.value(p.X, p.Y), f(p.X, p.Y), gx, gy)
		}
	}
}

// Value, slope and curvature are the same from both sides of a cell's edge.
func TestASplineHasContinuousSecondDerivatives(t *testing.T) {
	s := splineOf(wave, 0, 0)
	const d = 1e-4
	for i := 2; i < s.x.n-3; i++ {
		x, y := s.x.node(i), 2.345
		left, _ := s.slope(x-d, y)
		here, _ := s.slope(x, y)
		right, _ := s.slope(x+d, y)
		if jump := (right - 2*here + left) / d; math.Abs(jump) > 1e-2 {
			t.Errorf("at node %d the curvature jumps by %g", i, jump)
		}
	}
}
