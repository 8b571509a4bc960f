// Package stream reads the particles that another sampler writes to a stream, frame by
// frame. A frame is returned as soon as it is whole. Sizes are bounded before memory is
// allocated, and errors say in one sentence what is wrong, where, and what was expected.
package stream

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// minParticles and maxParticles bound the finite particles of a frame.
const (
	minParticles = 2
	maxParticles = 20_000_000
	// maxLost bounds the particles of a weighted frame that are not finite.
	maxLost = 1 << 15
)

// Frame has the particles of another sampler at one time.
type Frame struct {
	// Number counts frames from 1.
	Number int
	// Points are the particles in the order of the stream.
	Points []scenarios.Point
	// Shares are those of the particles in the mass of the frame, nil if all are equal; never modified.
	Shares []float64
	// Lost is the number of particles that were not finite and are left out.
	Lost int
	// Ordered reports whether particle k is that of the previous frame: there are as many,
	// none was lost in either, and the frames are not a sliding window.
	Ordered bool
	// Pooled is the number of frames of the stream whose particles these are, the newest ones.
	Pooled int

	// While it is read: whether particles have weights, those of all of them, and the indices of the first maxLost that are
	// not finite.
	weighted bool
	weights  []float64
	lost     []int32
	// weightless reports whether particles of weight 0 have been left out.
	weightless bool
}

// Cloud are the particles with their shares.
func (f *Frame) Cloud() scenarios.Cloud { return scenarios.Cloud{Points: f.Points, Shares: f.Shares} }

// add appends a particle if it is finite.
func (f *Frame) add(p scenarios.Point) {
	if !finite(p) {
		if f.Lost < maxLost {
			f.lost = append(f.lost, int32(len(f.Points)+f.Lost))
		}
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
	grown := make([]scenarios.Point, len(f.Points), min(max(2*cap(f.Points), first), maxParticles+1))
	copy(grown, f.Points)
	f.Points = grown
}

func finite(p scenarios.Point) bool {
	return math.Abs(p.X) <= math.MaxFloat64 && math.Abs(p.Y) <= math.MaxFloat64
}

// check refuses a frame of too few particles.
func (f *Frame) check() error {
	if n := len(f.Points); n < minParticles || n > maxParticles {
		return fmt.Errorf("frame %d has %d finite particles of %d, expected %d to %d", f.Number, n, n+f.Lost, minParticles, maxParticles)
	}
	return nil
}

// complete checks a frame that has been read to its end, and gives its particles their shares.
func (f *Frame) complete() error {
	if err := f.check(); err != nil || !f.weighted {
		return err
	}
	return f.weigh()
}

// weigh gives the particles their shares by their weights. Those of weight 0 are left out.
func (f *Frame) weigh() error {
	if n := len(f.Points) + f.Lost; len(f.weights) != n {
		return fmt.Errorf("frame %d has %d weights of %d particles, expected one for each", f.Number, len(f.weights), n)
	}
	if f.Lost > maxLost {
		return fmt.Errorf("frame %d has %d particles that are not finite, expected at most %d of a frame with weights", f.Number, f.Lost, maxLost)
	}
	finite, lost := f.weights[:0], f.lost
	for i, w := range f.weights {
		if len(lost) > 0 && int(lost[0]) == i {
			lost = lost[1:]
			continue
		}
		if !(w >= 0) || !scenarios.IsFinite(w) {
			return fmt.Errorf("frame %d: the weight of particle %d is %g, expected 0 or more", f.Number, i+1, w)
		}
		finite = append(finite, w)
	}
	cloud, err := scenarios.NewCloud(f.Points, finite)
	if err != nil {
		return fmt.Errorf("frame %d: no particle has a positive weight, expected %d at least", f.Number, minParticles)
	}
	if f.Shares = cloud.Shares; len(cloud.Points) < len(f.Points) {
		f.weightless, f.Points = true, append(f.Points[:0], cloud.Points...)
	}
	return f.check()
}

// full reports whether there are more particles than a frame may have.
func (f *Frame) full() bool { return len(f.Points) > maxParticles }

// CutError reports a stream that ended within a frame or a line. All frames before it have
// been returned.
type CutError struct {
	// Input is the name of the stream.
	Input string
	// Problem says where the stream ends and what is left out.
	Problem string
}

func (e CutError) Error() string { return e.Input + " " + e.Problem }

// cut is a CutError of an input that is named later.
func cut(format string, args ...any) error { return CutError{Problem: fmt.Sprintf(format, args...)} }

// Options say how a stream is read.
type Options struct {
	// Format is the format of frames, Detect to decide by the first byte.
	Format Format
	// Last is the number of newest points that are a frame of a stream of points, 0 for other
	// streams.
	Last int
	// Every is the number of new points from one such frame to the next, 0 for Last/50.
	Every int
	// Pool is the number of newest frames whose particles are together a frame, 0 or 1 for the
	// newest alone. There are fewer at the beginning of the stream.
	Pool int
	// Chains reports whether each particle is a chain, whose draws are the frames: then all frames must have as many
	// particles, and all of them must be finite.
	Chains bool
	// Complete reports whether the input is a file to which nothing is appended: its last line
	// may lack a line end, if it is a point. In a stream such a line may be cut.
	Complete bool
	// Name is the name of the stream in errors, such as "standard input" or a file.
	Name string
}

// validate refuses options that contradict each other.
func (o Options) validate() error {
	switch {
	case o.Format < Detect || o.Format > NumPy:
		return fmt.Errorf("format %d, expected one from %d to %d", int(o.Format), int(Detect), int(NumPy))
	case o.Last != 0 && (o.Last < minParticles || o.Last > maxParticles):
		return fmt.Errorf("the last %d points, expected %d to %d", o.Last, minParticles, maxParticles)
	case o.Last != 0 && o.Format != Detect && o.Format != Points:
		return fmt.Errorf("the last %d points of %s, expected %s", o.Last, o.Format, Points)
	case o.Last == 0 && o.Format == Points:
		return fmt.Errorf("%s without Last, expected the number of points of a frame", Points)
	case o.Pool < 0 || o.Pool > MaxPool || o.Pool > 1 && o.Last > 0:
		return fmt.Errorf("the last %d frames of the last %d points, expected up to %d frames, or points alone", o.Pool, o.Last, MaxPool)
	case o.Chains && (o.Last > 0 || o.Pool > 1):
		return errors.New("particles that are chains in frames of several, expected frames alone")
	case o.Every < 0 || o.Every > maxParticles || o.Every > 0 && o.Last == 0:
		return fmt.Errorf("a frame every %d points of the last %d, expected 1 to %d, and Last", o.Every, o.Last, maxParticles)
	}
	return nil
}

// source reads frames of one format.
type source interface {
	// next adds the next whole frame to dst, whose number it may name in an error. The error
	// is io.EOF after the last one, and a CutError without an Input after a cut one.
	next(dst *Frame) error
}

// Reader reads frames from a stream.
type Reader struct {
	from    *bufio.Reader
	options Options
	source  source
	pool    *pool // nil for frames alone
	number  int
	before  int // particles of the previous frame, -1 if their order is not known
	err     error
}

// chunk is the number of bytes that are read at once.
const chunk = 1 << 16

// NewReader reads frames from r. It reads nothing yet: Next detects the format, so that a
// stream may start late. The error says which option is invalid.
func NewReader(r io.Reader, o Options) (*Reader, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	o.Name = cmp.Or(o.Name, "the input")
	if o.Last > 0 {
		o.Every = cmp.Or(o.Every, max(1, o.Last/50))
	}
	reader := &Reader{from: bufio.NewReaderSize(r, chunk), options: o, before: -1}
	if o.Pool > 1 {
		reader.pool = &pool{size: o.Pool}
	}
	return reader, nil
}

// Next reads the next whole frame into dst, whose memory is reused, and waits for it. The
// error is io.EOF after the last frame, a CutError if the stream ends within one, and
// otherwise begins with the stream's name. With an error dst is not a frame; later calls
// return the same error.
func (r *Reader) Next(dst *Frame) error {
	if r.err == nil {
		r.err = r.read(dst)
	}
	return r.err
}

func (r *Reader) read(dst *Frame) error {
	*dst = Frame{Number: r.number + 1, Points: dst.Points[:0], Pooled: 1, weights: dst.weights[:0], lost: dst.lost[:0]}
	if r.source == nil {
		var err error
		if r.source, err = r.open(); err != nil {
			return r.named(err)
		}
	}
	if err := r.source.next(dst); err != nil {
		return r.named(err)
	}
	if err := r.checkChains(dst); err != nil {
		return r.named(err)
	}
	r.number++
	if r.pool != nil {
		if err := r.pool.join(dst); err != nil {
			return r.named(err)
		}
		return nil
	}
	if r.options.Last == 0 && dst.Lost == 0 && !dst.weightless {
		dst.Ordered, r.before = len(dst.Points) == r.before, len(dst.Points)
	} else {
		r.before = -1
	}
	return nil
}

// checkChains refuses a frame in which the draws of chains are not those of the particles in their order.
func (r *Reader) checkChains(f *Frame) error {
	switch {
	case !r.options.Chains:
		return nil
	case f.weighted:
		return fmt.Errorf("frame %d has weights, expected none: each particle is a draw of a chain", f.Number)
	case f.Lost > 0:
		return fmt.Errorf("frame %d has %d particles of %d that are not finite, expected none: each is a draw of a chain", f.Number, f.Lost, f.Lost+len(f.Points))
	case r.before >= 0 && len(f.Points) != r.before:
		return fmt.Errorf("frame %d has %d particles, expected %d as in the frames before: each is a chain", f.Number, len(f.Points), r.before)
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
		return fmt.Errorf("%s has no particles, expected at least one frame", r.options.Name)
	}
	return io.EOF
}

// unreadable is an error of the stream itself.
func unreadable(err error) error {
	return fmt.Errorf("%w, expected a readable input", arrays.Plain(err))
}
