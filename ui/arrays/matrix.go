// Package arrays reads arrays and pictures of numbers from files. What it reads is
// bounded before memory is asked for, and its errors say in one sentence what is wrong,
// where, and what was expected: lines, their values and bytes counted from 1, places in
// NumPy arrays from 0.
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

// rule is why a value is refused, nil where it is not.
type rule func(v float64) error

// check refuses a value by its row and column.
func (m Matrix) check(accept rule) error {
	for i, v := range m.Values {
		if err := accept(v); err != nil {
			return fmt.Errorf("%s: %w", place([]int{i / m.Columns, i % m.Columns}), err)
		}
	}
	return nil
}

// place is an index as Python writes it.
func place(index []int) string {
	return strings.ReplaceAll(fmt.Sprint(index), " ", ", ")
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
	const expected = "a file that can be read"
	with, known := by[strings.ToLower(filepath.Ext(name))]
	if !known {
		var none T
		if err := refuseFolder(name, expected); err != nil {
			return none, err
		}
		return none, fmt.Errorf("%s: the name ends otherwise, expected %s", name, strings.Join(slices.Sorted(maps.Keys(by)), " or "))
	}
	return open(name, expected, with)
}

// refuseFolder says what no reader of a format would: that there is no file to read.
func refuseFolder(name, expected string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("%s: is a directory, expected %s", name, expected)
	}
	return nil
}

// open opens a file for a reader and puts its name before what is wrong with it.
func open[T any](name, expected string, with reader[T]) (T, error) {
	var none T
	if err := refuseFolder(name, expected); err != nil {
		return none, err
	}
	f, err := os.Open(name)
	if err != nil {
		return none, fmt.Errorf("%s: %w, expected %s", name, Plain(err), expected)
	}
	defer f.Close()
	value, err := with(f)
	if err != nil {
		return none, fmt.Errorf("%s: %w", name, err)
	}
	return value, nil
}

// Plain is the reason alone, without the call and the path.
func Plain(err error) error {
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
