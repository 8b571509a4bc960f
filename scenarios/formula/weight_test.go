package formula

import (
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/internal/portable"
)

func TestWeightsHaveTheirValues(t *testing.T) {
	const r = 1.7
	cases := []struct {
		src  string
		want float64
	}{
		{"r", r},
		{"7/2", 3.5},
		{"7", 7},
		{"1/(2*3)", 1. / 6},
		{"r/(1+r)", r / (1 + r)},
		{"2*r^2", 2 * r * r},
		{"2*r**2", 2 * r * r},
		{"-r^2", -r * r},
		{"2^3^2", 512},
		{"2^-1", 0.5},
		{"r - 1 - 2", r - 3},
		{"pow(r, 0.5)", math.Sqrt(r)},
		{"pow(2, 3)", 8},
		{"exp(2)", math.Exp(2)},
		{"exp(2*3 - 5)", math.E},
		{"exp(log(r))", r},
		{"sqrt(r) + abs(-r)", math.Sqrt(r) + r},
		{"abs(-3)", 3},
		{"min(r, 1)", 1},
		{"max(r, 1, 3)", 3},
		{"min(2)", 2},
		{"tanh(r) + sin(r) * cos(r)", math.Tanh(r) + math.Sin(r)*math.Cos(r)},
		{"pi + e", math.Pi + math.E},
		{"1e3", 1000},
		{"log1p(r) - ln(r)", math.Log1p(r) - math.Log(r)},
		{"r > 1 ? r : 1", r},
		{"0 < r < 1 or r == 2 ? r : -1", -1},
		{"norm(r, 1) + logsumexp(r, r) + gauss(r, 0, 1)", math.Hypot(r, 1) + r + math.Ln2 + math.Exp(-r*r/2)/math.Sqrt(2*math.Pi)},
		{"−r + −2", -r - 2},
		{"4611686018427387904 * 4", 4611686018427387904. * 4},
		{strings.Repeat("(", 1000) + "r" + strings.Repeat(")", 1000), r},
		{"r" + strings.Repeat("+r", 1000), 1001 * r},
	}
	for _, c := range cases {
		f, err := NewWeight(c.src)
		if err != nil {
			t.Errorf("%.40s: %v", c.src, err)
			continue
		}
		if got := f(r); math.Abs(got-c.want) > 1e-12*math.Abs(c.want) {
			t.Errorf("%.40s is %v at r = %v, expected %v", c.src, got, r, c.want)
		}
	}
}

func TestWeightsWithoutARealValue(t *testing.T) {
	for _, src := range []string{"log(-r)", "sqrt(-r)", "0/0*r", "(-r)^0.5"} {
		f, err := NewWeight(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got := f(2); !math.IsNaN(got) {
			t.Errorf("%s is %v at r = 2, expected NaN", src, got)
		}
	}
}

func TestWeightErrorsAreLocated(t *testing.T) {
	cases := []struct{ src, want string }{
		{"", "the formula is empty, expected a formula of r such as r/(1+r)"},
		{" \n", "the formula is empty"},
		{"q + 1", "unknown name q at line 1, column 1, expected a formula of r such as r/(1+r)"},
		{"1 +\n  x", "unknown name x at line 2, column 3"},
		{"r +", "the formula ends too soon at line 1, column"},
		{"r + 1e400", "a number is too large (the largest is near 1e308) at line 1, column"},
		{"1e", "a number is not complete at line 1, column"},
		{"r r", `unexpected "r" (a product has a *, as in 2*r) at line 1, column 3`},
		{"(r", "at line 1, column"},
		{"2r", `"2r" is not a number (a product has a *, as in 2*r) at line 1, column`},
		{"r²", `unexpected "²" (write r^2 for r²) at line 1, column 2`},
		{"exp(r, r)", "exp takes 1 argument and has 2 at line 1, column 1"},
		{"pow(r)", "pow takes 2 arguments and has 1"},
		{"min()", "min takes one argument or more and has 0"},
		{"exp", "exp is a function, its arguments must be in parentheses at line 1, column 1"},
		{"exp + 1", "exp is a function"},
		{"r(2)", "unknown function r at line 1, column 1"},
		{"$env", "unknown name $env"},
		{"$env.r", "only numbers, r and arithmetic are allowed"},
		{"len(r)", "unknown function len"},
		{"ceil(r)", "unknown function ceil"},
		{"map([1], #)", "unknown function map"},
		{"sum(r)", "unknown function sum at line 1, column 1"},
		{"r > 1", `">" does not give a number, it may only be used in the condition c of c ? a : b at line 1, column 3`},
		{"r ? 1 : 2", "the condition of c ? a : b is not a comparison such as r < 1 at line 1, column 1"},
		{"if r { 1 } else { 2 }", "at line 1, column"},
		{"true", "only numbers, r and arithmetic are allowed"},
		{"nil", "only numbers, r and arithmetic are allowed"},
		{`"r"`, "only numbers, r and arithmetic are allowed"},
		{"[r]", "only numbers, r and arithmetic are allowed"},
		{"{r: 1}", "only numbers, r and arithmetic are allowed"},
		{"let x = r; x", "only numbers, r and arithmetic are allowed"},
		{"r; r", "only numbers, r and arithmetic are allowed"},
		{"r % 2", `the operator "%" is not allowed`},
		{"1..3", `the operator ".." is not allowed`},
		{"!r", `"!" must have a comparison in parentheses, as in not (r < 1)`},
		{"r ?? 1", `the operator "??" is not allowed`},
		{"99999999999999999999", "a whole number has too many digits (1e30 has an exponent) at line 1, column"},
		{strings.Repeat("(", 10000) + "r" + strings.Repeat(")", 10000),
			"the formula is 20001 bytes long, expected at most 4096"},
		{strings.Repeat("(", 4096), "at line 1, column"},
		{strings.Repeat("-", 4096), "at line 1, column"},
	}
	for _, c := range cases {
		f, err := NewWeight(c.src)
		if err == nil {
			t.Errorf("%.40q is accepted, expected %q", c.src, c.want)
			continue
		}
		if f != nil {
			t.Errorf("%.40q returns a function with its error", c.src)
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q says %q, expected %q", c.src, err, c.want)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q says %q, expected one line", c.src, err)
		}
	}
}

func TestWeightsAreSafeForConcurrentUse(t *testing.T) {
	f, err := NewWeight("r * exp(-r)")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for k := range 8 {
		group.Go(func() {
			for i := range 200 {
				r := float64(1 + k*200 + i)
				if got := f(r); got != r*portable.Exp(-r) {
					t.Errorf("f(%v) = %v, expected %v", r, got, r*portable.Exp(-r))
				}
			}
		})
	}
	group.Wait()
}

func FuzzWeight(f *testing.F) {
	seeds := []string{
		"r", "r/(1+r)", "2*r^2", "pow(r, -0.5)", "exp(-abs(log(r)))", "min(r, max(1, pi))",
		"", "(", "r +", "1/0", "$env", "let x = r; x", "map([1], #)", "r ? : 1", "r | exp()",
		"'\\x", "0x", "1..2", "a.b?.c[1:2]", "not r", "::exp(r)", "//", "/*", "r\n+\nr", "\xff",
	}
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		g, err := NewWeight(src)
		if (g == nil) == (err == nil) {
			t.Fatalf("%q gives function %v and error %v", src, g != nil, err)
		}
		if err != nil {
			fuzztest.OneLine(t, src, err)
			return
		}
		for _, r := range []float64{1e-6, 1, 1e6} {
			g(r)
		}
	})
}

// A weight rounds as the libraries do, not like the faster powers of targets.
func TestWeightsRoundLikeTheMathPackage(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for text, want := range map[string]func(r float64) float64{
		"r^4":             func(r float64) float64 { return math.Pow(r, 4) },
		"r**3":            func(r float64) float64 { return math.Pow(r, 3) },
		"pow(r, 4)":       func(r float64) float64 { return math.Pow(r, 4) },
		"min(0, -0*r)":    func(r float64) float64 { return math.Min(0, math.Copysign(0, -1)) },
		"min(-1/0, 0/0)":  func(float64) float64 { return math.Inf(-1) },
		"max(r, 2, 1/0)":  func(float64) float64 { return math.Inf(1) },
		"(1 + r)^4/r^0.3": func(r float64) float64 { return math.Pow(1+r, 4) / portable.Pow(r, 0.3) },
	} {
		w, err := NewWeight(text)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Compile(text, Form{Variables: []string{"r"}, Example: "r", Library: true})
		if err != nil {
			t.Fatal(err)
		}
		for range 1000 {
			r := math.Exp(4 * rng.NormFloat64())
			got, again := w(r), want(r)
			if v, _ := p.Derivatives(r); math.Float64bits(got) != math.Float64bits(again) || v != got || p.Value(r) != got {
				t.Fatalf("%s is %v at r = %v, and %v with its derivative, expected %v", text, got, r, v, again)
			}
		}
	}
}

// Derivatives are by the variables in the order of the form, and what is asked for with
// another number of values is no formula of them.
func TestDerivativesWithRespectToTheNamedVariables(t *testing.T) {
	p, err := Compile("u^2*v + pi", Form{Variables: []string{"v", "u"}, Example: "u"})
	if err != nil {
		t.Fatal(err)
	}
	if v, by := p.Derivatives(3, 2); v != 12+math.Pi || by != [2]float64{4, 12} {
		t.Errorf("the value is %g, the derivatives %v, expected 12 + π, 4 and 12", v, by)
	}
	if n := testing.AllocsPerRun(100, func() { p.Value(3, 2); p.Derivatives(3, 2) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
	defer func() {
		if said := recover(); said != "formula: 1 arguments, expected 2" {
			t.Errorf("with one value it says %v", said)
		}
	}()
	p.Value(1)
}

// Functions have the same names in targets and in weights.
func TestWeightsAndTargetsUseOneLanguage(t *testing.T) {
	for name, f := range (&reader{}).functions() {
		call := name + "(" + strings.TrimSuffix(strings.Repeat("r, ", f.min), ", ") + ")"
		if _, err := NewWeight(call); err != nil {
			t.Errorf("of a weight %s gives %v", call, err)
		}
		if _, err := NewTarget(name+strings.ReplaceAll(strings.TrimPrefix(call, name), "r", "x"), true); err != nil {
			t.Errorf("of a target %s gives %v", call, err)
		}
	}
}
