package portable

import (
	"math"
	"math/big"
)

const (
	logParts     = 128 // of [1, 2]
	mantissaBits = 52
	// The distance between the bits of two numbers of the table.
	logStepBits = mantissaBits - 7
)

// ln 2 in two parts: the first has 32 bits, so that its product with an exponent is exact.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = 0x1.a39ef35793c76p-33
)

// Logarithm is a number of the table of Logs: 1 + j/128, its inverse and its logarithm, rounded.
type Logarithm struct{ At, Inverse, Log float64 }

// Logarithms is the table of Logs, for j from 0 to 128.
func Logarithms() [logParts + 1]Logarithm { return logarithms }

// logarithms is never written again.
var logarithms = tabulateLogs()

// tabulateLogs adds ln (1 + 1/(n − 1)) = 2 artanh(1/(2n − 1)) from a number n/128 of the table to the next,
// with 160 bits.
func tabulateLogs() (table [logParts + 1]Logarithm) {
	log := new(big.Float).SetPrec(logPrecision)
	for j := range table {
		if j > 0 {
			log.Add(log, twiceArtanh(int64(2*(logParts+j)-1)))
		}
		at := 1 + float64(j)/logParts
		table[j] = Logarithm{At: at, Inverse: 1 / at}
		table[j].Log, _ = log.Float64()
	}
	return table
}

const logPrecision = 160

// twiceArtanh is 2 artanh(1/m) for m > 256: ten terms leave 2⁻¹⁶⁰ of it.
func twiceArtanh(m int64) *big.Float {
	power := new(big.Float).SetPrec(logPrecision).Quo(big.NewFloat(2), new(big.Float).SetInt64(m))
	square := new(big.Float).SetInt64(m * m)
	sum := new(big.Float).SetPrec(logPrecision)
	for n := range int64(10) {
		sum.Add(sum, new(big.Float).SetPrec(logPrecision).Quo(power, new(big.Float).SetInt64(2*n+1)))
		power.Quo(power, square)
	}
	return sum
}

// Logs writes ln x of every x of src to dst, which may be src: within two units in the last
// place, or 10⁻¹⁶ near x = 1. ln of 0 is −∞, that of a negative number NaN. With x = 2^k z it is
// k ln 2 + ln c from a table plus the Taylor polynomial of degree 6 of ln(z/c), |z/c − 1| ≤ 1/256.
// It takes less than half of the time of calls of math.Log (BenchmarkLogs).
func Logs(dst, src []float64) {
	const (
		smallestNormal = 1 << mantissaBits
		normals        = 0x7fe << mantissaBits
		mantissa       = 1<<mantissaBits - 1
		half           = 1 << (logStepBits - 1)
		bias           = 1023
	)
	dst = dst[:len(src)]
	for i, x := range src {
		bits := math.Float64bits(x)
		if bits-smallestNormal >= normals {
			dst[i] = logFar(x)
			continue
		}
		c := &logarithms[(bits&mantissa+half)>>logStepBits]
		z := math.Float64frombits(bits&mantissa | bias<<mantissaBits)
		octaves := float64(int64(bits>>mantissaBits) - bias)
		r := (z - c.At) * c.Inverse
		s := r * r
		p := float64(s*(-0.5+float64(r*(1.0/3)))) + float64(float64(s*s)*(-0.25+float64(r*0.2)-float64(s*(1.0/6))))
		dst[i] = (float64(octaves*ln2High) + c.Log) + (r + (p + float64(octaves*ln2Low)))
	}
}

// logFar is ln x of a number that is not normal or not positive.
func logFar(x float64) float64 {
	const lift = 54
	if x > 0 && x <= math.MaxFloat64 {
		return logOf(x*(1<<lift)) - float64(lift*math.Ln2)
	}
	return math.Log(x)
}

// logOf is Logs of one number.
func logOf(x float64) float64 {
	one := [1]float64{x}
	Logs(one[:], one[:])
	return one[0]
}
