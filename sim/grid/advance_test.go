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
	field := randomField(g, rng)
	for _, n := range []int{0, 1, 3, 4, 7, 1001} {
		points := pointsWithin(bounds, n, rng)
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

// randomField has vectors from short ones to some far beyond the bounds.
func randomField(g Grid, rng *rand.Rand) []Vector {
	field := make([]Vector, g.Len())
	for i := range field {
		field[i] = Vector{rng.NormFloat64(), rng.NormFloat64()}.Times(math.Exp(4 * rng.NormFloat64()))
	}
	return field
}

// pointsWithin are n points within bounds, the first two in their corners.
func pointsWithin(bounds scenarios.Window, n int, rng *rand.Rand) []scenarios.Point {
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
	return points
}

// SpreadChange has the sums of single points, and they are what Advance changes the cloud-in-cell weights by, to first
// order.
func TestSpreadChange(t *testing.T) {
	g, err := New(scenarios.Window{XMin: -3, XMax: 2, YMin: -1, YMax: 5}, 0.4, 0.11)
	if err != nil {
		t.Fatal(err)
	}
	rng, bounds := rand.New(rand.NewPCG(5, 4)), g.Bounds()
	field := randomField(g, rng)
	const scale = 1 << 20
	for _, n := range []int{0, 1, 3, 4, 7, 1001} {
		points := pointsWithin(bounds, n, rng)
		got, want := make([]int64, g.Len()), make([]int64, g.Len())
		g.SpreadChange(got, points, field, bounds, scale)
		if g.spreadChangeOfEach(want, points, field, bounds, scale); !slices.Equal(got, want) {
			t.Fatalf("the sums of %d points are not those of single points", n)
		}
		moved, sums := slices.Clone(points), make([]int64, g.Len())
		clamped, wantClamped := g.AdvanceWithChange(sums, moved, field, bounds, scale), g.Advance(points, field, bounds)
		if !slices.Equal(sums, want) || !slices.Equal(moved, points) || clamped != wantClamped {
			t.Fatalf("%d points that move, %d of them clamped, have other sums or ends than without each other", n, clamped)
		}
	}
	for i := range field {
		field[i] = field[i].Times(1e-7 / (1 + math.Sqrt(field[i].Dot(field[i]))))
	}
	from := pointsWithin(bounds, 50, rng)[2:]
	to := slices.Clone(from)
	g.Advance(to, field, bounds)
	const small = 1e15
	sums := make([]int64, g.Len())
	g.SpreadChange(sums, from, field, bounds, small)
	change := make([]float64, g.Len())
	for k := range from {
		g.addWeights(change, from[k], -1)
		g.addWeights(change, to[k], 1)
	}
	for i, c := range change {
		if got := float64(sums[i]) / small / g.Spacing; math.Abs(got-c) > 1e-4*1e-7/g.Spacing {
			t.Errorf("the change at node %d is %g, expected %g", i, got, c)
		}
	}
}

// addWeights adds the cloud-in-cell weights of a point, times a factor.
func (g Grid) addWeights(nodes []float64, p scenarios.Point, times float64) {
	u, v := (p.X-g.X0)/g.Spacing, (p.Y-g.Y0)/g.Spacing
	for iy := int(v); iy <= int(v)+1; iy++ {
		for ix := int(u); ix <= int(u)+1; ix++ {
			nodes[iy*g.NX+ix] += times * (1 - math.Abs(u-float64(ix))) * (1 - math.Abs(v-float64(iy)))
		}
	}
}
