package arrays

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"undercurrent/scenarios"
)

// ParsePoint parses a line of x and y, separated by a comma, a semicolon or blanks and
// optionally followed by one, each rounded as strconv.ParseFloat does; a number beyond the
// largest is infinite. It does not retain the line and allocates only for an error, such as
// `column 3: "abc", expected a number`. Columns are bytes, counted from 1.
func ParsePoint(line []byte) (p scenarios.Point, err error) {
	at, ok := skipBlanks(line, 0), false
	if p.X, at, ok = number(line, at); !ok {
		return p, noNumber(line, at)
	}
	at = skipSeparator(line, at)
	if p.Y, at, ok = number(line, at); !ok {
		return p, noNumber(line, at)
	}
	if at = skipBlanks(line, at); skipSeparator(line, at) < len(line) {
		return p, fmt.Errorf("column %d: %s, expected the line to end after x and y", at+1, Quoted(line[at:]))
	}
	return p, nil
}

func noNumber(line []byte, at int) error {
	return fmt.Errorf("column %d: %s, expected a number", at+1, found(line, at))
}

// IsHeader reports whether a line names the columns x and y, in quotes or not.
func IsHeader(line []byte) bool {
	is := func(at int, name string) (end int, ok bool) {
		end = fieldEnd(line, at)
		return end, string(bytes.ToLower(bytes.Trim(line[at:end], `"'`))) == name
	}
	at, ok := is(skipBlanks(line, 0), "x")
	if !ok {
		return false
	}
	at, ok = is(skipSeparator(line, at), "y")
	return ok && skipSeparator(line, at) == len(line)
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
