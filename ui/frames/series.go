package frames

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// series reads frames of NumPy arrays, each of one frame or of several, one after another.
type series struct {
	from  *bufio.Reader
	array *arrays.NumPy
	left  int // frames of the array
	each  int // particles of a frame
	part  []float64
}

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
	if s.array.Fortran {
		err = s.readColumns(dst)
	} else {
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
		return cut("ends within the header of frame %d, so that is left out", frame)
	case err != nil:
		return fmt.Errorf("frame %d: %w", frame, err)
	}
	shape := a.Shape
	if len(shape) == 2 {
		shape = append([]int{1}, shape...)
	}
	switch {
	case len(shape) != 3 || shape[0] < 1 || shape[1] < fewest || shape[1] > most || shape[2] != 2:
		return fmt.Errorf("frame %d: the array has shape %v, expected N×2 or T×N×2 with N from %d to %d", frame, a.Shape, fewest, most)
	case len(a.Shape) == 3 && a.Fortran:
		return fmt.Errorf("frame %d: the array of shape %v is in Fortran order, expected C order, frame by frame", frame, a.Shape)
	}
	s.array, s.left, s.each = a, shape[0], shape[1]
	return nil
}

// block is how many values are read at once.
const block = 1 << 12

// read fills the next part of a frame, of so many values after those that are there.
func (s *series) read(frame, there, values int) ([]float64, error) {
	if s.part == nil {
		s.part = make([]float64, block)
	}
	n, err := s.array.Read(s.part[:min(values, block)])
	switch {
	case errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF):
		return nil, cut("ends after %d of the %d numbers of frame %d, so that is not whole and is left out", there+n, 2*s.each, frame)
	case err != nil:
		return nil, fmt.Errorf("frame %d: %w", frame, unreadable(err))
	}
	return s.part[:n], nil
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

// readColumns reads all x before all y. What is lost is left out when both are there.
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
