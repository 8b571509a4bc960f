package divergences_test

import (
	"fmt"
	"math"
	"testing"

	"undercurrent/divergences"
)

func TestLambdaRange(t *testing.T) {
	for _, lambda := range []float64{0, 1, -0.5, 2, math.NaN()} {
		want := fmt.Sprintf("lambda is %g, expected a number strictly between 0 and 1", lambda)
		if _, err := divergences.NewSkewForwardKL(lambda); err == nil || err.Error() != want {
			t.Errorf("NewSkewForwardKL(%v) says %v, expected %q", lambda, err, want)
		}
		if _, err := divergences.NewSkewReverseKL(lambda); err == nil || err.Error() != want {
			t.Errorf("NewSkewReverseKL(%v) says %v, expected %q", lambda, err, want)
		}
	}
}

func TestSkewLimits(t *testing.T) {
	const (
		near0 = 1e-9
		near1 = 1 - 1e-9
	)
	rest := 1 - near1
	cases := []struct {
		name    string
		d       divergences.Divergence
		factor  float64
		sibling divergences.Divergence
	}{
		{"skew forward, λ → 0", newSkewForward(t, near0), 1, divergences.ForwardKL{}},
		{"skew reverse, λ → 1", newSkewReverse(t, near1), 1, divergences.ReverseKL{}},
		{"skew forward, λ → 1", newSkewForward(t, near1), rest * rest / 2, divergences.Neyman{}},
		{"skew reverse, λ → 0", newSkewReverse(t, near0), near0 * near0 / 2, divergences.Pearson{}},
	}
	for _, c := range cases {
		for logR := -5.; logR <= 5; logR += 0.5 {
			want := c.factor * c.sibling.Weight(logR)
			requireNear(t, "w", member{c.d, c.name}, logR, c.d.Weight(logR), want, 1e-6, 0)
		}
	}
}

// At the ends of λ the far values of f are ln λ and ln(1 − λ), digits that a
// careless 1 − λ would lose.
func TestSkewFarValues(t *testing.T) {
	const tiny = 1e-10
	forward, reverse := newSkewForward(t, tiny), newSkewReverse(t, tiny)
	requireNear(t, "f/r", member{forward, "skew forward"}, 60, forward.F(60)/math.Exp(60), -math.Log(tiny), 1e-13, 0)
	requireNear(t, "f", member{reverse, "skew reverse"}, 60, reverse.F(60), -60-math.Log(tiny), 1e-13, 0)
	requireNear(t, "f", member{reverse, "skew reverse"}, -60, reverse.F(-60), -math.Log1p(-tiny), 1e-13, 0)
}
