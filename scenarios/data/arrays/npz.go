package arrays

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"undercurrent/scenarios"
)

// maxEntry bounds the size that an array in an archive may claim, in bytes.
const maxEntry = maxHeader + 8*maxValues

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
		// NumPy appends .npy to the names, others do not.
		a[strings.TrimSuffix(entry.Name, ".npy")] = entry
	}
	return a, nil
}

// names lists names for an error, sorted.
func names(list []string) string {
	const maxNames = 8
	slices.Sort(list)
	if len(list) > maxNames {
		list = append(list[:maxNames:maxNames], "…")
	}
	return scenarios.Escaped(strings.Join(list, ", "))
}

// matrix reads a two-dimensional array.
func (a archive) matrix(name string, check valueCheck) (m Matrix, err error) {
	err = a.open(name, func(n *NumPy) error {
		m, err = n.matrix(check)
		return err
	})
	return m, err
}

// pick is the first of the wanted names that the archive has, or else the only one of a list.
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

// open opens an array for a reader. Errors begin with its name. The size that it claims is
// checked first: a small file may decompress to a large array.
func (a archive) open(name string, with func(*NumPy) error) error {
	if size := a[name].UncompressedSize64; size > maxEntry {
		return fmt.Errorf("%s: the array has %d bytes, expected at most %d", scenarios.Escaped(name), size, uint64(maxEntry))
	}
	entry, err := a[name].Open()
	if err != nil {
		return fmt.Errorf("%s: %w, expected a NumPy array", scenarios.Escaped(name), err)
	}
	defer entry.Close()
	n, err := NewNumPy(entry)
	if err == nil {
		err = with(n)
	}
	// Reading up to the end compares the checksum.
	if err == nil {
		if _, err = io.CopyN(io.Discard, entry, 1); errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", scenarios.Escaped(name), err)
	}
	return nil
}

// flat are the names of the arrays of two dimensions, of any type.
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
