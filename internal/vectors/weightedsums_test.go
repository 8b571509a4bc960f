package vectors

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The vectorised sums have the bits of the sums in Go, for every length and stride.
func TestWeightedSumsHaveTheBitsOfPlainSums(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for n := 1; n < 140; n++ {
		for _, count := range []int{1, 2, 7, 45} {
			stride := 1 + rng.IntN(n+3)
			src, taps := make([]float64, n+(count-1)*stride), make([]float64, count)
			for i := range src {
				src[i] = rng.NormFloat64() * math.Pow(10, float64(rng.IntN(40)-20))
			}
			for j := range taps {
				taps[j] = rng.Float64()
			}
			dst := make([]float64, n+1)
			dst[n] = 42
			WeightedSums(dst[:n], src, stride, taps)
			for i := range n {
				want := 0.0
				for j, tap := range taps {
					want += float64(tap * src[i+j*stride])
				}
				if math.Float64bits(dst[i]) != math.Float64bits(want) {
					t.Fatalf("n = %d, stride = %d: sum %d of %d taps is %g, expected %g", n, stride, i, count, dst[i], want)
				}
			}
			if dst[n] != 42 {
				t.Fatalf("n = %d: the number behind the sums is changed", n)
			}
		}
	}
}

// BenchmarkWeightedSums is the smoothing of 256² nodes along one axis, with 45 taps.
func BenchmarkWeightedSums(b *testing.B) {
	const nx, count = 256, 45
	src, dst, taps := make([]float64, nx*(nx+count)), make([]float64, nx), make([]float64, count)
	for b.Loop() {
		for iy := range nx {
			WeightedSums(dst, src[iy*nx:], nx, taps)
		}
	}
}
