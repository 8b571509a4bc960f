package stream

import (
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// window reads lines of points. A frame is the last of them, after every given number of
// new points and once more at the end of the stream.
type window struct {
	lines
	last, every int
	ring        []scenarios.Point
	oldest      int // its index in the ring
	fresh, lost int // particles since the previous frame, finite and not
	err         error
}

var _ source = (*window)(nil)

func (w *window) next(dst *Frame) error {
	for w.err == nil && (w.fresh < w.every || len(w.ring) < minParticles) {
		w.err = w.read()
	}
	switch {
	case w.err != nil && w.broken():
		return w.err
	case w.fresh == 0:
		return w.err
	}
	dst.Lost = w.lost
	dst.Points = append(append(dst.Points, w.ring[w.oldest:]...), w.ring[:w.oldest]...)
	w.fresh, w.lost = 0, 0
	return w.at(dst.check())
}

// broken reports whether the stream is invalid, rather than at its end.
func (w *window) broken() bool {
	var c CutError
	return !errors.Is(w.err, io.EOF) && !errors.As(w.err, &c)
}

// read reads the point of the next line.
func (w *window) read() error {
	line, whole, err := w.lines.next()
	if err != nil {
		return err
	}
	switch first := start(line); {
	case first == '\n' || first == '#' || w.ring == nil && arrays.IsHeader(line):
		return nil
	case w.cut(whole, func() error { _, err := arrays.ParsePoint(line); return err }):
		return w.cutLine("that point is left out")
	}
	p, err := arrays.ParsePoint(line)
	if err != nil {
		return fmt.Errorf("line %d, %w", w.number, err)
	}
	w.take(p)
	return nil
}

// take replaces the oldest point.
func (w *window) take(p scenarios.Point) {
	switch {
	case !finite(p):
		w.lost++
		return
	case len(w.ring) < w.last:
		w.ring = append(w.ring, p)
	default:
		w.ring[w.oldest] = p
		w.oldest = (w.oldest + 1) % w.last
	}
	w.fresh++
}
