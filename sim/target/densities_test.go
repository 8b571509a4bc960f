package target

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/internal/simtest"
)

// plain hides what kind of a target it is.
type plain struct{ scenarios.Target }

// A mixture has a way of its own through the tabulation, which is that of every target:
// near its modes, where a window sees tails alone, and where they underflow.
func TestMixturesAreTabulatedLikeOtherTargets(t *testing.T) {
	c := grid.NewWorkers()
	m := simtest.Scenario(t, "gmm40").Target
	for _, w := range []scenarios.Window{{XMin: -50, XMax: 50, YMin: -50, YMax: 50}, {XMin: 60, XMax: 90, YMin: 0, YMax: 30}, {XMin: 400, XMax: 420, YMin: 0, YMax: 20}} {
		h := (w.XMax - w.XMin) / 60
		g, err := grid.New(w, h, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []Smoothing{Matched, Sharp} {
			got, err := Tabulate(m, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			want, err := Tabulate(plain{m}, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got.LogZ-want.LogZ) > 1e-11*math.Abs(want.LogZ) {
				t.Errorf("%+v %v: log Z is %.15g, expected %.15g", w, s, got.LogZ, want.LogZ)
			}
			for i := range want.P {
				// Where all underflows the sharp target stands in, from a floor that differs.
				if l := want.LogP[i]; l > -1000 && math.Abs(got.LogP[i]-l) > 1e-9 {
					t.Fatalf("%+v %v: log p is %.12g at node %d, expected %.12g", w, s, got.LogP[i], i, l)
				}
				if math.Abs(got.P[i]-want.P[i]) > 1e-9*want.P[i]+1e-300 {
					t.Fatalf("%+v %v: p is %.15g at node %d, expected %.15g", w, s, got.P[i], i, want.P[i])
				}
			}
		}
	}
}
