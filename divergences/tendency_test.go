package divergences_test

import (
	"math"
	"testing"

	"undercurrent/divergences"
)

// The tendency that is read off the elasticity is that of f itself: both ends of f grow without bound
// or not.
func TestTheTendencyIsThatOfTheEndsOfF(t *testing.T) {
	t.Parallel()
	// From here on f(r)/r of every bounded member changes by less than 1e-3; that of the others still grows.
	const far, further = 20, 60
	grows := func(a, b float64) bool { return b > a+1e-3 }
	seen := map[divergences.Tendency]bool{}
	for _, spec := range divergences.Standard().Members(nil) {
		d, err := spec.Family().Divergence(spec.Values())
		if err != nil {
			t.Fatal(err)
		}
		if d == nil {
			continue
		}
		slope := func(logR float64) float64 { return d.F(logR) * math.Exp(-logR) }
		want := divergences.Tendency{MassCovering: grows(slope(far), slope(further)), ModeSeeking: grows(d.F(-far), d.F(-further))}
		if got := divergences.TendencyOf(d); got != want {
			t.Errorf("%s is %s, its f is %s", d.Info().ID, got, want)
		}
		seen[want] = true
	}
	if len(seen) != 4 {
		t.Errorf("only %d of four tendencies occur", len(seen))
	}
}

// Of the α-family, α ≥ 1 is mass-covering and α ≤ 0 mode-seeking.
func TestTheTendencyOfAlphaTurnsAtZeroAndOne(t *testing.T) {
	t.Parallel()
	for alpha, want := range map[float64]string{-1: "mode-seeking", 0: "mode-seeking", 0.25: "neither", 0.75: "neither", 1: "mass-covering", 2: "mass-covering"} {
		d, err := divergences.NewAlpha(alpha)
		if err != nil {
			t.Fatal(err)
		}
		if got := divergences.TendencyOf(d).String(); got != want {
			t.Errorf("α = %g is %s, expected %s", alpha, got, want)
		}
	}
}
