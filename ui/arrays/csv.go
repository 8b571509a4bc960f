package arrays

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// longestRow bounds a row of a CSV file, in bytes: a file may have no line ends.
const longestRow = 1 << 20

// readCSV reads numbers with commas between them.
func readCSV(f file) (Matrix, error) {
	source := &rations{from: f}
	r := csv.NewReader(source)
	r.ReuseRecord = true
	var m Matrix
	for {
		source.left = longestRow
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return m, nil
		}
		if err != nil {
			return Matrix{}, wrongRow(m, record, err)
		}
		if len(m.Values)+len(record) > mostValues {
			return Matrix{}, fmt.Errorf("more than %d values, expected fewer", mostValues)
		}
		m.Rows, m.Columns = m.Rows+1, len(record)
		for k, text := range record {
			v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err != nil {
				line, column := r.FieldPos(k)
				return Matrix{}, fmt.Errorf("line %d, column %d: %s, expected a number", line, column, Quoted(text))
			}
			m.Values = append(m.Values, v)
		}
	}
}

// wrongRow is why the row after those of m cannot be read.
func wrongRow(m Matrix, record []string, err error) error {
	var wrong *csv.ParseError
	switch parsed := errors.As(err, &wrong); {
	case errors.Is(err, errRations):
		return fmt.Errorf("row %d has more than %d bytes, expected numbers with commas between them", m.Rows+1, longestRow)
	case parsed && errors.Is(err, csv.ErrFieldCount):
		return fmt.Errorf("line %d has %d values, expected %d", wrong.Line, len(record), m.Columns)
	case parsed:
		return fmt.Errorf("line %d, column %d: %w, expected numbers with commas between them", wrong.Line, wrong.Column, wrong.Err)
	}
	return fmt.Errorf("%w, expected a file that can be read", plain(err))
}

// errRations says that no more may be read before a row is whole.
var errRations = errors.New("too long")

// rations hands on only so many bytes: whoever reads a row with a library that takes
// any length renews them from row to row.
type rations struct {
	from io.Reader
	left int
}

func (r *rations) Read(p []byte) (int, error) {
	if r.left <= 0 {
		return 0, errRations
	}
	n, err := r.from.Read(p[:min(len(p), r.left)])
	r.left -= n
	return n, err
}
