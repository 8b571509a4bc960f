package portable

import "math"

// Tanh is the hyperbolic tangent. Up to 0.625 that of math has a rational function.
func Tanh(x float64) float64 {
	z := math.Abs(x)
	switch {
	case z < 0.625 || math.IsNaN(x):
		return math.Tanh(x)
	case z > 22:
		return math.Copysign(1, x)
	}
	return math.Copysign(1-2/(Exp(2*z)+1), x)
}

// Sinh is the hyperbolic sine. Up to 0.5 that of math has a rational function.
func Sinh(x float64) float64 {
	z := math.Abs(x)
	if z <= 0.5 || math.IsNaN(x) {
		return math.Sinh(x)
	}
	e := Exp(z)
	return math.Copysign((e-1/e)/2, x)
}

// Cosh is the hyperbolic cosine.
func Cosh(x float64) float64 {
	e := Exp(math.Abs(x))
	return (e + 1/e) / 2
}
