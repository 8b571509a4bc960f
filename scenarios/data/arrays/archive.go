package arrays

import (
	"cmp"
	"io"
	"maps"
	"slices"
)

// Archive is a NumPy archive (.npz) whose list of arrays has been read.
type Archive struct{ arrays archive }

// Header is what an array of an archive claims to be.
type Header struct {
	Name  string
	Shape []int
	// Numeric reports whether its values can be read.
	Numeric bool
}

// Array is an array of any number of dimensions, with its values in the order of the file.
type Array struct {
	Values []float64
	Shape  []int
	// Fortran reports whether the first index varies fastest.
	Fortran bool
}

// OpenArchive reads the list of the arrays of a file, which must stay open.
func OpenArchive(f interface {
	io.ReadSeeker
	io.ReaderAt
}) (Archive, error) {
	a, err := openArchive(f)
	return Archive{a}, err
}

// Headers are those of the arrays, in the order of the file. An entry that is no array is left
// out.
func (a Archive) Headers() (list []Header) {
	position := func(name string) int64 {
		at, _ := a.arrays[name].DataOffset()
		return at
	}
	names := slices.SortedFunc(maps.Keys(a.arrays), func(p, q string) int {
		return cmp.Or(cmp.Compare(position(p), position(q)), cmp.Compare(p, q))
	})
	for _, name := range names {
		entry, err := a.arrays[name].Open()
		if err != nil {
			continue
		}
		if h, err := readHeader(entry); err == nil {
			_, unknown := kindOf(h.Descr.Type)
			list = append(list, Header{name, h.Descr.Shape, unknown == nil})
		}
		entry.Close()
	}
	return list
}

// Read reads an array of at most 2²⁴ values. Errors begin with its name.
func (a Archive) Read(name string) (read Array, err error) {
	err = a.arrays.open(name, func(n *NumPy) error {
		read, err = n.All()
		return err
	})
	return read, err
}

// All reads every value of an array, at most 2²⁴.
func (a *NumPy) All() (Array, error) {
	values, err := a.all()
	return Array{values, a.Shape, a.Fortran}, err
}

// Strides are the distances between values whose indices differ by one along each dimension.
func (a Array) Strides() []int {
	strides, step := make([]int, len(a.Shape)), 1
	for k := range strides {
		along := len(strides) - 1 - k
		if a.Fortran {
			along = k
		}
		strides[along], step = step, step*a.Shape[along]
	}
	return strides
}

// IndexText is an index as Python writes it, such as [3, 17].
func IndexText(index ...int) string { return indexText(index) }
