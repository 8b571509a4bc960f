package draws

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// source is a file of draws whose beginning has been read.
type source interface {
	// head describes the columns.
	head() *head
	// read passes the wanted values of every row to the builder.
	read(b *builder) error
}

// head is what is known of a file before its rows are read.
type head struct {
	format string
	// columns are the names of the columns; a column without a name is empty. numeric reports
	// which of them hold numbers in the first row.
	columns []string
	numeric []bool
	// roles are the columns whose meaning the format defines.
	roles roles
	// bookkeeping are columns that the format defines as such, by number from 0.
	bookkeeping []bool
	// isChain reports whether each file is a chain.
	isChain bool
	// notes are sentences about this file, without its name.
	notes []string
}

// file is a file that is read, such as an *os.File.
type file interface {
	io.ReadSeeker
	io.ReaderAt
}

// Read reads files of the same kind into one table; several files are chains. A name may be a
// pattern such as mcmc_*.csv, or the root of a GetDist chain, whose files are root_1.txt and
// so on.
func Read(names []string, o Options) (*Table, error) {
	paths, err := expanded(names)
	if err != nil {
		return nil, err
	}
	var (
		b     *builder
		first *head
	)
	for k, path := range paths {
		err := opened(path, o, func(s source) (err error) {
			h := s.head()
			if k == 0 {
				if b, err = newBuilder(h, o, len(paths)); err != nil {
					return err
				}
				first = h
			} else if err := h.same(first, paths[0]); err != nil {
				return err
			}
			b.begin(path, h)
			return s.read(b)
		})
		if err != nil {
			return nil, located(path, err)
		}
	}
	t, err := b.finish()
	if err != nil {
		return nil, located(paths[len(paths)-1], err)
	}
	return t, nil
}

// opened opens a file for a function.
func opened(path string, o Options, with func(source) error) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return errors.New("is a directory, expected a file of draws")
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("%w, expected a readable file", arrays.Plain(err))
	}
	defer f.Close()
	s, err := newSource(path, f, o)
	if err != nil {
		return err
	}
	return with(s)
}

// same refuses a file whose columns are not those of the first one.
func (h *head) same(first *head, name string) error {
	switch {
	case h.format != first.format:
		return fmt.Errorf("the file is taken for %s, expected %s as in %s", h.format, first.format, name)
	case !slices.Equal(h.columns, first.columns):
		return fmt.Errorf("the columns are %s, expected %s as in %s", h.list(h.all()), first.list(first.all()), name)
	}
	return nil
}

// placeError is an error at a place in a file, such as "line 7".
type placeError struct {
	place string
	err   error
}

func (e placeError) Error() string { return e.place + ": " + e.err.Error() }

func (e placeError) Unwrap() error { return e.err }

// at adds the place to an error.
func at(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return placeError{fmt.Sprintf(format, args...), err}
}

// located adds the name of the file to an error.
func located(path string, err error) error {
	var place placeError
	if errors.As(err, &place) {
		return fmt.Errorf("%s, %w", scenarios.Escaped(path), err)
	}
	return fmt.Errorf("%s: %w", scenarios.Escaped(path), err)
}
