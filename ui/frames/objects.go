package frames

import (
	"bytes"
	"errors"
	"fmt"
)

// longestObject bounds a line of a frame, in bytes.
const longestObject = 1 << 30

// objects reads frames of JSON, one a line.
type objects struct{ lines }

var _ source = (*objects)(nil)

func (o *objects) next(dst *Frame) error {
	for {
		// Whatever is no object is refused by its first byte, not after a whole line.
		if first, err := o.from.Peek(1); err == nil && bytes.IndexByte([]byte("{ \t\r\n"), first[0]) < 0 {
			return fmt.Errorf("line %d, column 1: %q, expected an object with particles", o.number+1, first)
		}
		line, whole, err := o.lines.next()
		switch {
		case err != nil:
			return err
		case start(line) == '\n':
			continue
		}
		c := cursor{text: line}
		err = c.frame(dst)
		switch {
		case errors.Is(err, errLineEnds) && !whole:
			return o.cutLine(fmt.Sprintf("frame %d is not whole and is left out", dst.Number))
		case err != nil:
			return fmt.Errorf("line %d, %w", o.number, err)
		}
		return o.at(dst.check())
	}
}
