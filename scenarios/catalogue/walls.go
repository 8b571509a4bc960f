package catalogue

import (
	"math"
	"math/rand/v2"
)

// walls are a soft box on the line that makes a density integrable: 0 for |x| ≤ half, then a
// Gaussian decay,
//
//	−½((|x| − half)₊ / soft)².
//
// Its exponential has the integral 2·half + soft·√(2π) and an exact sampler: uniform inside,
// half-normal outside.
type walls struct{ half, soft float64 }

// logDensity is zero inside.
func (w walls) logDensity(x float64) float64 {
	return -0.5 * square(max(math.Abs(x)-w.half, 0)/w.soft)
}

// score is the derivative of logDensity, continuous with a kink at |x| = half.
func (w walls) score(x float64) float64 {
	return math.Copysign(max(math.Abs(x)-w.half, 0)/(w.soft*w.soft), -x)
}

// integral is ∫ exp(logDensity) over the line.
func (w walls) integral() float64 { return 2*w.half + w.soft*math.Sqrt(2*math.Pi) }

func (w walls) draw(rng *rand.Rand) float64 {
	if x := (rng.Float64() - 0.5) * w.integral(); math.Abs(x) < w.half {
		return x
	}
	slope := w.soft * rng.NormFloat64()
	return slope + math.Copysign(w.half, slope)
}
