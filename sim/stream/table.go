package stream

import (
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// maxPointLine bounds a line of a point, in bytes.
const maxPointLine = 1 << 12

// table reads frames of lines, separated by empty lines.
type table struct {
	lines
	weighted bool // by the last heading
}

var _ source = (*table)(nil)

func (t *table) next(dst *Frame) error {
	for begun := false; ; {
		line, whole, err := t.lines.next()
		first := start(line)
		switch {
		case errors.Is(err, io.EOF) && begun, err == nil && first == '\n' && begun:
			return t.at(dst.complete())
		case err != nil:
			return err
		case first == '\n' || first == '#':
			continue
		case t.cut(whole, func() error { _, _, err := t.parse(line); return err }):
			return t.cutLine(fmt.Sprintf("frame %d is incomplete and left out", dst.Number))
		}
		if !begun {
			begun = true
			if weighted, ok := arrays.Heading(line); ok {
				t.weighted = weighted
				continue
			}
		}
		if err := t.read(line, dst); err != nil {
			return err
		}
	}
}

// read adds the point of a line.
func (t *table) read(line []byte, dst *Frame) error {
	p, weight, err := t.parse(line)
	if err != nil {
		return fmt.Errorf("line %d, %w", t.number, err)
	}
	if t.weighted {
		dst.weighted, dst.weights = true, append(dst.weights, weight)
	}
	if dst.add(p); dst.full() {
		return t.at(dst.check())
	}
	return nil
}

// parse is the point of a line, with its weight where lines have one.
func (t *table) parse(line []byte) (p scenarios.Point, weight float64, err error) {
	if t.weighted {
		return arrays.ParseWeighted(line)
	}
	p, err = arrays.ParsePoint(line)
	return p, 1, err
}

// at is an error with the number of the last line read.
func (l *lines) at(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("line %d: %w", l.number, err)
}
