package divergences_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"undercurrent/divergences"
)

func TestAlphaRange(t *testing.T) {
	for _, alpha := range []float64{5, -3.1, math.NaN(), math.Inf(1)} {
		_, err := divergences.NewAlpha(alpha)
		want := fmt.Sprintf("alpha is %g, expected a number from -3 to 3", alpha)
		if err == nil || err.Error() != want {
			t.Errorf("NewAlpha(%v) says %v, expected %q", alpha, err, want)
		}
	}
}

func TestAlphaEqualsTheNamedDivergences(t *testing.T) {
	cases := []struct {
		alpha   float64
		factor  float64
		sibling divergences.Divergence
	}{
		{0, 1, divergences.ReverseKL{}},
		{0.5, 2, divergences.Hellinger{}},
		{1, 1, divergences.ForwardKL{}},
		{2, 0.5, divergences.Pearson{}},
		{-1, 0.5, divergences.Neyman{}},
	}
	for _, c := range cases {
		d := member{newAlpha(t, c.alpha), fmt.Sprintf("alpha %v", c.alpha)}
		requireSame(t, d, member{c.sibling, c.sibling.Info().ID}, c.factor)
	}
}

// The quotient (r^α − αr + α − 1)/(α(α − 1)) loses all its digits near α = 0,
// α = 1 and r = 1, so it is compared with 600-bit arithmetic.
func TestAlphaLosesNoDigits(t *testing.T) {
	alphas := []float64{-3, -1, -0.1, -1e-4, -1e-9, 1e-9, 1e-4, 0.3, 0.5, 0.9, 1 - 1e-4, 1 - 1e-9, 1 + 1e-9, 1 + 1e-4, 1.5, 2, 3}
	for _, alpha := range alphas {
		d := member{newAlpha(t, alpha), fmt.Sprintf("alpha %v", alpha)}
		for _, logR := range []float64{-14, -5, -1, -0.9, -0.1, -1e-3, -1e-6, 1e-6, 1e-3, 0.1, 0.33, 0.5, 1, 2, 5, 14} {
			requireNear(t, "f", d, logR, d.F(logR), exactAlphaF(alpha, logR), 1e-13, 0)
		}
	}
}

func exactAlphaF(alpha, logR float64) float64 {
	a, one := number(alpha), number(1)
	numerator := bigExp(mul(a, number(logR)))
	numerator = sub(numerator, mul(a, bigExp(number(logR))))
	numerator = sub(numerator, sub(one, a))
	quotient := number(0)
	quotient.Quo(numerator, mul(a, sub(a, one)))
	value, _ := quotient.Float64()
	return value
}

const bits = 600

func number(x float64) *big.Float { return new(big.Float).SetPrec(bits).SetFloat64(x) }
func mul(x, y *big.Float) *big.Float {
	return number(0).Mul(x, y)
}
func sub(x, y *big.Float) *big.Float { return number(0).Sub(x, y) }

// bigExp is e^x by its series; the cancellation at x = −42 costs 120 bits.
func bigExp(x *big.Float) *big.Float {
	sum, term := number(1), number(1)
	for k := 1; k < 400; k++ {
		term = number(0).Quo(mul(term, x), number(float64(k)))
		sum.Add(sum, term)
	}
	return sum
}
