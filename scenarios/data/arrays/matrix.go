// Package arrays reads arrays and pictures of numbers from files. What it reads is
// bounded before memory is allocated, and its errors say in one sentence what is wrong,
// where, and what was expected: lines, their values and bytes counted from 1, indices of
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

// maxValues bounds an array that is read.
const maxValues = 1 << 24

// Matrix is a two-dimensional array, Rows × Columns values row by row.
type Matrix struct {
	Values        []float64
	Rows, Columns int
}

// valueCheck is the reason why a value is refused, nil if it is accepted.
type valueCheck func(v float64) error

// check refuses the first value that is not accepted, with its row and column.
func (m Matrix) check(accept valueCheck) error {
	for i, v := range m.Values {
		if err := accept(v); err != nil {
			return fmt.Errorf("%s: %w", indexText([]int{i / m.Columns, i % m.Columns}), err)
		}
	}
	return nil
}

// indexText is an index as Python writes it.
func indexText(index []int) string {
	return strings.ReplaceAll(fmt.Sprint(index), " ", ", ")
}

// file is a file that an array is read from.
type file interface {
	io.ReadSeeker
	io.ReaderAt
}

var _ file = (*os.File)(nil)

// reader reads one kind of file.
type reader[T any] func(file) (T, error)

// read reads a file by the reader of its extension.
func read[T any](name string, by map[string]reader[T]) (T, error) {
	const expected = "a readable file"
	with, known := by[strings.ToLower(filepath.Ext(name))]
	if !known {
		var none T
		if err := refuseDirectory(name, expected); err != nil {
			return none, err
		}
		return none, fmt.Errorf("%s: unknown file name extension, expected %s", name, strings.Join(slices.Sorted(maps.Keys(by)), " or "))
	}
	return open(name, expected, with)
}

// refuseDirectory refuses a directory, which readers of formats would not name as such.
func refuseDirectory(name, expected string) error {
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return fmt.Errorf("%s: is a directory, expected %s", name, expected)
	}
	return nil
}

// open opens a file for a reader. Errors begin with its name.
func open[T any](name, expected string, with reader[T]) (T, error) {
	var none T
	if err := refuseDirectory(name, expected); err != nil {
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

// Plain is the reason of an error of a file, without the call and the paths.
func Plain(err error) error {
	var (
		p *os.PathError
		l *os.LinkError
	)
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

// Quoted is a part of a file for an error, shortened if it is long.
func Quoted[T string | []byte](text T) string {
	const maxLength = 40
	if len(text) > maxLength {
		return fmt.Sprintf("%q…", text[:maxLength])
	}
	return fmt.Sprintf("%q", text)
}
