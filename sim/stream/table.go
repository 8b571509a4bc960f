package stream

import (
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios/data/arrays"
)

// maxPointLine bounds a line of a point, in bytes.
const maxPointLine = 1 << 12

// table reads frames of lines, separated by empty lines.
type table struct{ lines }

var _ source = (*table)(nil)

func (t *table) next(dst *Frame) error {
	for begun := false; ; {
		line, whole, err := t.lines.next()
		first := start(line)
		switch {
		case errors.Is(err, io.EOF) && begun, err == nil && first == '\n' && begun:
			return t.at(dst.check())
		case err != nil:
			return err
		case first == '\n' || first == '#':
			continue
		case t.cut(line, whole):
			return t.cutLine(fmt.Sprintf("frame %d is incomplete and left out", dst.Number))
		case !begun && arrays.IsHeader(line):
			begun = true
			continue
		}
		begun = true
		if err := t.read(line, dst); err != nil {
			return err
		}
	}
}

// read adds the point of a line.
func (t *table) read(line []byte, dst *Frame) error {
	p, err := arrays.ParsePoint(line)
	if err != nil {
		return fmt.Errorf("line %d, %w", t.number, err)
	}
	if dst.add(p); dst.full() {
		return t.at(dst.check())
	}
	return nil
}

// at is an error with the number of the last line read.
func (l *lines) at(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("line %d: %w", l.number, err)
}
