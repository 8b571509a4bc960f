package cli

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/sbinet/npyio"
)

// mostValues bounds an array that is read.
const mostValues = 1 << 24

// readMatrix reads a two-dimensional array from a NumPy or CSV file, row by row. The
// error says in one sentence what is wrong and where.
func readMatrix(name string) (values []float64, rows, columns int, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, 0, 0, usagef("%s: %w, expected a file that can be read", name, plain(err))
	}
	defer f.Close()
	switch strings.ToLower(filepath.Ext(name)) {
	case ".npy":
		values, rows, columns, err = readNumPy(f)
	case ".csv":
		values, rows, columns, err = readCSV(f)
	default:
		err = errors.New("the name ends otherwise, expected .npy or .csv")
	}
	if err != nil {
		return nil, 0, 0, usagef("%s: %w", name, err)
	}
	return values, rows, columns, nil
}

// readNumPy reads float32 or float64 of either byte and memory order.
func readNumPy(f io.Reader) (values []float64, rows, columns int, err error) {
	// The library panics at some broken headers.
	defer func() {
		if failure := recover(); failure != nil {
			err = fmt.Errorf("the header cannot be read (%v), expected a NumPy file", failure)
		}
	}()
	counted := &counter{Reader: f}
	r, err := npyio.NewReader(counted)
	if err != nil {
		return nil, 0, 0, fmt.Errorf("the header cannot be read (%w), expected a NumPy file", plain(err))
	}
	d := r.Header.Descr
	if len(d.Shape) != 2 {
		return nil, 0, 0, fmt.Errorf("the array has shape %v, expected two dimensions", d.Shape)
	}
	rows, columns = d.Shape[0], d.Shape[1]
	if rows < 1 || columns < 1 || rows > mostValues/columns {
		return nil, 0, 0, fmt.Errorf("the array has shape %v, expected 1 to %d values", d.Shape, mostValues)
	}
	header, each := counted.bytes, 8
	switch kind := strings.TrimLeft(d.Type, "<>=|"); kind {
	case "f8":
		err = r.Read(&values)
	case "f4":
		each = 4
		var singles []float32
		err = r.Read(&singles)
		for _, v := range singles {
			values = append(values, float64(v))
		}
	case "O":
		return nil, 0, 0, errors.New("the array holds pickled objects, expected float32 or float64")
	default:
		return nil, 0, 0, fmt.Errorf("the array is of type %s, expected float32 or float64", d.Type)
	}
	// The library takes what a file lacks for zeros.
	if got := (counted.bytes - header) / each; err != nil || got < rows*columns || len(values) != rows*columns {
		return nil, 0, 0, fmt.Errorf("the array ends after %d of %d values, expected a whole file", got, rows*columns)
	}
	if d.Fortran {
		values = transposed(values, rows, columns)
	}
	return values, rows, columns, nil
}

// counter counts what is read.
type counter struct {
	io.Reader
	bytes int
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.bytes += n
	return n, err
}

// transposed puts values that lie column by column row by row.
func transposed(values []float64, rows, columns int) []float64 {
	out := make([]float64, len(values))
	for i := range rows {
		for j := range columns {
			out[i*columns+j] = values[j*rows+i]
		}
	}
	return out
}

// readCSV reads numbers with commas between them.
func readCSV(f io.Reader) (values []float64, rows, columns int, err error) {
	r := csv.NewReader(f)
	r.ReuseRecord = true
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return values, rows, columns, nil
		}
		var wrong *csv.ParseError
		switch {
		case errors.As(err, &wrong) && errors.Is(err, csv.ErrFieldCount):
			return nil, 0, 0, fmt.Errorf("line %d has %d values, expected %d", wrong.Line, len(record), columns)
		case errors.As(err, &wrong):
			return nil, 0, 0, fmt.Errorf("line %d, column %d: %w, expected numbers with commas between them", wrong.Line, wrong.Column, wrong.Err)
		case err != nil:
			return nil, 0, 0, plain(err)
		}
		rows, columns = rows+1, len(record)
		if len(values)+columns > mostValues {
			return nil, 0, 0, fmt.Errorf("more than %d values, expected fewer", mostValues)
		}
		for k, text := range record {
			v, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
			if err != nil {
				line, column := r.FieldPos(k)
				return nil, 0, 0, fmt.Errorf("line %d, column %d: %q, expected a number", line, column, text)
			}
			values = append(values, v)
		}
	}
}
