package stream

import (
	"bufio"
	"errors"
	"fmt"
	"io"
)

// lines reads a stream line by line, none longer than limit bytes.
type lines struct {
	from   *bufio.Reader
	limit  int    // bytes of a line
	number int    // of the last line read, from 1
	long   []byte // a line that is longer than the buffer
	ended  bool

	complete bool // the last line may lack a line end
}

// next is the next line without its end, valid until the next call. It is whole unless the
// stream ends within it; the error is io.EOF after the last line. It waits for no byte after
// the line's end.
func (l *lines) next() (line []byte, whole bool, err error) {
	if l.ended {
		return nil, false, io.EOF
	}
	l.number++
	line, err = l.from.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		line, err = l.collect(line)
	}
	switch {
	case len(line) > l.limit:
		return nil, false, fmt.Errorf("line %d has more than %d bytes, expected fewer", l.number, l.limit)
	case err == nil:
		return line[:len(line)-1], true, nil
	case !errors.Is(err, io.EOF):
		return nil, false, fmt.Errorf("line %d: %w", l.number, unreadable(err))
	}
	if l.ended = true; len(line) == 0 {
		l.number--
		return nil, false, io.EOF
	}
	return line, false, nil
}

// collect is a line that is longer than the buffer. Memory grows as it comes.
func (l *lines) collect(part []byte) (line []byte, err error) {
	l.long = append(l.long[:0], part...)
	for err = bufio.ErrBufferFull; errors.Is(err, bufio.ErrBufferFull) && len(l.long) <= l.limit; {
		part, err = l.from.ReadSlice('\n')
		l.long = append(l.long, part...)
	}
	return l.long, err
}

// cut reports whether a line of a point is incomplete: it has no line end, and is not a
// point at the end of a complete file, which is parsed.
func (l *lines) cut(whole bool, parse func() error) bool {
	if whole || !l.complete {
		return !whole
	}
	return parse() != nil
}

// start is the first byte of a line that is not a blank, a line end if there is none.
func start(line []byte) byte {
	for _, b := range line {
		if b != ' ' && b != '\t' && b != '\r' {
			return b
		}
	}
	return '\n'
}

// cutLine is the error of a line that has no end.
func (l *lines) cutLine(leftOut string) error {
	return cut("ends in line %d without a line end, so %s", l.number, leftOut)
}
