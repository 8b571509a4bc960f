package arrays

import (
	"errors"
	"fmt"
	"io"
)

// readCSV reads a row of numbers from each line, separated like those of a point.
func readCSV(f file, check valueCheck) (m Matrix, err error) {
	for lines := newTextLines(f); ; {
		line, err := lines.next()
		switch {
		case errors.Is(err, io.EOF):
			return m, nil
		case err != nil:
			return Matrix{}, err
		}
		before := len(m.Values)
		if m.Values, err = appendRow(m.Values, line, check); err != nil {
			return Matrix{}, fmt.Errorf("line %d, %w", lines.number, err)
		}
		switch n := len(m.Values) - before; {
		case len(m.Values) > maxValues:
			return Matrix{}, fmt.Errorf("line %d: more than %d values, expected fewer", lines.number, maxValues)
		case before > 0 && n != m.Columns:
			return Matrix{}, fmt.Errorf("line %d has %d values, expected %d as in the lines before", lines.number, n, m.Columns)
		default:
			m.Rows, m.Columns = m.Rows+1, n
		}
	}
}

// appendRow appends the numbers of a line. Its errors count them from 1.
func appendRow(row []float64, line []byte, check valueCheck) ([]float64, error) {
	for at, k := skipBlanks(line, 0), 1; ; k++ {
		v, end, ok := number(line, at)
		if !ok {
			return row, fmt.Errorf("value %d: %s, expected a number", k, found(line, at))
		}
		if err := check(v); err != nil {
			return row, fmt.Errorf("value %d: %w", k, err)
		}
		row = append(row, v)
		if at = skipSeparator(line, end); at == len(line) {
			return row, nil
		}
	}
}
