package arrays

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"

	"undercurrent/scenarios"
)

// ParsePoint reads a line of x and y, with a comma, a semicolon or blanks between them,
// each rounded as strconv.ParseFloat does; a number beyond the largest is infinite. It
// keeps nothing of the line and allocates for an error alone, which says where and what:
// `column 3: "abc", expected a number`. Columns are bytes, counted from 1.
func ParsePoint(line []byte) (p scenarios.Point, err error) {
	x, y, rest := fields(line)
	if p.X, err = number(line, x); err != nil {
		return p, err
	}
	if p.Y, err = number(line, y); err != nil {
		return p, err
	}
	if rest < len(line) {
		return p, fmt.Errorf("column %d: %s, expected the line to end after x and y", rest+1, quoted(line[rest:]))
	}
	return p, nil
}

// IsHeader says whether a line names the columns x and y, in quotes or not.
func IsHeader(line []byte) bool {
	x, y, rest := fields(line)
	called := func(f field, name string) bool {
		return string(bytes.ToLower(bytes.Trim(line[f.from:f.to], `"'`))) == name
	}
	return rest == len(line) && called(x, "x") && called(y, "y")
}

// field is a piece of a line.
type field struct{ from, to int }

// fields are the first two of a line, and where what comes after them begins.
func fields(line []byte) (x, y field, rest int) {
	x.from = skip(line, 0)
	x.to = end(line, x.from)
	y.from = skip(line, x.to)
	if y.from < len(line) && (line[y.from] == ',' || line[y.from] == ';') {
		y.from = skip(line, y.from+1)
	}
	y.to = end(line, y.from)
	return x, y, skip(line, y.to)
}

// skip is the place of the first byte from at on that is no blank.
func skip(line []byte, at int) int {
	for at < len(line) && (line[at] == ' ' || line[at] == '\t' || line[at] == '\r') {
		at++
	}
	return at
}

// end is the place of the first byte from at on that ends a number.
func end(line []byte, at int) int {
	for at < len(line) && line[at] != ',' && line[at] != ';' && line[at] != ' ' && line[at] != '\t' && line[at] != '\r' {
		at++
	}
	return at
}

// number is the number of a field. Some programs write them in quotes.
func number(line []byte, f field) (float64, error) {
	text := line[f.from:f.to]
	v, err := strconv.ParseFloat(string(text), 64)
	if n := len(text); errors.Is(err, strconv.ErrSyntax) && n > 2 && text[0] == '"' && text[n-1] == '"' {
		v, err = strconv.ParseFloat(string(text[1:n-1]), 64)
	}
	switch {
	case err == nil || errors.Is(err, strconv.ErrRange):
		return v, nil
	case f.from == len(line):
		return 0, fmt.Errorf("column %d: the line ends, expected a number", f.from+1)
	case len(text) == 0:
		text = line[f.from : f.from+1]
	}
	return 0, fmt.Errorf("column %d: %s, expected a number", f.from+1, quoted(text))
}
