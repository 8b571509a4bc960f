package draws

import (
	"bytes"
	"errors"
	"math"
	"strconv"

	"undercurrent/scenarios/data/arrays"
)

// decimals parses numbers of a text whose decimal sign may be a comma.
type decimals struct {
	// allowsComma reports whether commas are no separators.
	allowsComma bool
	sign        byte // the decimal sign that was found first, 0 if there was none yet
	scratch     []byte
}

// number parses a field, optionally in quotes. What stands for a missing value is NaN, and a
// truth value is 0 or 1. ok is false for anything else.
func (d *decimals) number(text []byte) (v float64, ok bool) {
	if v, n := arrays.Decimal(text); n == len(text) && n > 0 && !d.allowsComma {
		return v, true
	}
	if n := len(text); n >= 2 && (text[0] == '"' || text[0] == '\'') && text[n-1] == text[0] {
		text = bytes.TrimSpace(text[1 : n-1])
	}
	if d.allowsComma {
		if text, ok = d.withPoint(text); !ok {
			return 0, false
		}
	}
	if v, n := arrays.Decimal(text); n == len(text) && n > 0 {
		return v, true
	}
	return word(string(text))
}

// withPoint is a number with a decimal point for its comma; ok is false where another decimal sign
// was found before, as one of both may separate thousands.
func (d *decimals) withPoint(text []byte) (_ []byte, ok bool) {
	k := bytes.IndexAny(text, ",.")
	if k < 0 {
		return text, true
	}
	if d.sign == 0 {
		d.sign = text[k]
	}
	if text[k] != d.sign {
		return nil, false
	}
	if text[k] == ',' {
		d.scratch = append(d.scratch[:0], text...)
		text = d.scratch
		text[k] = '.'
	}
	return text, true
}

// word parses what is no plain decimal number.
func word(text string) (v float64, ok bool) {
	switch text {
	case "", "NA", "N/A", "#N/A", "null", "NULL", "None", "<NA>", ".":
		return math.NaN(), true
	case "TRUE", "True", "true":
		return 1, true
	case "FALSE", "False", "false":
		return 0, true
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil || errors.Is(err, strconv.ErrRange)
}
