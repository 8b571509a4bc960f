package metrics

import (
	"fmt"
	"math"
	"slices"

	"undercurrent/scenarios"
)

// directions is the number of projections, equally spaced over a half circle. The mean of
// |⟨θ, x⟩| over them is 2|x|/π with a relative error of 2·10⁻⁴.
const directions = 64

// slicedDistances returns the sliced W2 and the energy distance of two samples of equal size,
// in units of length. In the plane |x| = (π/2)·mean_θ |⟨θ, x⟩|, so the energy distance is π/2
// times the mean of those of the projections, which need sorting instead of pair sums.
func slicedDistances(x, y []scenarios.Point) (w2, energy float64) {
	if len(x) != len(y) {
		panic(fmt.Sprintf("metrics: length of second sample is %d, expected %d", len(y), len(x)))
	}
	a, b := make([]float64, len(x)), make([]float64, len(y))
	for l := range directions {
		sin, cos := math.Sincos(math.Pi * float64(l) / directions)
		project(a, x, cos, sin)
		project(b, y, cos, sin)
		for i := range a {
			w2 += (a[i] - b[i]) * (a[i] - b[i])
		}
		energy += energyOnLine(a, b)
	}
	n := float64(len(x) * directions)
	return math.Sqrt(w2 / n), math.Pi / 2 * energy / directions
}

// project writes the sorted projections to dst.
func project(dst []float64, points []scenarios.Point, cos, sin float64) {
	for i, p := range points {
		dst[i] = cos*p.X + sin*p.Y
	}
	slices.Sort(dst)
}

// energyOnLine is the energy distance of two sorted samples, 2∫(F − G)² dt.
func energyOnLine(a, b []float64) float64 {
	sum, i, j := 0.0, 0, 0
	t := min(a[0], b[0])
	for i < len(a) || j < len(b) {
		next := math.Inf(1)
		if i < len(a) {
			next = a[i]
		}
		if j < len(b) {
			next = min(next, b[j])
		}
		d := float64(i)/float64(len(a)) - float64(j)/float64(len(b))
		sum += d * d * (next - t)
		t = next
		for i < len(a) && a[i] == t {
			i++
		}
		for j < len(b) && b[j] == t {
			j++
		}
	}
	return 2 * sum
}
