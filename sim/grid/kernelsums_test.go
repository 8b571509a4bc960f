package grid

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// directSum is S(x) pair by pair.
func directSum(at scenarios.Point, points []scenarios.Point, values []float64, h float64) (sum float64) {
	for j, p := range points {
		sum += values[j] * math.Exp(-((at.X-p.X)*(at.X-p.X)+(at.Y-p.Y)*(at.Y-p.Y))/(2*h*h))
	}
	return sum
}

func TestKernelSumsEqualSumsOverPairs(t *testing.T) {
	points, w := simtest.Sample(1.5, 400, 11), scenarios.Window{XMin: -8, XMax: 8, YMin: -8, YMax: 8}
	values := make([]float64, len(points))
	for j, p := range simtest.Sample(1, 400, 12) {
		values[j] = p.X
	}
	sizes := make([]float64, len(values))
	for j, v := range values {
		sizes[j] = math.Abs(v)
	}
	at := simtest.Sample(2, 300, 13)
	got := make([]float64, len(at))
	for _, h := range []float64{0.5, 1, 3} {
		s := NewKernelSums(w, h)
		s.Set(points, values)
		s.Evaluate(got, at)
		for k, p := range at {
			want, size := directSum(p, points, values, h), directSum(p, points, sizes, h)
			if math.Abs(got[k]-want) > 3e-3*size+1e-3 {
				t.Fatalf("h %g: the sum at %v is %.6f, expected %.6f", h, p, got[k], want)
			}
		}
	}
}

func TestPointsOutsideAreClamped(t *testing.T) {
	s := NewKernelSums(scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}, 0.5)
	s.Set([]scenarios.Point{{X: 9, Y: 0}}, nil)
	got := make([]float64, 2)
	s.Evaluate(got, []scenarios.Point{{X: 1, Y: 0}, {X: 1e9, Y: 0}})
	if math.Abs(got[0]-1) > 1e-2 || got[0] != got[1] {
		t.Errorf("the sums at the edge are %v, expected 1 twice", got)
	}
}
