package movers

import "math"

// spline are the weights of the four nodes around a place in a sum of cubic B-splines, and their
// derivatives, per spacing.
type spline struct{ value, slope [4]float64 }

// splineAt are the weights at a fraction f of the way from the second node to the third.
func splineAt(f float64) spline {
	g := 1 - f
	return spline{
		value: [4]float64{g * g * g / 6, (4 - 6*f*f + 3*f*f*f) / 6, (4 - 6*g*g + 3*g*g*g) / 6, f * f * f / 6},
		slope: [4]float64{-g * g / 2, (3*f*f - 4*f) / 2, (4*g - 3*g*g) / 2, f * f / 2},
	}
}

// overlap are the weights of the distances of 0 to 3 nodes in a function of the distance of a place from
// itself, and their derivatives with respect to the first argument.
func (s spline) overlap() (o spline) {
	for a := range 4 {
		for b := range 4 {
			far := max(a-b, b-a)
			o.value[far] += s.value[a] * s.value[b]
			o.slope[far] += s.slope[a] * s.value[b]
		}
	}
	return o
}

// A sum of splines with coefficients c has the values (c₋₁ + 4c₀ + c₁)/6 at the nodes. Both the inverse of
// that filter and its transform are in closed form (Unser 1999, Splines: a perfect fit for signal and
// image processing, IEEE Signal Processing Magazine 16).

// coefficients are those with given values on a line; the values are zero beyond both ends.
func coefficients(values []float64) []float64 {
	pole := math.Sqrt(3) - 2
	c := make([]float64, len(values))
	for i, v := range values {
		weight := math.Sqrt(3) * v
		c[i] += weight
		for far := 1; far < len(values); far++ {
			weight *= pole
			if i-far >= 0 {
				c[i-far] += weight
			}
			if i+far < len(c) {
				c[i+far] += weight
			}
		}
	}
	return c
}

// splineSymbol is the transform of that filter at the k-th of n frequencies.
func splineSymbol(k, n int) float64 {
	return (2 + math.Cos(2*math.Pi*float64(k)/float64(n))) / 3
}
