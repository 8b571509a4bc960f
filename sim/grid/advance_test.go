package grid

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
)

func TestAdvanceHasTheBitsOfSinglePoints(t *testing.T) {
	g, err := New(scenarios.Window{XMin: -3, XMax: 2, YMin: -1, YMax: 5}, 0.4, 0.11)
	if err != nil {
		t.Fatal(err)
	}
	rng, bounds := rand.New(rand.NewPCG(3, 4)), g.Bounds()
	field := make([]Vector, g.Len())
	for i := range field {
		field[i] = Vector{rng.NormFloat64(), rng.NormFloat64()}.Times(math.Exp(4 * rng.NormFloat64()))
	}
	for _, n := range []int{0, 1, 2, 3, 1001} {
		points := make([]scenarios.Point, n)
		for k := range points {
			points[k] = scenarios.Point{X: bounds.XMin + rng.Float64()*(bounds.XMax-bounds.XMin), Y: bounds.YMin + rng.Float64()*(bounds.YMax-bounds.YMin)}
			switch k {
			case 0:
				points[k] = scenarios.Point{X: bounds.XMin, Y: bounds.YMin}
			case 1:
				points[k] = scenarios.Point{X: bounds.XMax, Y: bounds.YMax}
			}
		}
		want := slices.Clone(points)
		wantClamped := g.advanceEach(want, field, bounds)
		if clamped := g.Advance(points, field, bounds); clamped != wantClamped {
			t.Errorf("of %d points %d are clamped, expected %d", n, clamped, wantClamped)
		}
		for k, p := range points {
			if p != want[k] {
				t.Fatalf("point %d of %d is moved to %v, expected %v", k, n, p, want[k])
			}
		}
		if n == 1001 && (wantClamped < 50 || wantClamped > 950) {
			t.Errorf("%d points are clamped: too few, or too many, to tell", wantClamped)
		}
	}
}
