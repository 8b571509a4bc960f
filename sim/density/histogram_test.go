package density

import (
	"math"
	"math/rand/v2"
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

// The knots around many log ratios are those around single ones, to the last bit: at kinks, between them, beyond the knots
// and where there is no number.
func TestKnotsOfEachAreThoseOfOne(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	logRs := []float64{0, -EmptyLogR, EmptyLogR, math.Nextafter(EmptyLogR, 99), -1000, 1000, logRAt(1), logRAt(lowerKnee), logRAt(upperKnee - 1)}
	for range 5000 {
		logRs = append(logRs, (2*rng.Float64()-1)*EmptyLogR, logRAt(rng.IntN(knots)), logRAt(upperKnee)+(rng.Float64()-0.5)*3*knotStep, logRAt(lowerKnee)+(rng.Float64()-0.5)*3*knotStep)
		if rng.IntN(50) == 0 {
			logRs = append(logRs, -1.2*EmptyLogR)
		}
	}
	for _, n := range []int{0, 1, 3, 4, 5, 9, len(logRs)} {
		got := make([]aroundKnots, n)
		knotsOfEach(got, logRs[:n])
		for k, logR := range logRs[:n] {
			if first, w := knotsAround(logR); got[k] != (aroundKnots{first + 1, w}) {
				t.Fatalf("of %d the knots around %v are %v, expected %v from %d on", n, logR, got[k], w, first)
			}
		}
	}
}
