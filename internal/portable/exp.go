package portable

import (
	"math"
	"math/big"
)

const (
	parts = 128 // of an octave: one for each entry of the table

	// Added to a number below 2⁵¹, it leaves the nearest integer in the low bits.
	shift = 3 << 51

	// ln 2/128 in two parts: the first has 30 bits, so that its product with an integer of the
	// range of Exp is exact.
	stepHigh = 0x1.62e42fep-8
	stepLow  = 0x1.f473de6af278fp-37
)

// power is 2^(j/128) as the rounded value and what the rounding has taken, relative to it.
type power struct {
	bits uint64
	rest float64
}

// powers is never written again.
var powers = tabulate()

func tabulate() (table [parts]power) {
	const precision = 160
	root := big.NewFloat(2).SetPrec(precision)
	for j := 1; j < parts; j *= 2 {
		root.Sqrt(root)
	}
	exact := big.NewFloat(1).SetPrec(precision)
	for j := range table {
		rounded, _ := exact.Float64()
		rest := new(big.Float).Sub(exact, big.NewFloat(rounded))
		table[j].bits = math.Float64bits(rounded)
		table[j].rest, _ = rest.Quo(rest, exact).Float64()
		exact.Mul(exact, root)
	}
	return table
}

// Exp is e^x to within one unit in the last place: 2^(k/128) from a table, times the Taylor
// polynomial of degree 5 of what is left, at most ln 2/256 (P. T. P. Tang, Table-driven
// implementation of the exponential function, ACM TOMS 15, 1989). Conversions forbid fusing.
func Exp(x float64) float64 {
	if !(math.Abs(x) < 708) {
		return expFar(x)
	}
	k, p := reduce(x)
	q := &powers[k%parts]
	scale := math.Float64frombits(q.bits + k/parts<<52)
	return scale + float64(scale*float64(q.rest+p))
}

// reduce writes e^x as 2^(k/128) (1 + p). In two's complement, k counts negative powers too.
func reduce(x float64) (k uint64, p float64) {
	shifted := float64(x*(parts*math.Log2E)) + shift
	k = math.Float64bits(shifted) - math.Float64bits(shift)
	n := shifted - shift
	r := x - float64(n*stepHigh) - float64(n*stepLow)
	s := r * r
	return k, r + float64(s*(0.5+float64(r*(1.0/6)))) + float64(float64(s*s)*(1.0/24+float64(r*(1.0/120))))
}

// expFar is Exp where 2^(k/128) may be no normal number.
func expFar(x float64) float64 {
	switch {
	case x > 710:
		return math.Inf(1)
	case x < -746:
		return 0
	case math.IsNaN(x):
		return x
	}
	k, p := reduce(x)
	q := &powers[k%parts]
	near := math.Float64frombits(q.bits)
	return math.Ldexp(near+float64(near*float64(q.rest+p)), int(int64(k)>>7))
}
