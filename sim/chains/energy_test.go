package chains_test

import (
	"math"
	"testing"

	"undercurrent/sim/chains"
)

// E(Eₜ − Eₜ₋₁)²/Var E is 2(1−ρ) for an AR(1) sequence.
func TestEBFMIOfAR1(t *testing.T) {
	for _, rho := range []float64{0, 0.5, 0.95} {
		for _, e := range chains.EBFMI(autoregressive(2, 50_000, rho, 1)) {
			expect(t, "E-BFMI", e, 2*(1-rho), 0.1)
		}
	}
}

// ArviZ divides the mean square of the changes by the variance with n−1.
func TestEBFMIIsThatOfArviZ(t *testing.T) {
	x := autoregressive(1, 40, 0.3, 2)
	var squares []float64
	for k := 1; k < len(x[0]); k++ {
		squares = append(squares, math.Pow(x[0][k]-x[0][k-1], 2))
	}
	want := average(squares) / math.Pow(spread(x[0]), 2)
	for _, scale := range []float64{1, 1e200, 1e-200} {
		expect(t, "E-BFMI", chains.EBFMI(mapped(x, func(v float64) float64 { return scale * v }))[0], want, 1e-9)
	}
}

func TestEBFMIThatIsNotDefined(t *testing.T) {
	all := chains.EBFMI([][]float64{{1}, {2, 2, 2}, {1, math.Inf(1), 2}})
	for i, want := range []chains.Reason{chains.NoTransition, chains.Constant, chains.NonFinite} {
		expectReason(t, "E-BFMI", all[i], want)
	}
}
