package expression_test

import (
	"math"
	"strings"
	"sync"
	"testing"

	"undercurrent/divergences/expression"
)

func TestValues(t *testing.T) {
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
		{"4611686018427387904 * 4", 4611686018427387904. * 4},
		{strings.Repeat("(", 1000) + "r" + strings.Repeat(")", 1000), r},
		{"r" + strings.Repeat("+r", 1000), 1001 * r},
	}
	for _, c := range cases {
		f, err := expression.Compile(c.src)
		if err != nil {
			t.Errorf("%.40s: %v", c.src, err)
			continue
		}
		if got := f(r); math.Abs(got-c.want) > 1e-12*math.Abs(c.want) {
			t.Errorf("%.40s is %v at r = %v, expected %v", c.src, got, r, c.want)
		}
	}
}

func TestNoRealValue(t *testing.T) {
	for _, src := range []string{"log(-r)", "sqrt(-r)", "0/0*r", "(-r)^0.5"} {
		f, err := expression.Compile(src)
		if err != nil {
			t.Errorf("%s: %v", src, err)
			continue
		}
		if got := f(2); !math.IsNaN(got) {
			t.Errorf("%s is %v at r = 2, expected NaN", src, got)
		}
	}
}

func TestErrors(t *testing.T) {
	cases := []struct{ src, want string }{
		{"", "the formula is empty, expected a formula of r such as r/(1+r)"},
		{" \n", "the formula is empty"},
		{"q + 1", "unknown name q at line 1, column 1, expected a formula of r such as r/(1+r)"},
		{"1 +\n  x", "unknown name x at line 2, column 3"},
		{"r +", "the formula ends too soon at line 1, column"},
		{"r + 1e400", "a number is too large at line 1, column"},
		{"1e", "a number is not complete at line 1, column"},
		{"r r", `unexpected "r" at line 1, column 3`},
		{"(r", "at line 1, column"},
		{"2r", "at line 1, column"},
		{"r²", "at line 1, column"},
		{"exp(r, r)", "too many arguments to call exp"},
		{"pow(r)", "not enough arguments to call pow"},
		{"min()", "not enough arguments to call min"},
		{"exp", "expected float64"},
		{"exp + 1", "invalid operation"},
		{"r(2)", "not callable"},
		{"$env", "unknown name $env"},
		{"$env.r", "unknown name $env"},
		{"len(r)", "unknown name len"},
		{"ceil(r)", "unknown name ceil"},
		{"map([1], #)", "only numbers and arithmetic are allowed"},
		{"sum(r)", "unknown name sum"},
		{"r > 1", `the operator ">" is not allowed`},
		{"r ? 1 : 2", "only numbers and arithmetic are allowed"},
		{"if r { 1 } else { 2 }", "only numbers and arithmetic are allowed"},
		{"true", "only numbers and arithmetic are allowed"},
		{"nil", "only numbers and arithmetic are allowed"},
		{`"r"`, "only numbers and arithmetic are allowed"},
		{"[r]", "only numbers and arithmetic are allowed"},
		{"{r: 1}", "only numbers and arithmetic are allowed"},
		{"let x = r; x", "only numbers and arithmetic are allowed"},
		{"r; r", "only numbers and arithmetic are allowed"},
		{"r % 2", `the operator "%" is not allowed`},
		{"1..3", `the operator ".." is not allowed`},
		{"!r", `the operator "!" is not allowed`},
		{"r ?? 1", `the operator "??" is not allowed`},
		{"99999999999999999999", "at line 1, column"},
		{strings.Repeat("(", 10000) + "r" + strings.Repeat(")", 10000),
			"the formula is 20001 bytes long, expected at most 4096"},
		{strings.Repeat("(", 4096), "at line 1, column"},
		{strings.Repeat("-", 4096), "at line 1, column"},
	}
	for _, c := range cases {
		f, err := expression.Compile(c.src)
		if err == nil {
			t.Errorf("%.40q is accepted, expected %q", c.src, c.want)
			continue
		}
		if f != nil {
			t.Errorf("%.40q returns a function beside its error", c.src)
		}
		if !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.40q says %q, expected %q", c.src, err, c.want)
		}
		if strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q says %q, expected one line", c.src, err)
		}
	}
}

func TestConcurrentUse(t *testing.T) {
	f, err := expression.Compile("r * exp(-r)")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for k := range 8 {
		group.Go(func() {
			for i := range 200 {
				r := float64(1 + k*200 + i)
				if got := f(r); got != r*math.Exp(-r) {
					t.Errorf("f(%v) = %v, expected %v", r, got, r*math.Exp(-r))
				}
			}
		})
	}
	group.Wait()
}

func FuzzCompile(f *testing.F) {
	seeds := []string{
		"r", "r/(1+r)", "2*r^2", "pow(r, -0.5)", "exp(-abs(log(r)))", "min(r, max(1, pi))",
		"", "(", "r +", "1/0", "$env", "let x = r; x", "map([1], #)", "r ? : 1", "r | exp()",
		"'\\x", "0x", "1..2", "a.b?.c[1:2]", "not r", "::exp(r)", "//", "/*", "r\n+\nr", "\xff",
	}
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, src string) {
		g, err := expression.Compile(src)
		if (g == nil) == (err == nil) {
			t.Fatalf("%q gives function %v and error %v", src, g != nil, err)
		}
		if err != nil {
			if strings.Contains(err.Error(), "\n") {
				t.Fatalf("%q says %q, expected one line", src, err)
			}
			return
		}
		for _, r := range []float64{1e-6, 1, 1e6} {
			g(r)
		}
	})
}
