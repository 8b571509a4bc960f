// Package frames reads clouds of particles that somebody else's sampler writes to a
// stream, one frame after the other. A frame is handed on as soon as it is whole. What is
// read is bounded before memory is asked for, and errors say in one sentence what is wrong,
// where, and what was expected.
package frames

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// fewest and most bound the finite particles of a frame.
const (
	fewest = 2
	most   = 20_000_000
)

// Frame is one cloud of somebody else's particles.
type Frame struct {
	// Number counts frames from 1.
	Number int
	// Points are the particles in the order of the stream.
	Points []scenarios.Point
	// Lost is the number of particles that were not finite and are left out.
	Lost int
	// Ordered says that particle k is the same one as in the frame before: there are as
	// many, none was lost in either, and the frames are no sliding window.
	Ordered bool
}

// add takes a particle that is finite.
func (f *Frame) add(p scenarios.Point) {
	if !finite(p) {
		f.Lost++
		return
	}
	if len(f.Points) == cap(f.Points) {
		f.grow()
	}
	f.Points = append(f.Points, p)
}

// grow makes room for twice the particles, but for no more than a frame may have: slices
// that append grows are copied more often, and their copies are garbage of their size.
func (f *Frame) grow() {
	const first = 1 << 6
	grown := make([]scenarios.Point, len(f.Points), min(max(2*cap(f.Points), first), most+1))
	copy(grown, f.Points)
	f.Points = grown
}

func finite(p scenarios.Point) bool {
	return math.Abs(p.X) <= math.MaxFloat64 && math.Abs(p.Y) <= math.MaxFloat64
}

// check refuses a frame of too few particles.
func (f *Frame) check() error {
	if n := len(f.Points); n < fewest || n > most {
		return fmt.Errorf("frame %d has %d finite particles of %d, expected %d to %d", f.Number, n, n+f.Lost, fewest, most)
	}
	return nil
}

// full says whether there is no room for another particle.
func (f *Frame) full() bool { return len(f.Points) > most }

// CutError says that the stream ended within a frame or a line. All frames before it have
// been handed on.
type CutError struct {
	// Input is the name of the stream.
	Input string
	// Problem says where it ends and what is left out.
	Problem string
}

func (e CutError) Error() string { return e.Input + " " + e.Problem }

// cut is a CutError of an input that is named later.
func cut(format string, args ...any) error { return CutError{Problem: fmt.Sprintf(format, args...)} }

// Options are how a stream is read.
type Options struct {
	// Format is how frames are written, Detect to see by the first byte that is no blank.
	Format Format
	// Last above 0 has frames of so many newest points of a stream of points; 0 otherwise.
	Last int
	// Every is after how many new points there is such a frame, 0 for a fiftieth of Last.
	Every int
	// Complete says that the input is a file to which nothing is added: its last line may
	// lack a line end, if it is a point. In a stream such a line may be the half of one.
	Complete bool
	// Name is what errors call the stream, such as "standard input" or a file.
	Name string
}

// validate refuses options that contradict each other.
func (o Options) validate() error {
	switch {
	case o.Format < Detect || o.Format > NumPy:
		return fmt.Errorf("format %d, expected one from %d to %d", int(o.Format), int(Detect), int(NumPy))
	case o.Last != 0 && (o.Last < fewest || o.Last > most):
		return fmt.Errorf("the last %d points, expected %d to %d", o.Last, fewest, most)
	case o.Last != 0 && o.Format != Detect && o.Format != Points:
		return fmt.Errorf("the last %d points of %s, expected %s", o.Last, o.Format, Points)
	case o.Last == 0 && o.Format == Points:
		return fmt.Errorf("%s without a number of them, expected how many last ones are a frame", Points)
	case o.Every < 0 || o.Every > most || o.Every > 0 && o.Last == 0:
		return fmt.Errorf("a frame every %d points of the last %d, expected 1 to %d of a number of points", o.Every, o.Last, most)
	}
	return nil
}

// source reads frames of one format.
type source interface {
	// next adds the next whole frame to dst, whose number it may name in an error. It is
	// io.EOF after the last one, and a CutError without an Input after a cut one.
	next(dst *Frame) error
}

// Reader reads frames from a stream.
type Reader struct {
	from    *bufio.Reader
	options Options
	source  source
	number  int
	before  int // particles of the frame before, -1 where their order is not known
	err     error
}

// chunk is how many bytes are asked for at once.
const chunk = 1 << 16

// NewReader reads frames from r. It reads nothing yet: Next sees the format, so that a
// stream may begin late. The error says which option cannot be met.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	o.Name = cmp.Or(o.Name, "the input")
	if o.Last > 0 {
		o.Every = cmp.Or(o.Every, max(1, o.Last/50))
	}
	return &Reader{from: bufio.NewReaderSize(r, chunk), options: o, before: -1}, nil
}

// Next reads the next whole frame into dst, whose memory is used again; it waits until
// there is one. It is io.EOF after the last, a CutError where the stream ends within a
// frame, and otherwise a sentence that begins with the stream's name. What dst holds
// besides an error is no frame; later calls have the same error.
func (r *Reader) Next(dst *Frame) error {
	if r.err == nil {
		r.err = r.read(dst)
	}
	return r.err
}

func (r *Reader) read(dst *Frame) error {
	*dst = Frame{Number: r.number + 1, Points: dst.Points[:0]}
	if r.source == nil {
		var err error
		if r.source, err = r.open(); err != nil {
			return r.named(err)
		}
	}
	if err := r.source.next(dst); err != nil {
		return r.named(err)
	}
	r.number++
	if r.options.Last == 0 && dst.Lost == 0 {
		dst.Ordered, r.before = len(dst.Points) == r.before, len(dst.Points)
	} else {
		r.before = -1
	}
	return nil
}

// named is an error with the name of the stream.
func (r *Reader) named(err error) error {
	var c CutError
	switch {
	case errors.As(err, &c):
		c.Input = r.options.Name
		return c
	case !errors.Is(err, io.EOF):
		return fmt.Errorf("%s: %w", r.options.Name, err)
	case r.number == 0:
		return fmt.Errorf("%s has no particles, expected a frame at least", r.options.Name)
	}
	return io.EOF
}

// unreadable is an error of the stream itself.
func unreadable(err error) error {
	return fmt.Errorf("%w, expected an input that can be read", arrays.Plain(err))
}
