package vectors

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/internal/portable"
)

// The logarithms of many numbers have the bits of those of one, wherever special numbers stand among them.
func TestLogsInVectorsHaveTheBitsOfSingleOnes(t *testing.T) {
	special := []float64{0, math.Copysign(0, -1), -1, 1, math.Inf(1), math.Inf(-1), math.NaN(), 5e-324, 0x1p-1022, math.Nextafter(0x1p-1022, 0), math.MaxFloat64,
		math.Nextafter(1, 0), math.Nextafter(1, 2), 2, math.Nextafter(2, 0), 1 + 255./256}
	rng := rand.New(rand.NewPCG(1, 3))
	for n := range 400 {
		src := make([]float64, n)
		for i := range src {
			if src[i] = math.Exp(300 * rng.NormFloat64()); rng.IntN(9) == 0 {
				src[i] = special[rng.IntN(len(special))]
			}
		}
		got, want := make([]float64, n+1), make([]float64, n)
		got[n] = 42
		Logs(got[:n], src)
		portable.Logs(want, src)
		for i := range want {
			if math.Float64bits(got[i]) != math.Float64bits(want[i]) {
				t.Fatalf("ln(%v) is %v, expected %v", src[i], got[i], want[i])
			}
		}
		if got[n] != 42 {
			t.Fatalf("the number behind %d logarithms is changed", n)
		}
		Logs(src, src)
		for i := range want {
			if math.Float64bits(src[i]) != math.Float64bits(want[i]) {
				t.Fatalf("in place: logarithm %d is %v, expected %v", i, src[i], want[i])
			}
		}
	}
}

// BenchmarkLogs is beside that of portable.Logs.
func BenchmarkLogs(b *testing.B) {
	list, dst := make([]float64, 1024), make([]float64, 1024)
	rng := rand.New(rand.NewPCG(1, 3))
	for i := range list {
		list[i] = math.Exp(50 * rng.NormFloat64())
	}
	for b.Loop() {
		Logs(dst, list)
	}
}
