package divergences_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"undercurrent/divergences"
)

func TestCustomAgreesWithNamedMembers(t *testing.T) {
	cases := []struct {
		text  string
		named divergences.Divergence
	}{
		{"1", divergences.ReverseKL{}},
		{"r", divergences.ForwardKL{}},
		{"1 + r", divergences.Jeffreys{}},
		{"2*r^2", divergences.Pearson{}},
		{"2/r", divergences.Neyman{}},
		{"sqrt(r)/2", divergences.Hellinger{}},
		{"r/(2*(1+r))", divergences.JensenShannon{}},
		{"8*r^2/(1+r)^3", divergences.LeCam{}},
		{"r**2.5", newAlpha(t, 2.5)},
		{"pow(r, -3)", newAlpha(t, -3)},
		{"r*0.7^2/(0.3*r+0.7)^2", newSkewForward(t, 0.3)},
		{"0.3^2*r^2/(0.3*r+0.7)^2", newSkewReverse(t, 0.3)},
	}
	for _, c := range cases {
		d := newCustom(t, c.text)
		requireSame(t, member{d, "custom " + c.text}, member{c.named, c.named.Info().ID}, 1)
		if got, want := d.Info().NeedsZ, c.named.Info().NeedsZ; got != want {
			t.Errorf("custom %s: needs Z is %v, expected %v", c.text, got, want)
		}
		if got := d.Info().WeightFormula; got != c.text {
			t.Errorf("custom %s calls its weight %q", c.text, got)
		}
	}
}

func TestCustomInterpolatesBetweenNodes(t *testing.T) {
	for _, text := range []string{"2 + tanh(log(r))", "exp(-log(r)^2/8)", "1/(1 + abs(log(r))^2)", "2 + sin(log(r))"} {
		w := weightOf(t, text)
		d := newCustom(t, text)
		for logR := -13.8; logR <= 13.8; logR += 0.0101 {
			requireNear(t, "w", member{d, "custom " + text}, logR, d.Weight(logR), w(math.Exp(logR)), 1e-7, 0)
		}
	}
}

func TestCustomClampsBeyondItsRange(t *testing.T) {
	d := newCustom(t, "1 + r")
	edge := math.Log(1e6)
	for _, side := range []float64{-1, 1} {
		for name, f := range map[string]func(float64) float64{
			"F": d.F, "Φ": d.Potential, "w": d.Weight, "e": d.Elasticity,
		} {
			if got, want := f(side*40), f(side*edge); math.Abs(got-want) > 1e-12*math.Abs(want) {
				t.Errorf("%s at ln r = %v is %v, expected %v", name, side*40, got, want)
			}
		}
	}
	if got := d.Weight(math.NaN()); !math.IsNaN(got) {
		t.Errorf("w at NaN is %v, expected NaN", got)
	}
}

// A jump defeats the interpolation, but must not make f concave or infinite.
func TestCustomWithAJumpStaysConvex(t *testing.T) {
	jump := func(r float64) float64 {
		if r < 2 {
			return 1e-6
		}
		return 1e6
	}
	d, err := divergences.NewCustom("jump", jump)
	if err != nil {
		t.Fatal(err)
	}
	for logR := -13.; logR <= 13; logR += 0.01 {
		if f, w := d.F(logR), d.Weight(logR); !(f >= 0 && w > 0) || math.IsInf(f+w, 0) {
			t.Fatalf("at ln r = %v f is %v and w is %v, expected them positive and finite", logR, f, w)
		}
	}
}

func TestCustomRejectsInvalidWeights(t *testing.T) {
	const tail = ", expected a positive finite number for every r from 1e-6 to 1e6"
	cases := []struct{ text, want string }{
		{"r-2", `the weight "r-2" is -1 at r = 1` + tail},
		{"0", `the weight "0" is 0 at r = 1` + tail},
		{"log(r)", `the weight "log(r)" is 0 at r = 1` + tail},
		{"1/(r-1)", `the weight "1/(r-1)" is +Inf at r = 1` + tail},
		{"sqrt(r-1.5)", `the weight "sqrt(r-1.5)" is NaN at r = 1` + tail},
		{"exp(r)", `the weight "exp(r)" is`},
		{"5-r", `the weight "5-r" is -`},
		{"1e250*r", `the weight "1e250*r" is 1e+250 at r = 1, expected a number from 1e-100 to 1e+100 for every r from 1e-6 to 1e6`},
	}
	for _, c := range cases {
		d, err := divergences.NewCustom(c.text, weightOf(t, c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: the error is %v, expected %q", c.text, err, c.want)
		}
		if d != nil {
			t.Errorf("%s: a divergence was returned with the error", c.text)
		}
	}
}

func ExampleNewCustom() {
	_, err := divergences.NewCustom("r-2", func(r float64) float64 { return r - 2 })
	fmt.Println(err)
	// Output: the weight "r-2" is -1 at r = 1, expected a positive finite number for every r from 1e-6 to 1e6
}

// Next to a jump, the weight lies between the values on its sides, and f is that of the integral,
// f(r) = ∫₁^r w(s)(r − s)/s² ds, here by the midpoint rule over 10⁵ cells of ln s.
func TestCustomDoesNotOvershootAJump(t *testing.T) {
	const at = 0.999
	step := func(r float64) float64 {
		if r > at {
			return 1
		}
		return 1e-90
	}
	d, err := divergences.NewCustom("step", step)
	if err != nil {
		t.Fatal(err)
	}
	for logR := -1.; logR <= 1; logR += 0.0003 {
		if w := d.Weight(logR); !(w <= 1+1e-9 && w >= 0.999e-90) {
			t.Fatalf("at ln r = %.4f the weight is %g, expected it between 1e-90 and 1", logR, w)
		}
	}
	for _, logR := range []float64{0.05, 0.3, 2} {
		const cells = 100_000
		want, r := 0.0, math.Exp(logR)
		for k := range cells {
			s := math.Exp(logR * (float64(k) + 0.5) / cells)
			want += step(s) * (r - s) / s * logR / cells
		}
		if got := d.F(logR); math.Abs(got-want) > 1e-3*want {
			t.Errorf("at ln r = %g f is %g, expected %g", logR, got, want)
		}
	}
}
