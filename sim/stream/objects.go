package stream

import (
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios/data/arrays"
)

// objects reads frames of JSON, one per line.
type objects struct {
	lines
	cursor cursor
}

var _ source = (*objects)(nil)

func (o *objects) next(dst *Frame) error {
	for {
		o.number++
		o.cursor.begin()
		o.cursor.blanks()
		switch c := &o.cursor; {
		case c.at < len(c.text):
			return o.object(dst)
		case errors.Is(c.err, io.EOF):
			return io.EOF
		case c.err != nil:
			return o.ending(c.err)
		}
		o.cursor.end()
	}
}

// object reads the frame of a line that is not empty.
func (o *objects) object(dst *Frame) error {
	c := &o.cursor
	// What is not an object is refused by its first byte, not after a whole word.
	if first := c.text[c.at : c.at+1]; first[0] != '{' {
		return fmt.Errorf("line %d, column %d: %s, expected an object with particles", o.number, c.column(), arrays.Quoted(first))
	}
	err := c.frame(dst)
	switch early := errors.Is(err, errLineEnds); {
	case early && errors.Is(c.err, io.EOF):
		return o.cutLine(fmt.Sprintf("frame %d is incomplete and left out", dst.Number))
	case early && c.err != nil:
		return o.ending(c.err)
	case err != nil:
		return fmt.Errorf("line %d, %w", o.number, err)
	}
	c.end()
	return o.at(dst.complete())
}

// ending is the error of a line that cannot be read to its end.
func (o *objects) ending(err error) error {
	if errors.Is(err, errTooLong) {
		return fmt.Errorf("line %d has %w, expected fewer", o.number, err)
	}
	return fmt.Errorf("line %d: %w", o.number, unreadable(err))
}
