package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

func TestJensenShannonIsTheMeanOfTheSkewedKLs(t *testing.T) {
	forward, reverse := newSkewForward(t, 0.5), newSkewReverse(t, 0.5)
	d := member{divergences.JensenShannon{}, "jensen-shannon"}
	for logR := -13.; logR <= 13; logR += 0.37 {
		f := (forward.F(logR) + reverse.F(logR)) / 2
		potential := (forward.Potential(logR) + reverse.Potential(logR)) / 2
		weight := (forward.Weight(logR) + reverse.Weight(logR)) / 2
		requireNear(t, "f", d, logR, d.F(logR), f, 1e-12, 0)
		requireNear(t, "Φ", d, logR, d.Potential(logR), potential, 1e-12, 1e-3)
		requireNear(t, "w", d, logR, d.Weight(logR), weight, 1e-12, 0)
	}
}

// f(0) = ½ ln 2 and f(r)/r → ½ ln 2, which bounds the divergence by ln 2.
func TestJensenShannonIsBounded(t *testing.T) {
	d := member{divergences.JensenShannon{}, "jensen-shannon"}
	requireNear(t, "f", d, -40, d.F(-40), math.Ln2/2, 1e-13, 0)
	requireNear(t, "f", d, 40, d.F(40), math.Exp(40)*math.Ln2/2, 1e-13, 0)
}
