package portable_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"undercurrent/internal/portable"
)

const precision = 300

// number is a big number of x.
func number(x float64) *big.Float { return big.NewFloat(x).SetPrec(precision) }

// exponential sums the series of e^x, of x divided by 2^halvings.
func exponential(x *big.Float) *big.Float {
	const halvings = 14
	part := new(big.Float).SetMantExp(x, -halvings)
	sum, term := number(1), number(1)
	for n := 1; n < 60; n++ {
		term.Mul(term, part).Quo(term, number(float64(n)))
		sum.Add(sum, term)
	}
	for range halvings {
		sum.Mul(sum, sum)
	}
	return sum
}

// units is how many units in the last place of want lie between it and got.
func units(got float64, want *big.Float) float64 {
	rounded, _ := want.Float64()
	if math.IsInf(rounded, 0) || rounded == got {
		if math.IsInf(got, 0) != math.IsInf(rounded, 0) {
			return math.Inf(1)
		}
		if math.IsInf(got, 0) {
			return 0
		}
	}
	last := math.Nextafter(math.Abs(rounded), math.Inf(1)) - math.Abs(rounded)
	gap, _ := new(big.Float).Sub(number(got), want).Float64()
	return math.Abs(gap) / last
}

// arguments are drawn from [-limit, limit], half of them near zero.
func arguments(n int, limit float64) []float64 {
	rng := rand.New(rand.NewPCG(1, 2))
	list := make([]float64, n)
	for i := range list {
		list[i] = limit * (2*rng.Float64() - 1)
		if i%2 == 0 {
			list[i] *= math.Ldexp(1, -rng.IntN(20))
		}
	}
	return list
}

// within holds a function to its exact values.
func within(t *testing.T, name string, f func(float64) float64, exact func(float64) *big.Float, limit float64, list []float64) {
	t.Helper()
	worst, at := 0.0, 0.0
	for _, x := range list {
		if u := units(f(x), exact(x)); u > worst {
			worst, at = u, x
		}
	}
	if worst > limit {
		t.Errorf("%s(%v) is %.3f units in the last place from the exact value, expected at most %v", name, at, worst, limit)
	}
	t.Logf("%s: at most %.3f units, at %v", name, worst, at)
}

func TestTheExponentialIsWithinAUnit(t *testing.T) {
	exact := func(x float64) *big.Float { return exponential(number(x)) }
	edges := []float64{0, 1, -1, 707.9999, 708, 709.78, -708, -708.4, -744, -745.13, 1e-300, math.Ln2 / 256, -math.Ln2 / 256}
	within(t, "Exp", portable.Exp, exact, 1, append(edges, arguments(5000, 745)...))
	within(t, "Exp", portable.Exp, exact, 0.53, arguments(10000, 700))
}

func TestTheExponentialBeyondTheNumbers(t *testing.T) {
	for x, want := range map[float64]float64{
		710: math.Inf(1), math.Inf(1): math.Inf(1), math.MaxFloat64: math.Inf(1),
		-746: 0, math.Inf(-1): 0, -math.MaxFloat64: 0,
	} {
		if got := portable.Exp(x); got != want {
			t.Errorf("Exp(%v) is %v, expected %v", x, got, want)
		}
	}
	if got := portable.Exp(math.NaN()); !math.IsNaN(got) {
		t.Errorf("Exp(NaN) is %v", got)
	}
}

// hyperbolic is (e^x ± e^-x)/2.
func hyperbolic(x float64, sign float64) *big.Float {
	e := exponential(number(x))
	other := new(big.Float).Quo(number(sign), e)
	return other.Add(e, other).Quo(other, number(2))
}

func TestHyperbolicFunctionsAreExactToAFewUnits(t *testing.T) {
	sinh := func(x float64) *big.Float { return hyperbolic(x, -1) }
	cosh := func(x float64) *big.Float { return hyperbolic(x, 1) }
	tanh := func(x float64) *big.Float { return sinh(x).Quo(sinh(x), cosh(x)) }
	within(t, "Sinh", portable.Sinh, sinh, 3, arguments(2000, 700))
	within(t, "Cosh", portable.Cosh, cosh, 2, arguments(2000, 700))
	within(t, "Tanh", portable.Tanh, tanh, 3, arguments(2000, 30))
}

// erfc is 1 minus the series of the error function, whose terms are of either sign.
func erfc(x float64) *big.Float {
	const wide = 2400
	at := number(x).SetPrec(wide)
	square := new(big.Float).Mul(at, at)
	term, sum := number(x).SetPrec(wide), number(x).SetPrec(wide)
	for n := 1; term.MantExp(nil) > -wide; n++ {
		term.Mul(term, square).Quo(term, number(-float64(n)))
		sum.Add(sum, new(big.Float).Quo(term, number(float64(2*n+1))))
	}
	root := new(big.Float).SetPrec(wide)
	root.Sqrt(pi(wide))
	sum.Mul(sum, number(2)).Quo(sum, root)
	return sum.Sub(number(1).SetPrec(wide), sum)
}

// pi is Machin's 16 atan(1/5) - 4 atan(1/239).
func pi(bits uint) *big.Float {
	atan := func(inverse float64) *big.Float {
		x := new(big.Float).SetPrec(bits).Quo(number(1), number(inverse))
		square := new(big.Float).Mul(x, x)
		sum := new(big.Float).Copy(x)
		for n := 1; n < int(bits); n++ {
			x.Mul(x, square).Neg(x)
			sum.Add(sum, new(big.Float).Quo(x, number(float64(2*n+1))))
		}
		return sum
	}
	a, b := atan(5), atan(239)
	a.Mul(a, number(16))
	return a.Sub(a, b.Mul(b, number(4)))
}

func TestErrorFunctionsAreExactToAFewUnits(t *testing.T) {
	list := []float64{-26, -6, -1.25, -1, 1e-9, 0.3, 1.2499, 1.25, 1.3, 1.7, 2, 2.857, 3.1, 5, 5.9, 8, 15, 20, 26, 26.5}
	within(t, "Erfc", portable.Erfc, erfc, 6, list)
	erf := func(x float64) *big.Float { e := erfc(x); return e.Sub(number(1).SetPrec(2400), e) }
	within(t, "Erf", portable.Erf, erf, 2, list)
}

// x^(n/8) is the n-th power of the eighth root.
func TestPowersOfWhatIsLeftAreExactToTheirLogarithm(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 3000 {
		x := math.Exp(8 * (2*rng.Float64() - 1))
		n := rng.IntN(400) - 200
		want := number(x)
		for range 3 {
			want.Sqrt(want)
		}
		root, product := want, number(1)
		for range max(n, -n) {
			product.Mul(product, root)
		}
		if n < 0 {
			product.Quo(number(1), product)
		}
		limit := 3 + math.Abs(math.Log(x)) + math.Abs(float64(n))/16
		if u := units(portable.Pow(x, float64(n)/8), product); u > limit {
			t.Errorf("Pow(%v, %v/8) is %.2f units from the exact value, expected at most %.1f", x, n, u, limit)
		}
	}
}

// The cases of math.Pow that its documentation lists, and powers at the border of the numbers.
func TestPowersOfSpecialNumbers(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	special := []float64{0, math.Copysign(0, -1), 1, -1, 0.5, -0.5, 2, -2, 3, -3, 0.25, 1.5, -1.5, inf, -inf, nan, 1e300, 1e-300}
	for _, x := range special {
		for _, y := range special {
			got, want := portable.Pow(x, y), math.Pow(x, y)
			if got != want && math.Abs(got-want) > 1e-12*math.Abs(want) || math.IsNaN(got) != math.IsNaN(want) || math.Signbit(got) != math.Signbit(want) && want == 0 {
				t.Errorf("Pow(%v, %v) is %v, expected %v", x, y, got, want)
			}
		}
	}
	for _, c := range []struct{ x, y, want float64 }{{1e200, 1.52, 1e304}, {1e200, -1.52, 1e-304}, {10, 308.25, 1.7782794100389228e308}, {1e-200, 1.52, 1e-304}} {
		if got := portable.Pow(c.x, c.y); math.Abs(got-c.want) > 1e-12*c.want {
			t.Errorf("Pow(%v, %v) is %v, expected %v", c.x, c.y, got, c.want)
		}
	}
}
