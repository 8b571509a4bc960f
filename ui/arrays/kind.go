package arrays

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// kind is what the values of a NumPy array are, as NumPy writes it: f8 is float64.
type kind string

// kindOf reads the type of a header, such as <f8.
func kindOf(descr string) (kind, error) {
	switch k := kind(strings.TrimLeft(descr, "<>=|")); k {
	case "b1", "i1", "u1", "f2", "i2", "u2", "f4", "i4", "u4", "f8", "i8", "u8":
		return k, nil
	case "O":
		return "", errors.New("the array holds pickled objects, expected numbers")
	}
	return "", fmt.Errorf("the array is of type %s, expected bool, whole numbers, float16, float32 or float64", Quoted(descr))
}

// size is how many bytes a value has.
func (k kind) size() int { return int(k[1] - '0') }

// value is the number that bytes begin with. It is not ok where float64 does not have all
// whole numbers of that size.
func (k kind) value(order binary.ByteOrder, b []byte) (v float64, ok bool) {
	switch k {
	case "i1":
		return float64(int8(b[0])), true
	case "u1":
		return float64(b[0]), true
	case "i2":
		return float64(int16(order.Uint16(b))), true
	case "u2":
		return float64(order.Uint16(b)), true
	case "i4":
		return float64(int32(order.Uint32(b))), true
	case "u4":
		return float64(order.Uint32(b)), true
	case "i8":
		v = float64(int64(order.Uint64(b)))
		return v, order.Uint64(b)+mostWhole <= 2*mostWhole
	case "u8":
		return float64(order.Uint64(b)), order.Uint64(b) <= mostWhole
	case "f2":
		return half(order.Uint16(b)), true
	case "f4":
		return float64(math.Float32frombits(order.Uint32(b))), true
	case "f8":
		return math.Float64frombits(order.Uint64(b)), true
	}
	if b[0] != 0 {
		return 1, true
	}
	return 0, true
}

// mostWhole is up to where float64 has every whole number.
const mostWhole = 1 << 53

// InexactError says where an array has a whole number that float64 may not have.
type InexactError struct{ Place string }

func (e InexactError) Error() string {
	return e.Place + " is a whole number beyond 2⁵³, expected one that float64 has exactly"
}

// half is the number of the bits of a float16: a sign, 5 bits of exponent, 10 of fraction.
func half(bits uint16) float64 {
	sign, exponent, fraction := 1-2*float64(bits>>15), int(bits>>10&0x1F), float64(bits&0x3FF)
	switch {
	case exponent == 0x1F && fraction > 0:
		return math.NaN()
	case exponent == 0x1F:
		return sign * math.Inf(1)
	case exponent == 0:
		return sign * math.Ldexp(fraction, -24)
	}
	return sign * math.Ldexp(fraction+0x400, exponent-25)
}
