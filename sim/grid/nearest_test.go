package grid

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"undercurrent/scenarios"
)

// The nodes nearest to many points are those of single ones, also half-way between two nodes and at the bounds.
func TestNearestOfEachIsNearestOfOne(t *testing.T) {
	g, err := New(scenarios.Window{XMin: -3, XMax: 2, YMin: -1, YMax: 5}, 0.4, 0.11)
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	for _, n := range []int{0, 1, 3, 4, 7, 1001} {
		points := pointsWithin(g.Bounds(), n, rng)
		for k := 2; k < n; k += 3 {
			half := g.X0 + (float64(rng.IntN(g.NX-1))+0.5)*g.Spacing
			points[k].X = []float64{half, math.Nextafter(half, 9), math.Nextafter(half, -9)}[rng.IntN(3)]
		}
		got, want := make([]int32, n+1), make([]int32, n+1)
		got[n], want[n] = 42, 42
		g.NearestOfEach(got[:n], points)
		for k, p := range points {
			want[k] = int32(g.Nearest(p.X, p.Y))
		}
		if !slices.Equal(got, want) {
			t.Errorf("the nodes nearest to %d points are not those of single ones", n)
		}
	}
}
