package draws

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"

	"undercurrent/scenarios/data/arrays"
)

// maxLine bounds a line, in bytes: a million columns are possible, a file without line ends is
// not.
const maxLine = 1 << 24

// lines are the lines of a text that are not empty.
type lines struct {
	scan   *bufio.Scanner
	number int // of the last line, from 1
	bytes  int // that were read, about
}

func newLines(f io.Reader) *lines {
	buffered := bufio.NewReaderSize(f, 1<<16)
	arrays.SkipMark(buffered)
	l := &lines{scan: bufio.NewScanner(buffered)}
	l.scan.Buffer(make([]byte, 1<<18), maxLine)
	return l
}

// next is the next line, valid until the next call. The error is io.EOF
// after the last one.
func (l *lines) next() ([]byte, error) {
	for l.scan.Scan() {
		l.number++
		line := l.scan.Bytes()
		l.bytes += len(line) + 1
		if len(bytes.TrimSpace(line)) > 0 {
			return line, nil
		}
	}
	switch err := l.scan.Err(); {
	case err == nil:
		return nil, io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return nil, at(fmt.Errorf("more than %d bytes, expected a row of a table", maxLine), "line %d", l.number+1)
	default:
		return nil, fmt.Errorf("%w, expected a readable file", arrays.Plain(err))
	}
}

// isLast reports whether no line follows. It reads on, so that the current line is lost.
func (l *lines) isLast() bool {
	_, err := l.next()
	return errors.Is(err, io.EOF)
}

// isComment reports whether a line is a comment.
func isComment(line []byte) bool {
	line = bytes.TrimLeft(line, " \t")
	return len(line) > 0 && line[0] == '#'
}
