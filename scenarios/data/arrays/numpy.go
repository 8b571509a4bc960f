package arrays

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/sbinet/npyio"
	"github.com/sbinet/npyio/npy"

	"undercurrent/scenarios"
)

// maxHeader bounds the header of a NumPy file, in bytes.
const maxHeader = 1 << 16

// block is the number of values that are read at once.
const block = 1 << 12

// NumPy is an array whose header has been read; its values follow in the order of the file.
// It does not seek, and reads no further than the values that are asked for.
type NumPy struct {
	// Shape has the length along each dimension, as the file claims them.
	Shape []int
	// Fortran reports whether the first index varies fastest.
	Fortran bool

	from  io.Reader
	order binary.ByteOrder
	kind  kind
	bytes []byte // of a block
	done  int    // values read
}

// NewNumPy reads the header of a NumPy file of numbers or bool, of either byte order.
func NewNumPy(r io.Reader) (*NumPy, error) {
	h, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	a := &NumPy{Shape: h.Descr.Shape, Fortran: h.Descr.Fortran, from: r, order: binary.LittleEndian}
	if strings.HasPrefix(h.Descr.Type, ">") {
		a.order = binary.BigEndian
	}
	if a.kind, err = kindOf(h.Descr.Type); err != nil {
		return nil, err
	}
	a.bytes = make([]byte, a.kind.size()*block)
	return a, nil
}

// readHeader reads a header and nothing after it.
func readHeader(r io.Reader) (h npy.Header, err error) {
	text, err := headerText(r)
	if err != nil {
		return h, err
	}
	// The library panics at some broken headers.
	defer func() {
		if recover() != nil {
			err = errors.New("the header cannot be read, expected a NumPy file")
		}
	}()
	whole, err := npyio.NewReader(bytes.NewReader(text))
	if err != nil {
		return h, fmt.Errorf("the header cannot be read (%s), expected a NumPy file", scenarios.Escaped(err.Error()))
	}
	return whole.Header, nil
}

// headerText reads a header of bounded length; the library would allocate any length that
// is claimed. The error is an io.ErrUnexpectedEOF if the input ends within the header.
func headerText(r io.Reader) ([]byte, error) {
	// The length is of two bytes in version 1 and of four in version 2.
	text := make([]byte, 12)
	size := 10
	n, err := io.ReadFull(r, text[:size])
	if begun := min(n, len(npy.Magic)); !bytes.Equal(text[:begun], npy.Magic[:begun]) {
		return nil, fmt.Errorf("the file begins with %s, expected a NumPy file", Quoted(text[:n]))
	}
	if err == nil && text[6] == 2 {
		size = len(text)
		_, err = io.ReadFull(r, text[10:])
	}
	length := binary.LittleEndian.Uint32(text[8:])
	if err == nil && length > maxHeader {
		return nil, fmt.Errorf("the header has %d bytes, expected at most %d", length, maxHeader)
	}
	if err == nil {
		text = append(text[:size], make([]byte, length)...)
		_, err = io.ReadFull(r, text[size:])
	}
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, fmt.Errorf("the header is truncated (%w), expected a NumPy file", io.ErrUnexpectedEOF)
	case err != nil:
		return nil, fmt.Errorf("%w, expected a NumPy file", Plain(err))
	}
	return text, nil
}

// Read fills dst with the next values and returns their number n. The error is io.EOF if the
// input ends before the first and io.ErrUnexpectedEOF if it ends before the last, and an
// InexactError at an integer that float64 may not represent.
func (a *NumPy) Read(dst []float64) (n int, err error) {
	each := a.kind.size()
	for n < len(dst) {
		ask := min(len(dst)-n, block)
		got, err := io.ReadFull(a.from, a.bytes[:each*ask])
		decoded, wrong := a.decode(dst[n:], got/each)
		n, a.done = n+decoded, a.done+decoded
		switch {
		case wrong != nil:
			return n, wrong
		case errors.Is(err, io.EOF) && n > 0:
			return n, io.ErrUnexpectedEOF
		case err != nil:
			return n, err
		}
	}
	return n, nil
}

// decode decodes the first count values of the block. It stops at the first inexact one.
func (a *NumPy) decode(dst []float64, count int) (n int, err error) {
	switch a.kind {
	case "f8":
		for i := range count {
			dst[i] = math.Float64frombits(a.order.Uint64(a.bytes[8*i:]))
		}
	case "f4":
		for i := range count {
			dst[i] = float64(math.Float32frombits(a.order.Uint32(a.bytes[4*i:])))
		}
	default:
		for i := range count {
			v, ok := a.kind.value(a.order, a.bytes[a.kind.size()*i:])
			if !ok {
				return i, InexactError{indexText(a.index(a.done + i))}
			}
			dst[i] = v
		}
	}
	return count, nil
}

// index is the index of the value that comes after the given number of others.
func (a *NumPy) index(before int) []int {
	index := make([]int, len(a.Shape))
	for k := range index {
		along := len(index) - 1 - k
		if a.Fortran {
			along = k
		}
		if length := a.Shape[along]; length > 0 {
			index[along], before = before%length, before/length
		}
	}
	return index
}

// count is the number of values, 0 if there are none or more than maxValues.
func (a *NumPy) count() int {
	n := 1
	for _, length := range a.Shape {
		if length < 1 || n > maxValues/length {
			return 0
		}
		n *= length
	}
	return n
}

// all reads every value. Memory grows as they come: the shape is only a claim.
func (a *NumPy) all() (values []float64, err error) {
	count := a.count()
	if count == 0 {
		return nil, fmt.Errorf("the array has shape %v, expected 1 to %d values", a.Shape, maxValues)
	}
	part := make([]float64, block)
	for len(values) < count {
		n, err := a.Read(part[:min(block, count-len(values))])
		values = append(values, part[:n]...)
		if err != nil {
			return nil, endOf(err, len(values), count)
		}
	}
	return values, nil
}

// endOf is the error of an array that ends after n of count values.
func endOf(err error, n, count int) error {
	var inexact InexactError
	switch {
	case errors.As(err, &inexact):
		return err
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the array ends after %d of %d values, expected a complete file", n, count)
	}
	return fmt.Errorf("%w after %d of %d values, expected a readable file", Plain(err), n, count)
}

// readNumPy reads a two-dimensional array.
func readNumPy(f file, check valueCheck) (Matrix, error) {
	a, err := NewNumPy(f)
	if err != nil {
		return Matrix{}, err
	}
	return a.matrix(check)
}

// matrix reads a two-dimensional array row by row.
func (a *NumPy) matrix(check valueCheck) (Matrix, error) {
	if len(a.Shape) != 2 {
		return Matrix{}, fmt.Errorf("the array has shape %v, expected two dimensions", a.Shape)
	}
	values, err := a.all()
	if err != nil {
		return Matrix{}, err
	}
	m := Matrix{values, a.Shape[0], a.Shape[1]}
	if a.Fortran {
		m.Values = transposed(values, m.Rows, m.Columns)
	}
	if err := m.check(check); err != nil {
		return Matrix{}, err
	}
	return m, nil
}

// transposed reorders values from column by column to row by row.
func transposed(values []float64, rows, columns int) []float64 {
	out := make([]float64, len(values))
	for i := range rows {
		for j := range columns {
			out[i*columns+j] = values[j*rows+i]
		}
	}
	return out
}
