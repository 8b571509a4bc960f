package arrays

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
)

// kind is the type of the values of a NumPy array in NumPy's notation: f8 is float64.
type kind string

// kindOf parses the type of a header, such as <f8.
func kindOf(descr string) (kind, error) {
	switch k := kind(strings.TrimLeft(descr, "<>=|")); k {
	case "b1", "i1", "u1", "f2", "i2", "u2", "f4", "i4", "u4", "f8", "i8", "u8":
		return k, nil
	case "O":
		return "", errors.New("the array holds pickled objects, expected numbers")
	}
	return "", fmt.Errorf("the array is of type %s, expected bool, whole numbers, float16, float32 or float64", Quoted(descr))
}

// size is the number of bytes of a value.
func (k kind) size() int { return int(k[1] - '0') }

// value decodes the first value of b. ok is false for an integer that float64 may not
// represent.
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
		return v, order.Uint64(b)+maxWhole <= 2*maxWhole
	case "u8":
		return float64(order.Uint64(b)), order.Uint64(b) <= maxWhole
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

// maxWhole bounds the integers that float64 represents without gaps.
const maxWhole = 1 << 53

// InexactError reports an integer of an array that float64 may not represent.
type InexactError struct{ Index string }

func (e InexactError) Error() string {
	return e.Index + " is an integer beyond 2⁵³, expected one that float64 represents exactly"
}

// half decodes a float16: a sign bit, 5 bits of exponent, 10 of fraction.
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
