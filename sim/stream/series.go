package stream

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// series reads the frames of consecutive NumPy arrays, each of one or several frames.
type series struct {
	from  *bufio.Reader
	array *arrays.NumPy
	left  int // frames of the array not yet read
	each  int // particles of a frame
	part  []float64
	whole []float64 // an array in Fortran order, whose frames are interleaved
}

// maxFortran bounds the number of values of an array in Fortran order.
const maxFortran = 1 << 24

var _ source = (*series)(nil)

func (s *series) next(dst *Frame) error {
	if s.left == 0 {
		if _, err := s.from.Peek(1); err != nil {
			return ending(err)
		}
		if err := s.open(dst.Number); err != nil {
			return err
		}
	}
	var err error
	switch {
	case s.array.Fortran && len(s.array.Shape) == 3:
		err = s.readFortran(dst)
	case s.array.Fortran:
		err = s.readColumns(dst)
	default:
		err = s.readRows(dst)
	}
	if err != nil {
		return err
	}
	s.left--
	return dst.check()
}

// open reads the header of the next array, which begins with a frame.
func (s *series) open(frame int) error {
	a, err := arrays.NewNumPy(s.from)
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF):
		return cut("ends within the header of frame %d, which is left out", frame)
	case err != nil:
		return fmt.Errorf("frame %d: %w", frame, err)
	}
	shape := a.Shape
	if len(shape) == 2 {
		shape = append([]int{1}, shape...)
	}
	switch {
	case len(a.Shape) == 2 && a.Shape[0] == 2 && a.Shape[1] > 2:
		return fmt.Errorf("frame %d: the array has shape 2×%d, expected %d×2: transposed?", frame, a.Shape[1], a.Shape[1])
	case len(shape) != 3 || shape[0] < 1 || shape[1] < minParticles || shape[1] > maxParticles || shape[2] != 2:
		return fmt.Errorf("frame %d: the array has shape %v, expected N×2 or T×N×2 with N from %d to %d", frame, a.Shape, minParticles, maxParticles)
	case len(a.Shape) == 3 && a.Fortran && shape[0] > maxFortran/2/shape[1]:
		return fmt.Errorf("frame %d: the array of shape %v is in Fortran order, expected C order for more than %d values", frame, a.Shape, maxFortran)
	}
	s.array, s.left, s.each, s.whole = a, shape[0], shape[1], nil
	return nil
}

// block is the number of values that are read at once.
const block = 1 << 12

// read reads a part of a frame: up to the given number of values after the first n.
func (s *series) read(frame, n, values int) ([]float64, error) {
	part, err := s.some(frame, values)
	if err == nil || !errors.Is(err, io.ErrUnexpectedEOF) {
		return part, err
	}
	return nil, cut("ends after %d of the %d numbers of frame %d, which is incomplete and left out", n+len(part), 2*s.each, frame)
}

// some are the next values of the array, at most the given number. The error is an
// io.ErrUnexpectedEOF if the input ends before.
func (s *series) some(frame, values int) ([]float64, error) {
	if s.part == nil {
		s.part = make([]float64, block)
	}
	n, err := s.array.Read(s.part[:min(values, block)])
	if err != nil {
		err = endError(frame, err)
	}
	return s.part[:n], err
}

// endError is the error of an array that cannot be read further.
func endError(frame int, err error) error {
	var inexact arrays.InexactError
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return io.ErrUnexpectedEOF
	case errors.As(err, &inexact):
		return fmt.Errorf("frame %d: %w", frame, err)
	}
	return fmt.Errorf("frame %d: %w", frame, unreadable(err))
}

// readFortran takes a frame of an array in Fortran order, in which the index of the frame
// varies fastest: the whole array is read before its first frame. Memory grows as it comes.
func (s *series) readFortran(dst *Frame) error {
	frames := s.array.Shape[0]
	for all := 2 * s.each * frames; len(s.whole) < all; {
		part, err := s.some(dst.Number, all-len(s.whole))
		s.whole = append(s.whole, part...)
		switch {
		case errors.Is(err, io.ErrUnexpectedEOF):
			return cut("ends after %d of the %d numbers of an array in Fortran order, which has no complete frame and is left out", len(s.whole), all)
		case err != nil:
			return err
		}
	}
	for i := frames - s.left; i < s.each*frames; i += frames {
		dst.add(scenarios.Point{X: s.whole[i], Y: s.whole[i+s.each*frames]})
	}
	if s.left == 1 {
		s.whole = nil
	}
	return nil
}

// readRows reads particle by particle.
func (s *series) readRows(dst *Frame) error {
	for there := 0; there < 2*s.each; {
		part, err := s.read(dst.Number, there, 2*s.each-there)
		if err != nil {
			return err
		}
		for i := 0; i < len(part); i += 2 {
			dst.add(scenarios.Point{X: part[i], Y: part[i+1]})
		}
		there += len(part)
	}
	return nil
}

// readColumns reads all x before all y, and then leaves out particles that are not finite.
func (s *series) readColumns(dst *Frame) error {
	for there := 0; there < 2*s.each; {
		ask := s.each - there
		if ask <= 0 {
			ask += s.each
		}
		part, err := s.read(dst.Number, there, ask)
		if err != nil {
			return err
		}
		for i, v := range part {
			if there < s.each {
				dst.Points = append(dst.Points, scenarios.Point{X: v})
			} else {
				dst.Points[there-s.each+i].Y = v
			}
		}
		there += len(part)
	}
	all := dst.Points
	dst.Points = all[:0]
	for _, p := range all {
		dst.add(p)
	}
	return nil
}
