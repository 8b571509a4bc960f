package portable

import "math"

// Pow is x^y with the special cases of math.Pow. That computes powers with a whole exponent by
// multiplications alone; what is left of y takes the exponential.
func Pow(x, y float64) float64 {
	whole, rest := math.Modf(y)
	if rest == 0 || math.Abs(y) == 0.5 || !(x > 0) || math.IsInf(x, 0) || math.IsNaN(rest) {
		return math.Pow(x, y)
	}
	log := math.Log(x)
	step := math.Copysign(1, rest)
	// A smaller rest has a smaller error, if the power does not leave the numbers before
	// the product comes back to them.
	if math.Abs(rest) > 0.5 && math.Abs((whole+step)*log) < 700 {
		whole, rest = whole+step, rest-step
	}
	return math.Pow(x, whole) * Exp(rest*log)
}
