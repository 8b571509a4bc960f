package arrays

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// sameAsParseFloat compares bit by bit.
func sameAsParseFloat(t *testing.T, text string) {
	t.Helper()
	v, n := Decimal([]byte(text))
	if n == 0 {
		return
	}
	want, err := strconv.ParseFloat(text[:n], 64)
	if err != nil || math.Float64bits(v) != math.Float64bits(want) {
		t.Fatalf("%q is read as %v, expected %v (%v)", text[:n], v, want, err)
	}
}

// All ways to write a number of any size are read to the same bits, most of them fast.
func TestDecimalsAreRoundedExactly(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	fast, all := 0, 0
	for range 50000 {
		v := (rng.Float64() - 0.5) * math.Pow(10, float64(rng.IntN(41)-20))
		for _, text := range []string{
			strconv.FormatFloat(v, 'g', -1, 64), strconv.FormatFloat(v, 'f', -1, 64), strconv.FormatFloat(v, 'e', 18, 64),
			strconv.FormatFloat(v, 'f', rng.IntN(12), 64), strconv.FormatFloat(v, 'e', rng.IntN(9), 32),
		} {
			sameAsParseFloat(t, text)
		}
		text := strconv.FormatFloat(v, 'g', -1, 64)
		if math.Abs(v) > 1e-3 && math.Abs(v) < 1e15 {
			all++
			if _, n := Decimal([]byte(text)); n == len(text) {
				fast++
			}
		}
	}
	if fast != all {
		t.Errorf("%d of %d coordinates are read fast", fast, all)
	}
}

// Halfway between two numbers, and one digit next to it, rounding is hardest.
func TestDecimalsHalfwayAreRoundedToEven(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for range 30000 {
		// A number of 54 bits is halfway between two of 53.
		m := 1<<53 | rng.Uint64()>>11 | 1
		for _, d := range []uint64{m - 1, m, m + 1} {
			sameAsParseFloat(t, fmt.Sprint(d))
			sameAsParseFloat(t, fmt.Sprintf("%d.%04d", d, 5*rng.IntN(3)))
			for cut, text := rng.IntN(4), fmt.Sprint(5*d); cut < len(text); cut += 3 {
				sameAsParseFloat(t, text[:cut]+"."+text[cut:])
			}
		}
	}
}

func TestWhatIsADecimal(t *testing.T) {
	for text, want := range map[string]int{
		"1": 1, "-1.5": 4, "+.5": 3, "5.": 2, "1e3,": 3, "1E-3]": 4, "0": 1, "-0.0 ": 4, "0.0000000000000000001": 21, "0.00000000000000000001": 0, "1e": 1, "1e+": 1, "1.2.3": 3,
		"": 0, "-": 0, ".": 0, "e5": 0, "nan": 0, "abc": 0, "12345678901234567890": 0, "1e99": 0, "1e-99": 0, "0e99999": 7,
		"0.1234567890123456789": 21, "0.12345678901234567891": 0, "1.8446744073709551616e1": 0, "9999999999999999999": 19, "0x1p3": 1,
	} {
		if _, n := Decimal([]byte(text)); n != want {
			t.Errorf("%q takes %d bytes, expected %d", text, n, want)
		}
		sameAsParseFloat(t, text)
	}
}

func FuzzDecimal(f *testing.F) {
	for _, text := range []string{"1", "-0.1", "1.7976931348623157e19", "9007199254740993", "0.000000000000000001", "+12e-7"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { sameAsParseFloat(t, string(text)) })
}

func BenchmarkDecimal(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	texts := make([][]byte, 1024)
	for i := range texts {
		texts[i] = strconv.AppendFloat(nil, 3*rng.NormFloat64(), 'g', -1, 64)
	}
	b.Run("decimal", func(b *testing.B) {
		for b.Loop() {
			for _, text := range texts {
				Decimal(text)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/number")
	})
	b.Run("strconv", func(b *testing.B) {
		for b.Loop() {
			for _, text := range texts {
				_, _ = strconv.ParseFloat(string(text), 64)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/number")
	})
}
