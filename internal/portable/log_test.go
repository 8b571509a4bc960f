package portable_test

import (
	"math"
	"testing"

	"undercurrent/internal/portable"
)

// math.Log is within one unit of the exact value, so two units from it bound three.
func TestLogsAgreeWithTheStandardLibrary(t *testing.T) {
	src := []float64{1, math.Nextafter(1, 2), math.Nextafter(1, 0), 2, 0.5, math.MaxFloat64, 0x1p-1022, 5e-324, 1e-310, 1 + 1./256, 1 - 1./256}
	for _, x := range arguments(200000, 700) {
		src = append(src, math.Exp(x))
	}
	for _, x := range arguments(200000, 0.02) {
		src = append(src, 1+x)
	}
	dst := make([]float64, len(src))
	portable.Logs(dst, src)
	for i, x := range src {
		want := math.Log(x)
		if x < 0x1p-1022 {
			// The standard library's on amd64 reads a number below the normal ones as if it were normal.
			want = math.Log(x*0x1p54) - 54*math.Ln2
		}
		const unit = 1.2e-16
		if math.Abs(dst[i]-want) > 2*unit*math.Abs(want)+1e-16 {
			t.Fatalf("ln(%v) is %v, expected %v", x, dst[i], want)
		}
	}
	if dst[0] != 0 {
		t.Errorf("ln 1 is %g, expected 0", dst[0])
	}
}

func TestLogsOfWhatHasNone(t *testing.T) {
	list := []float64{0, -1, math.Inf(1), math.Inf(-1), math.NaN()}
	got := make([]float64, len(list))
	portable.Logs(got, list)
	for i, x := range list {
		if want := math.Log(x); math.Float64bits(got[i]) != math.Float64bits(want) && !(math.IsNaN(got[i]) && math.IsNaN(want)) {
			t.Errorf("ln(%v) is %v, expected %v", x, got[i], want)
		}
	}
}

func BenchmarkLogs(b *testing.B) {
	list := arguments(1024, 50)
	for i := range list {
		list[i] = math.Exp(list[i])
	}
	dst := make([]float64, len(list))
	b.Run("portable", func(b *testing.B) {
		for b.Loop() {
			portable.Logs(dst, list)
		}
	})
	b.Run("math", func(b *testing.B) {
		for b.Loop() {
			for i, x := range list {
				dst[i] = math.Log(x)
			}
		}
	})
}
