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

// logarithm is a number of the table: 1 + j/128, its inverse and its logarithm, rounded.
type logarithm struct{ at, inverse, log float64 }

// logarithms is never written again.
var logarithms = tabulateLogs()

func tabulateLogs() (table [logParts + 1]logarithm) {
	for j := range table {
		at := 1 + float64(j)/logParts
		table[j] = logarithm{at, 1 / at, logOfOneTo2(at)}
	}
	return table
}

// logOfOneTo2 is ln x = 2 artanh((x − 1)/(x + 1)), correctly rounded but for ties.
func logOfOneTo2(x float64) float64 {
	const precision, terms = 160, 60
	num, den := big.NewFloat(x-1).SetPrec(precision), big.NewFloat(x+1).SetPrec(precision)
	power := new(big.Float).Quo(num, den)
	square := new(big.Float).Mul(power, power)
	sum := new(big.Float).SetPrec(precision)
	for n := range terms {
		sum.Add(sum, new(big.Float).Quo(power, big.NewFloat(float64(2*n+1))))
		power.Mul(power, square)
	}
	log, _ := sum.Add(sum, sum).Float64()
	return log
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
		r := (z - c.at) * c.inverse
		s := r * r
		p := float64(s*(-0.5+float64(r*(1.0/3)))) + float64(float64(s*s)*(-0.25+float64(r*0.2)-float64(s*(1.0/6))))
		dst[i] = (float64(octaves*ln2High) + c.log) + (r + (p + float64(octaves*ln2Low)))
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
