package arrays

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// mostEntry bounds what an array in an archive may claim to have, in bytes.
const mostEntry = mostHeader + 8*mostValues

// archive has the arrays of a NumPy archive by their names.
type archive map[string]*zip.File

// openArchive reads the list of arrays.
func openArchive(f file) (archive, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, fmt.Errorf("%w, expected a NumPy archive", Plain(err))
	}
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, fmt.Errorf("%w, expected a NumPy archive", Plain(err))
	}
	a := archive{}
	for _, entry := range z.File {
		// NumPy ends the names so, others do not.
		a[strings.TrimSuffix(entry.Name, ".npy")] = entry
	}
	return a, nil
}

// names are those of the arrays, sorted and for an error.
func names(list []string) string {
	const most = 8
	slices.Sort(list)
	if len(list) > most {
		list = append(list[:most:most], "…")
	}
	return strings.Join(list, ", ")
}

// matrix reads a two-dimensional array.
func (a archive) matrix(name string, accept rule) (m Matrix, err error) {
	err = a.open(name, func(n *NumPy) error {
		m, err = n.matrix(accept)
		return err
	})
	return m, err
}

// pick is the array that is called one of the names, the first in their order, or else the
// only one of a list.
func (a archive) pick(list []string, wanted ...string) (string, error) {
	for _, name := range wanted {
		if a[name] != nil {
			return name, nil
		}
	}
	switch len(list) {
	case 0:
		return "", fmt.Errorf("no array of two dimensions, expected %s", strings.Join(wanted, " or "))
	case 1:
		return list[0], nil
	}
	return "", fmt.Errorf("the arrays %s have two dimensions, expected one of them, or %s", names(list), strings.Join(wanted, " or "))
}

// open hands an array to a reader and puts its name before what is wrong with it. The
// size that it claims is looked at first: a small file may stand for a large array.
func (a archive) open(name string, with func(*NumPy) error) error {
	if size := a[name].UncompressedSize64; size > mostEntry {
		return fmt.Errorf("%s: the array has %d bytes, expected at most %d", name, size, uint64(mostEntry))
	}
	entry, err := a[name].Open()
	if err != nil {
		return fmt.Errorf("%s: %w, expected a NumPy array", name, err)
	}
	defer entry.Close()
	n, err := NewNumPy(entry)
	if err == nil {
		err = with(n)
	}
	// The sum is compared where the array ends.
	if err == nil {
		if _, err = io.CopyN(io.Discard, entry, 1); errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// flat are the names of the arrays of two dimensions, whatever they hold.
func (a archive) flat() (list []string) {
	for name, file := range a {
		entry, err := file.Open()
		if err != nil {
			continue
		}
		if h, err := readHeader(entry); err == nil && len(h.Descr.Shape) == 2 {
			list = append(list, name)
		}
		entry.Close()
	}
	slices.Sort(list)
	return list
}
