package frames

import (
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// window reads lines of points and has the last of them for a frame, whenever so many are
// new, and once more where the stream ends.
type window struct {
	lines
	last, every int
	ring        []scenarios.Point
	oldest      int // its place in the ring
	fresh, lost int // particles since the frame before, finite and not
	err         error
}

var _ source = (*window)(nil)

func (w *window) next(dst *Frame) error {
	for w.err == nil && (w.fresh < w.every || len(w.ring) < fewest) {
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

// broken says whether the stream is not one of points, rather than at its end.
func (w *window) broken() bool {
	var c CutError
	return !errors.Is(w.err, io.EOF) && !errors.As(w.err, &c)
}

// read takes the point of the next line.
func (w *window) read() error {
	line, whole, err := w.lines.next()
	if err != nil {
		return err
	}
	switch first := start(line); {
	case first == '\n' || first == '#' || w.ring == nil && arrays.IsHeader(line):
		return nil
	case w.cut(line, whole):
		return w.cutLine("the point there is left out")
	}
	p, err := arrays.ParsePoint(line)
	if err != nil {
		return fmt.Errorf("line %d, %w", w.number, err)
	}
	w.take(p)
	return nil
}

// take puts a point in place of the oldest.
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
