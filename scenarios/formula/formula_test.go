package formula

import (
	"math"
	"strings"
	"testing"

	"undercurrent/internal/fuzztest"
	"undercurrent/scenarios"
)

// asGo are formulas with their values in Go.
func asGo() map[string]func(x, y float64) float64 {
	return map[string]func(x, y float64) float64{
		"-(x^2-2)^2 - y^2/2":             func(x, y float64) float64 { return -(x*x-2)*(x*x-2) - y*y/2 },
		"−x − −2 - ---y + ln(3+x)":       func(x, y float64) float64 { return -x + 2 + y + math.Log(3+x) },
		"-x^2":                           func(x, _ float64) float64 { return -x * x },
		"2^3^1 + x - y - 1":              func(x, y float64) float64 { return 8 + x - y - 1 },
		"x**3*y/(1 + y*y)":               func(x, y float64) float64 { return x * x * x * y / (1 + y*y) },
		"exp(sin(x)*cos(y)) + tanh(x*y)": func(x, y float64) float64 { return math.Exp(math.Sin(x)*math.Cos(y)) + math.Tanh(x*y) },
		"log(1 + abs(x)) - sqrt(2 + y)":  func(x, y float64) float64 { return math.Log(1+math.Abs(x)) - math.Sqrt(2+y) },
		"min(x, y, 3) * max(2*x, y)":     func(x, y float64) float64 { return math.Min(math.Min(x, y), 3) * math.Max(2*x, y) },
		"-(norm(x, y) - 1.5)^2/0.05":     func(x, y float64) float64 { return -math.Pow(math.Hypot(x, y)-1.5, 2) / 0.05 },
		"logsumexp(-x^2, -(y-1)^2, x*y)": func(x, y float64) float64 {
			return math.Log(math.Exp(-x*x) + math.Exp(-(y-1)*(y-1)) + math.Exp(x*y))
		},
		"log(gauss(x, -1, 0.5) + 2*gauss(y, x, 1 + y^2))": func(x, y float64) float64 {
			n := func(v, m, s float64) float64 { return math.Exp(-(v-m)*(v-m)/(2*s*s)) / (s * math.Sqrt(2*math.Pi)) }
			return math.Log(n(x, -1, 0.5) + 2*n(y, x, 1+y*y))
		},
		"sinh(x) - cosh(x*y) + atan(y)":          func(x, y float64) float64 { return math.Sinh(x) - math.Cosh(x*y) + math.Atan(y) },
		"asin(x/2)*acos(y/3)":                    func(x, y float64) float64 { return math.Asin(x/2) * math.Acos(y/3) },
		"atan2(y, x) + atan2(x*y, 1 + y^2)":      func(x, y float64) float64 { return math.Atan2(y, x) + math.Atan2(x*y, 1+y*y) },
		"log1p(x^2)*expm1(y) - log10(2 + x*x)":   func(x, y float64) float64 { return math.Log1p(x*x)*math.Expm1(y) - math.Log10(2+x*x) },
		"floor(3*x) + x*sign(y) + floor(x)*y":    func(x, y float64) float64 { return math.Floor(3*x) + x*math.Copysign(1, y) + math.Floor(x)*y },
		"pow(1 + x^2, y) - pow(x, 3) + pow(2,x)": func(x, y float64) float64 { return math.Pow(1+x*x, y) - x*x*x + math.Pow(2, x) },
		"x < 0.5 ? x^2*y : y < 0 ? sin(x*y) : 7": func(x, y float64) float64 {
			switch {
			case x < 0.5:
				return x * x * y
			case y < 0:
				return math.Sin(x * y)
			}
			return 7
		},
		"-(not (x >= 0 && y != 3) || x == y ? x : 2*x) + (!(x > 9) ? y : 0)": func(x, y float64) float64 {
			if !(x >= 0) {
				return -x + y
			}
			return -2*x + y
		},
		"0 < x + 1 < 2 <= 2 ? exp(x) : y*y": func(x, y float64) float64 {
			if 0 < x+1 && x+1 < 2 {
				return math.Exp(x)
			}
			return y * y
		},
		"0 < x < 1 and y < 0 or y > 1 ? x*y : x - y": func(x, y float64) float64 {
			if 0 < x && x < 1 && y < 0 || y > 1 {
				return x * y
			}
			return x - y
		},
		"pi*x + e^y + (1+x^2)^(y/2) + tan(x/3)": func(x, y float64) float64 {
			return math.Pi*x + math.Exp(y) + math.Pow(1+x*x, y/2) + math.Tan(x/3)
		},
	}
}

// A formula has the value of what it means, and its score is the derivative.
func TestFormulasHaveTheirValues(t *testing.T) {
	for text, want := range asGo() {
		f, err := NewTarget(text, true)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, p := range []scenarios.Point{{X: 0.3, Y: -0.7}, {X: -1.1, Y: 0.4}, {X: 1.7, Y: 1.2}, {X: -0.2, Y: -1.3}} {
			if got := f.LogDensity(p.X, p.Y); math.Abs(got-want(p.X, p.Y)) > 1e-12*(1+math.Abs(got)) {
				t.Errorf("%s at %v is %.15g, expected %.15g", text, p, got, want(p.X, p.Y))
			}
			const h = 1e-5
			gx, gy := f.Score(p.X, p.Y)
			dx := (want(p.X+h, p.Y) - want(p.X-h, p.Y)) / (2 * h)
			dy := (want(p.X, p.Y+h) - want(p.X, p.Y-h)) / (2 * h)
			if math.Hypot(gx-dx, gy-dy) > 1e-7*(1+math.Hypot(dx, dy)) {
				t.Errorf("the score of %s at %v is (%g, %g), expected (%g, %g)", text, p, gx, gy, dx, dy)
			}
		}
	}
}

func TestDensitiesGiveTheirLogarithm(t *testing.T) {
	f, err := NewTarget("exp(-x^2/2 - y^2)", false)
	if err != nil {
		t.Fatal(err)
	}
	gx, gy := f.Score(0.5, -0.25)
	if got := f.LogDensity(1, 2); math.Abs(got+4.5) > 1e-12 || math.Abs(gx+0.5) > 1e-12 || math.Abs(gy-0.5) > 1e-12 {
		t.Errorf("the log-density is %g, expected -4.5, the score (%g, %g)", got, gx, gy)
	}
	if negative, _ := NewTarget("x", false); !math.IsNaN(negative.LogDensity(-1, 0)) || !math.IsInf(negative.LogDensity(0, 0), -1) {
		t.Error("a negative density has a logarithm, or a vanishing one has none")
	}
}

func TestFormulaErrorsAreLocated(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "empty",
		"x + z":                           "unknown name z at line 1, column 5",
		"coth(x)":                         "unknown function coth",
		"x == y":                          `"==" does not give a number, it may only be used in the condition c of c ? a : b at line 1, column 3`,
		"1 + (x < y and y < 1)":           `"and" does not give a number`,
		"1 + (not (x < y))":               `"not" does not give a number`,
		"not x < y ? 1 : 2":               `"not" must have a comparison in parentheses, as in not (x < y) at line 1, column 1`,
		"x ? 1 : 2":                       "the condition of c ? a : b is not a comparison such as x < y at line 1, column 1",
		"x < 1 and y ? 1 : 2":             "is not a comparison such as x < y at line 1, column 11",
		"x <\n z ? 1 : 2":                 "unknown name z at line 2, column 2",
		"true ? 1 : 2":                    "is not a comparison",
		"-x ? 1 : 2":                      "is not a comparison",
		"x < 1 == 1 ? 1 : 2":              `"<" does not give a number`,
		"x < 1 ? 1":                       "line 1, column",
		"x < 1 ? 1 : y < 2":               `"<" does not give a number`,
		"x ?: 2":                          "line 1, column",
		"x ?? 2":                          `the operator "??" is not allowed`,
		"if x < 1 { 1 } else { 2 }":       "line 1, column",
		"x in [1]":                        "expected",
		"atan2(x)":                        "atan2 takes 2 arguments and has 1 at line 1, column 1",
		"pow(x, y, 2)":                    "pow takes 2 arguments and has 3",
		strings.Repeat("1", 4000):         "a whole number has too many digits",
		strings.Repeat("z", 4000):         "zzz…",
		"exp(x, y)":                       "exp takes 1 argument and has 2",
		"gauss(x)":                        "gauss takes 3 arguments and has 1",
		"max()":                           "max takes one argument or more and has 0",
		"1e400":                           "a number is too large (the largest is near 1e308) at line 1",
		"1e":                              "a number is not complete at line 1",
		"0x":                              "a number is not complete at line 1",
		"x y":                             `unexpected "y" (a product has a *, as in 2*x) at line 1, column 3`,
		"2x":                              `"2x" is not a number (a product has a *, as in 2*x) at line 1`,
		"x)":                              `unexpected ")" at line 1, column 2`,
		"x +":                             "the formula ends too soon at line 1",
		"x²":                              `unexpected "²" (write x^2 for x²) at line 1, column 2`,
		"2·x":                             `unexpected "·" (write * for ·)`,
		"π*x":                             "unknown name π (write pi for π)",
		"x % 2":                           `the operator "%" is not allowed (write a - b*floor(a/b) for a % b)`,
		"'text'":                          "only numbers",
		"x" + strings.Repeat("^x", 2000):  "the formula takes 20000 operations, expected at most 2000",
		"x" + strings.Repeat("+x^y", 900): "the formula takes 9900 operations, expected at most 2000",
		"[x][0]":                          "only numbers",
		"x.y":                             "only numbers",
		strings.Repeat("(", 1e4):          "10000 bytes long",
		strings.Repeat("-", 4000):         "expected",
	} {
		if f, err := NewTarget(text, true); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "expected") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q gives %v and %v, expected %q", text, f, err, want)
		}
	}
}

func FuzzFormula(f *testing.F) {
	for text := range asGo() {
		f.Add(text)
	}
	f.Add("((((((((x))))))))/0")
	f.Add("asin(2*x) + acos(y) + atan2(0*x, 0*y) + log1p(-1) + sign(0/0) + floor(1e300*x)")
	f.Add("0 < (0 < (0 < x < 1 ? 1 : 0) < 1 ? y : 0) < 1 and !(x == y) ? sqrt(x) : pow(x, y)")
	f.Add("norm(norm(norm(norm(x, y))))^gauss(x, y, gauss(x, y, 1))")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := NewTarget(text, true)
		if err != nil {
			fuzztest.OneLine(t, text, err)
			return
		}
		for _, p := range []scenarios.Point{{X: 0, Y: 0}, {X: 1, Y: -2}, {X: 1e100, Y: -1e100}} {
			g.LogDensity(p.X, p.Y)
			if gx, gy := g.Score(p.X, p.Y); !scenarios.IsFinite(gx) || !scenarios.IsFinite(gy) {
				panic("a score of NaN")
			}
		}
	})
}

// An argument is evaluated once wherever it stands, so that depth costs nothing: twice
// would be 2³⁰⁰ times here.
func TestNestedFormulasHaveLinearCost(t *testing.T) {
	for _, c := range []struct{ before, after string }{
		{"norm(", ")"}, {"gauss(0, 0, ", ")"}, {"(0 < ", " < 1 ? 1 : 2)"}, {"pow(", ", 1)"}, {"(x < ", " ? 1 : 2)"}, {"logsumexp(", ")"},
	} {
		f, err := NewTarget(strings.Repeat(c.before, 200)+"x"+strings.Repeat(c.after, 200), true)
		if err != nil {
			t.Fatalf("%s: %v", c.before, err)
		}
		f.LogDensity(0.5, 0.5)
		f.Score(0.5, 0.5)
	}
}

// A long but cheap formula is evaluated without recursion, whatever its length.
func TestLongSumsAndSignsDoNotNest(t *testing.T) {
	for text, want := range map[string]float64{"x" + strings.Repeat("+x", 1500): 1501, strings.Repeat("-", 2001) + "x": -1, "x" + strings.Repeat("-x+x", 900): 1} {
		f, err := NewTarget(text, true)
		if err != nil {
			t.Errorf("%.10s… gives %v", text, err)
			continue
		}
		if gx, gy := f.Score(1, 1); f.LogDensity(1, 1) != want || gx != want || gy != 0 {
			t.Errorf("%.10s… is %g with the score (%g, %g), expected %g", text, f.LogDensity(1, 1), gx, gy, want)
		}
		if allocations := testing.AllocsPerRun(10, func() { f.LogDensity(1, 1) }); allocations != 0 {
			t.Errorf("%.10s… allocates %g times", text, allocations)
		}
	}
	hills := "exp(-((x-1.5)^2+(y+0.5)^2)/0.3)"
	if _, err := NewTarget(hills+strings.Repeat("+"+hills, (maxLength-len(hills))/(len(hills)+1)), false); err != nil {
		t.Errorf("the largest number of hills is rejected: %v", err)
	}
}

// Where there is no derivative the score is zero, and a branch not taken has no say.
func TestScoresAtTheEdges(t *testing.T) {
	for text, want := range map[string]scenarios.Point{
		"atan2(y, x)":                {},
		"sign(x) + floor(y)":         {},
		"asin(1 + x)":                {},
		"x < 1 ? 3*x : sqrt(-1)*x":   {X: 3},
		"x >= 0 ? -x + 2*y : log(x)": {X: -1, Y: 2},
		"sqrt(-1) < 0 ? x : y":       {Y: 1},
		"not (sqrt(-1) < 0) ? x : y": {X: 1},
	} {
		f, err := NewTarget(text, true)
		if err != nil {
			t.Fatal(err)
		}
		if gx, gy := f.Score(0, 0); gx != want.X || gy != want.Y {
			t.Errorf("the score of %s is (%g, %g), expected %v", text, gx, gy, want)
		}
	}
	f, err := NewTarget("atan2(y, x)", true)
	if err != nil {
		t.Fatal(err)
	}
	if gx, gy := f.Score(3e200, 4e200); math.Abs(gx*1e201+1.6) > 1e-9 || math.Abs(gy*1e201-1.2) > 1e-9 {
		t.Errorf("far away the score of an angle is (%g, %g)", gx, gy)
	}
}
