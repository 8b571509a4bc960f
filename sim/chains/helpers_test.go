package chains_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/sim/chains"
)

func quantity(t *testing.T, draws [][]float64) *chains.Quantity {
	t.Helper()
	q, err := chains.NewQuantity(draws)
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// autoregressive makes chains of xₜ = ρxₜ₋₁ + √(1−ρ²)ξ, of variance 1, in their stationary law.
func autoregressive(number, draws int, rho float64, seed uint64) [][]float64 {
	all := make([][]float64, number)
	for i := range all {
		rng := rand.New(rand.NewPCG(seed, uint64(i)))
		x := rng.NormFloat64()
		for range draws {
			all[i] = append(all[i], x)
			x = rho*x + math.Sqrt(1-rho*rho)*rng.NormFloat64()
		}
	}
	return all
}

// mapped applies f to every draw.
func mapped(draws [][]float64, f func(float64) float64) [][]float64 {
	all := make([][]float64, len(draws))
	for i, chain := range draws {
		for _, x := range chain {
			all[i] = append(all[i], f(x))
		}
	}
	return all
}

// expect reports a value that is not within a relative tolerance.
func expect(t *testing.T, what string, got chains.Estimate, want, tolerance float64) {
	t.Helper()
	if !got.Defined() || !near(got.Value, want, tolerance) {
		t.Errorf("%s: %v (%s), expected %v within %g", what, got.Value, got.Reason, want, tolerance)
	}
}

// near reports whether two numbers agree to a relative tolerance.
func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*math.Max(math.Abs(b), 1e-3)
}

// expectReason reports a value that is defined, or not for that reason.
func expectReason(t *testing.T, what string, got chains.Estimate, want chains.Reason) {
	t.Helper()
	if got.Reason != want || !math.IsNaN(got.Value) {
		t.Errorf("%s: %v, reason %q, expected NaN with the reason %q", what, got.Value, got.Reason, want)
	}
}

// average is the mean of numbers.
func average(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / float64(len(x))
}

// spread is their standard deviation.
func spread(x []float64) float64 {
	m, sum := average(x), 0.0
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / float64(len(x)-1))
}
