package grid

import (
	"testing"

	"undercurrent/scenarios"
)

// A kernel wider than the window needs no more nodes than a narrow one.
func TestWideKernelsHaveFewNodes(t *testing.T) {
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -2, YMax: 2}
	for _, h := range []float64{0.3, 1, 5, 100, 1e6} {
		g, err := New(w, h, 0)
		if err != nil {
			t.Fatal(err)
		}
		if max(g.NX, g.NY) > 300 || g.Spacing > h/3 {
			t.Errorf("a bandwidth of %g has %d by %d nodes %g apart", h, g.NX, g.NY, g.Spacing)
		}
	}
}
