// Package arrays reads arrays and pictures of numbers from files. What it reads is
// bounded before memory is asked for, and its errors say in one sentence what is wrong,
// where, and what was expected. What the numbers mean is their reader's business: NaN,
// infinities and negative numbers are handed on.
package arrays

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// mostValues bounds an array that is read.
const mostValues = 1 << 24

// Matrix is a two-dimensional array, Rows × Columns values row by row.
type Matrix struct {
	Values        []float64
	Rows, Columns int
}

// ReadMatrix reads a NumPy file (.npy: float32 or float64, either byte and memory order)
// or numbers with commas between them (.csv), at most 2²⁴ values. The error begins with
// the name of the file.
func ReadMatrix(name string) (Matrix, error) {
	return read(name, map[string]reader[Matrix]{".npy": readNumPy, ".csv": readCSV})
}

// file is what an array is read from.
type file interface {
	io.ReadSeeker
	io.ReaderAt
}

var _ file = (*os.File)(nil)

// reader reads one kind of file.
type reader[T any] func(file) (T, error)

// read reads a file by the reader of its extension.
func read[T any](name string, by map[string]reader[T]) (T, error) {
	with, known := by[strings.ToLower(filepath.Ext(name))]
	if !known {
		var none T
		return none, fmt.Errorf("%s: the name ends otherwise, expected %s", name, strings.Join(slices.Sorted(maps.Keys(by)), " or "))
	}
	return open(name, "a file that can be read", with)
}

// open opens a file for a reader and puts its name before what is wrong with it.
func open[T any](name, expected string, with reader[T]) (T, error) {
	var none T
	f, err := os.Open(name)
	if err != nil {
		return none, fmt.Errorf("%s: %w, expected %s", name, plain(err), expected)
	}
	defer f.Close()
	value, err := with(f)
	if err != nil {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}

// plain is the reason alone, without the call and the path.
func plain(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// Quoted is a piece of a file for an error, shortened where it is long.
func Quoted[T string | []byte](text T) string {
	const longest = 40
	if len(text) > longest {
		return fmt.Sprintf("%q…", text[:longest])
	}
	return fmt.Sprintf("%q", text)
}
