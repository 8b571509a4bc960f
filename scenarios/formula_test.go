package scenarios

import (
	"math"
	"strings"
	"testing"
)

// asGo are formulas beside what they mean.
func asGo() map[string]func(x, y float64) float64 {
	return map[string]func(x, y float64) float64{
		"-(x^2-2)^2 - y^2/2":             func(x, y float64) float64 { return -(x*x-2)*(x*x-2) - y*y/2 },
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
		"pi*x + e^y + (1+x^2)^(y/2) + tan(x/3)": func(x, y float64) float64 {
			return math.Pi*x + math.Exp(y) + math.Pow(1+x*x, y/2) + math.Tan(x/3)
		},
	}
}

// A formula has the value of what it means, and its score is the derivative.
func TestFormulasMeanWhatTheySay(t *testing.T) {
	for text, want := range asGo() {
		f, err := NewFormula(text, true)
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		for _, p := range []Point{{0.3, -0.7}, {-1.1, 0.4}, {1.7, 1.2}, {-0.2, -1.3}} {
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

func TestADensityIsTakenByItsLogarithm(t *testing.T) {
	f, err := NewFormula("exp(-x^2/2 - y^2)", false)
	if err != nil {
		t.Fatal(err)
	}
	gx, gy := f.Score(0.5, -0.25)
	if got := f.LogDensity(1, 2); math.Abs(got+4.5) > 1e-12 || math.Abs(gx+0.5) > 1e-12 || math.Abs(gy-0.5) > 1e-12 {
		t.Errorf("the log-density is %g, expected -4.5, the score (%g, %g)", got, gx, gy)
	}
	if negative, _ := NewFormula("x", false); !math.IsNaN(negative.LogDensity(-1, 0)) || !math.IsInf(negative.LogDensity(0, 0), -1) {
		t.Error("a negative density has a logarithm, or a vanishing one has none")
	}
}

func TestFormulasThatAreNoneSayWhere(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "empty",
		"x +":                     "line 1, column",
		"x + z":                   "unknown name z at line 1, column 5",
		"sinh(x)":                 "unknown function sinh",
		"x == y":                  `the operator "==" is not allowed`,
		"exp(x, y)":               "exp has 2 arguments",
		"gauss(x)":                "gauss has 1 arguments",
		"'text'":                  "only numbers",
		"[x][0]":                  "only numbers",
		"x.y":                     "only numbers",
		strings.Repeat("(", 1e4):  "10000 bytes long",
		strings.Repeat("-", 4000): "expected",
	} {
		if f, err := NewFormula(text, true); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "expected") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%.40q gives %v and %v, expected %q", text, f, err, want)
		}
	}
}

func FuzzFormula(f *testing.F) {
	for text := range asGo() {
		f.Add(text)
	}
	f.Add("((((((((x))))))))/0")
	f.Fuzz(func(_ *testing.T, text string) {
		g, err := NewFormula(text, true)
		if err != nil {
			return
		}
		for _, p := range []Point{{0, 0}, {1, -2}, {1e100, -1e100}} {
			g.LogDensity(p.X, p.Y)
			if gx, gy := g.Score(p.X, p.Y); !finite(gx) || !finite(gy) {
				panic("a score that is no number")
			}
		}
	})
}
