package arrays

import (
	"math"
	"math/bits"
)

// tens are the powers of ten that 64 bits hold.
var tens = [...]uint64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19}

// exactTens are the powers of ten that are exact in 64 bits of floating point.
var exactTens = [...]float64{1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22}

// maxDigits is the number of decimal digits that always fit into 64 bits.
const maxDigits = len(tens) - 1

// Decimal parses the number at the beginning of text and returns its length n in bytes. It
// rounds exactly as strconv.ParseFloat, which takes four times as long for coordinates of
// 17 digits. n is 0 if there is no number, and for numbers that are left to strconv: with
// more than 19 digits, or not the ratio or product of two integers of 64 bits.
func Decimal(text []byte) (v float64, n int) {
	at := 0
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		at = 1
	}
	digits, whole, at := natural(text, 0, at)
	fraction := 0
	if at < len(text) && text[at] == '.' {
		significant := whole
		if digits == 0 {
			significant = 0
		}
		digits, fraction, at = natural(text, digits, at+1)
		if significant+fraction > maxDigits {
			return 0, 0
		}
	}
	if whole+fraction == 0 || whole > maxDigits {
		return 0, 0
	}
	power, at := exponent(text, at)
	v, ok := scaled(digits, power-fraction)
	if !ok {
		return 0, 0
	}
	if text[0] == '-' {
		v = -v
	}
	return v, at
}

// natural appends the digits of text[at:] to the number v. It returns their count and end.
func natural(text []byte, v uint64, at int) (_ uint64, count, end int) {
	for end = at; end < len(text) && text[end]-'0' <= 9; end++ {
		v = 10*v + uint64(text[end]-'0')
	}
	return v, end - at, end
}

// exponent is the power of ten after a number, 0 if there is none, and its end.
func exponent(text []byte, at int) (power, end int) {
	if at+1 >= len(text) || text[at]|0x20 != 'e' {
		return 0, at
	}
	first := at + 1
	if text[first] == '-' || text[first] == '+' {
		first++
	}
	size, count, end := natural(text, 0, first)
	switch {
	case count == 0:
		return 0, at
	case count > 4:
		size = 1e4 // beyond any number
	}
	if text[at+1] == '-' {
		return -int(size), end
	}
	return int(size), end
}

// scaled is digits · 10^power; ok is false if that takes more than 64-bit integers.
func scaled(digits uint64, power int) (v float64, ok bool) {
	switch {
	case digits == 0:
		return 0, true
	case digits < 1<<53 && -22 <= power && power <= 0:
		// Both are exact, so that the quotient is rounded once: W. D. Clinger, How to read floating point
		// numbers accurately, PLDI 1990.
		return float64(digits) / exactTens[-power], true
	case power < -maxDigits || power > maxDigits:
		return 0, false
	case power < 0:
		return quotient(digits, tens[-power]), true
	}
	high, low := bits.Mul64(digits, tens[power])
	return float64(low), high == 0
}

// quotient is a/b, rounded once. Both are normalized to their highest bit, so that the
// quotient has 63 or 64 bits; a remainder makes it odd, which is what rounding to 53 bits
// needs to know.
func quotient(a, b uint64) float64 {
	shiftA, shiftB := bits.LeadingZeros64(a), bits.LeadingZeros64(b)
	a, b = a<<shiftA, b<<shiftB
	q, remainder := bits.Div64(a>>1, a<<63, b)
	if remainder != 0 {
		q |= 1
	}
	return float64(q) * math.Float64frombits(uint64(1023-63+shiftB-shiftA)<<52)
}
