package density

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// Cubics reproduce cubics, on every knot and between them.
func TestKnotsReproduceCubics(t *testing.T) {
	cubic := func(l float64) float64 { return 1 - l/3 + l*l/7 - l*l*l/50 }
	for _, logR := range []float64{-EmptyLogR + knotStep, -20, -divergences.ClipLogR, -1e-9, 0, 0.0034, 1, divergences.ClipLogR, 27.1, EmptyLogR} {
		k, w := knotsAround(logR)
		sum := 0.0
		for j, v := range w {
			sum += v * cubic(logRAt(k+j))
		}
		if want := cubic(logR); math.Abs(sum-want) > 1e-12*math.Abs(want) {
			t.Errorf("at %g the cubic is %.15g, expected %.15g", logR, sum, want)
		}
	}
	k, w := knotsAround(-1000)
	if got := w[0]*float64(k-centreKnot)*knotStep + w[1]*float64(k+1-centreKnot)*knotStep; math.Abs(got+1000) > 1e-9 {
		t.Errorf("far below the line is %g, expected -1000", got)
	}
}

// The table of a functional's integrand is the integrand, sharp ones included; below the
// knots p, which it is multiplied by, counts as well.
func TestIntegrandTablesEqualTheirFunctionals(t *testing.T) {
	for _, id := range divergences.FunctionalIDs() {
		for _, s := range []float64{3, 1, 0.2, 0.003} {
			u, err := divergences.NewFunctional(id, 0.7, s)
			if err != nil {
				t.Fatal(err)
			}
			table := newIntegrand(u)
			for l := -40.0; l < EmptyLogR; l += 0.00317 {
				weight := 1.0
				if l < -EmptyLogR {
					weight = math.Exp(l)
				}
				if got, want := table.at(l), u.TargetIntegrand(l); weight*math.Abs(got-want) > 2*integrandTolerance*max(1, math.Abs(want)) {
					t.Fatalf("%s with s = %g at %g is %.12g, expected %.12g (exact %v)", id, s, l, got, want, table.exact)
				}
			}
		}
	}
}
