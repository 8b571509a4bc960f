package divergences_test

import (
	"math"
	"testing"
)

// weightOf is the weight with the given formula. The formula language is implemented
// elsewhere, and this package does not import it.
func weightOf(t *testing.T, text string) func(r float64) float64 {
	t.Helper()
	w, ok := map[string]func(r float64) float64{
		"0":                       func(float64) float64 { return 0 },
		"1":                       func(float64) float64 { return 1 },
		"r":                       func(r float64) float64 { return r },
		"1 + r":                   func(r float64) float64 { return 1 + r },
		"2*r^2":                   func(r float64) float64 { return 2 * r * r },
		"2/r":                     func(r float64) float64 { return 2 / r },
		"sqrt(r)/2":               func(r float64) float64 { return math.Sqrt(r) / 2 },
		"r/(2*(1+r))":             func(r float64) float64 { return r / (2 * (1 + r)) },
		"8*r^2/(1+r)^3":           func(r float64) float64 { return 8 * r * r / math.Pow(1+r, 3) },
		"r**2.5":                  func(r float64) float64 { return math.Pow(r, 2.5) },
		"pow(r, -3)":              func(r float64) float64 { return math.Pow(r, -3) },
		"r*0.7^2/(0.3*r+0.7)^2":   func(r float64) float64 { return r * 0.49 / math.Pow(0.3*r+0.7, 2) },
		"0.3^2*r^2/(0.3*r+0.7)^2": func(r float64) float64 { return 0.09 * r * r / math.Pow(0.3*r+0.7, 2) },
		"2 + tanh(log(r))":        func(r float64) float64 { return 2 + math.Tanh(math.Log(r)) },
		"2 + sin(log(r))":         func(r float64) float64 { return 2 + math.Sin(math.Log(r)) },
		"exp(-log(r)^2/8)":        func(r float64) float64 { return math.Exp(-math.Pow(math.Log(r), 2) / 8) },
		"1/(1 + abs(log(r))^2)":   func(r float64) float64 { return 1 / (1 + math.Pow(math.Log(r), 2)) },
		"r-2":                     func(r float64) float64 { return r - 2 },
		"log(r)":                  math.Log,
		"1/(r-1)":                 func(r float64) float64 { return 1 / (r - 1) },
		"sqrt(r-1.5)":             func(r float64) float64 { return math.Sqrt(r - 1.5) },
		"exp(r)":                  math.Exp,
		"5-r":                     func(r float64) float64 { return 5 - r },
		"1e250*r":                 func(r float64) float64 { return 1e250 * r },
	}[text]
	if !ok {
		t.Fatalf("no weight %q, expected one of those above", text)
	}
	return w
}
