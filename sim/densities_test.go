package sim

import (
	"math"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// plain hides what kind of a target it is.
type plain struct{ scenarios.Target }

// A mixture has a way of its own through the tabulation, which is that of every target:
// near its modes, where a window sees tails alone, and where they underflow.
func TestAMixtureIsTabulatedLikeAnyTarget(t *testing.T) {
	c := grid.NewWorkers()
	m := scenario(t, "gmm40").Target
	for _, w := range []scenarios.Window{{XMin: -50, XMax: 50, YMin: -50, YMax: 50}, {XMin: 60, XMax: 90, YMin: 0, YMax: 30}, {XMin: 400, XMax: 420, YMin: 0, YMax: 20}} {
		h := (w.XMax - w.XMin) / 60
		g, err := grid.New(w, h, 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []Smoothing{Matched, Sharp} {
			got, err := tabulate(m, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			want, err := tabulate(plain{m}, g, h, s, c)
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(got.logZ-want.logZ) > 1e-11*math.Abs(want.logZ) {
				t.Errorf("%+v %v: log Z is %.15g, expected %.15g", w, s, got.logZ, want.logZ)
			}
			for i := range want.p {
				// Where all underflows the sharp target stands in, from a floor that differs.
				if l := want.logP[i]; l > -1000 && math.Abs(got.logP[i]-l) > 1e-9 {
					t.Fatalf("%+v %v: log p is %.12g at node %d, expected %.12g", w, s, got.logP[i], i, l)
				}
				if math.Abs(got.p[i]-want.p[i]) > 1e-9*want.p[i]+1e-300 {
					t.Fatalf("%+v %v: p is %.15g at node %d, expected %.15g", w, s, got.p[i], i, want.p[i])
				}
			}
		}
	}
}
