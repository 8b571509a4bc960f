package arrays

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"undercurrent/scenarios"
)

// ParsePoint parses a line of x and y, separated by a comma, a semicolon or blanks and
// optionally followed by one, each rounded as strconv.ParseFloat does; a number beyond the
// largest is infinite. It does not retain the line and allocates only for an error, such as
// `column 3: "abc", expected a number`. Columns are bytes, counted from 1.
func ParsePoint(line []byte) (p scenarios.Point, err error) {
	p, at, err := point(line)
	if err != nil {
		return p, err
	}
	return p, ends(line, at, "x and y")
}

// ParseWeighted is ParsePoint of a line of x, y and the weight of the point.
func ParseWeighted(line []byte) (p scenarios.Point, weight float64, err error) {
	p, at, err := point(line)
	if err != nil {
		return p, 0, err
	}
	weight, at, ok := number(line, skipSeparator(line, at))
	if !ok {
		return p, 0, noNumber(line, at)
	}
	return p, weight, ends(line, at, "x, y and a weight")
}

// point is that at the beginning of a line, and its end.
func point(line []byte) (p scenarios.Point, at int, err error) {
	ok := false
	if p.X, at, ok = number(line, skipBlanks(line, 0)); !ok {
		return p, at, noNumber(line, at)
	}
	if p.Y, at, ok = number(line, skipSeparator(line, at)); !ok {
		return p, at, noNumber(line, at)
	}
	return p, at, nil
}

// ends is the error of a line that goes on after what it has to have.
func ends(line []byte, at int, what string) error {
	if at = skipBlanks(line, at); skipSeparator(line, at) < len(line) {
		return fmt.Errorf("column %d: %s, expected the line to end after %s", at+1, Quoted(line[at:]), what)
	}
	return nil
}

func noNumber(line []byte, at int) error {
	return fmt.Errorf("column %d: %s, expected a number", at+1, found(line, at))
}

// IsHeader reports whether a line names the columns x and y, in quotes or not.
func IsHeader(line []byte) bool {
	weighted, ok := Heading(line)
	return ok && !weighted
}

// Heading reports whether a line names the columns x and y, or x, y and weight or weights, in quotes or not.
func Heading(line []byte) (weighted, ok bool) {
	is := func(at int, names ...string) (end int, ok bool) {
		end = fieldEnd(line, at)
		return end, slices.Contains(names, string(bytes.ToLower(bytes.Trim(line[at:end], `"'`))))
	}
	at, ok := is(skipBlanks(line, 0), "x")
	if !ok {
		return false, false
	}
	if at, ok = is(skipSeparator(line, at), "y"); !ok {
		return false, false
	}
	if at = skipSeparator(line, at); at == len(line) {
		return false, true
	}
	at, ok = is(at, "weight", "weights")
	return ok, ok && skipSeparator(line, at) == len(line)
}

// skipBlanks is the position of the first byte from at on that is not a blank.
func skipBlanks(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r') {
		at++
	}
	return at
}

// skipSeparator is the position after blanks with at most one comma or semicolon among them.
func skipSeparator(line []byte, at int) int {
	at = skipBlanks(line, at)
	if at < len(line) && (line[at] == ',' || line[at] == ';') {
		at = skipBlanks(line, at+1)
	}
	return at
}

// separates reports whether a byte ends a number.
func separates(b byte) bool { return b == ',' || b == ';' || b == ' ' || b == '\t' || b == '\r' }

// fieldEnd is the position of the first byte from at on that ends a number.
func fieldEnd(line []byte, at int) int {
	for at < len(line) && !separates(line[at]) {
		at++
	}
	return at
}

// number is the number at position at, and its end; the latter is at itself if there is none.
// Some programs write numbers in quotes.
func number(line []byte, at int) (v float64, end int, ok bool) {
	v, n := Decimal(line[at:])
	if end = at + n; n > 0 && (end == len(line) || separates(line[end])) {
		return v, end, true
	}
	end = fieldEnd(line, at)
	text := line[at:end]
	if n := len(text); n > 2 && text[0] == '"' && text[n-1] == '"' {
		text = text[1 : n-1]
	}
	v, err := strconv.ParseFloat(string(text), 64)
	if err != nil && !errors.Is(err, strconv.ErrRange) {
		return 0, at, false
	}
	return v, end, true
}

// found describes the text that is not a number.
func found(line []byte, at int) string {
	if at == len(line) {
		return "the line ends"
	}
	return Quoted(line[at:max(fieldEnd(line, at), at+1)])
}
