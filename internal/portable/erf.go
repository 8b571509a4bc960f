package portable

import "math"

// near is where math.Erf and math.Erfc end to be rational functions without an exponential.
const near = 1.25

// Erf is the error function.
func Erf(x float64) float64 {
	if !(math.Abs(x) >= near) {
		return math.Erf(x)
	}
	return math.Copysign(1-erfcFar(math.Abs(x)), x)
}

// Erfc is the complementary error function.
func Erfc(x float64) float64 {
	switch {
	case !(math.Abs(x) >= near):
		return math.Erfc(x)
	case x < 0:
		return 2 - erfcFar(-x)
	}
	return erfcFar(x)
}

// erfcFar is exp(-x²)/(√π (x + ½/(x + 1/(x + 3/2/(x + …))))), Laplace's continued fraction, from
// its last term that matters: their number falls as 1/x².
func erfcFar(x float64) float64 {
	if x > 28 {
		return 0
	}
	f := x
	for k := math.Ceil(6 + 230/(x*x)); k > 0; k-- {
		f = x + k/2/f
	}
	// x² would be rounded: the square of its first bits is exact.
	head := float64(float32(x))
	return Exp(-head*head) * Exp((head-x)*(head+x)) / (math.SqrtPi * f)
}
