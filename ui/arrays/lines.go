package arrays

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// longestLine bounds a line of numbers, and what is left out between two, in bytes: a
// file may have no line ends, or nothing else.
const longestLine = 1 << 20

// byteOrderMark is what Excel and PowerShell write before a text in UTF-8.
const byteOrderMark = "\ufeff"

// SkipMark passes a byte order mark. It asks for no byte behind one that begins none.
func SkipMark(r *bufio.Reader) {
	if first, err := r.Peek(1); err != nil || first[0] != byteOrderMark[0] {
		return
	}
	if begin, _ := r.Peek(len(byteOrderMark)); string(begin) == byteOrderMark {
		_, _ = r.Discard(len(byteOrderMark))
	}
}

// textLines are the lines of a file that have numbers: those that are empty or begin with
// # are left out.
type textLines struct {
	scan    *bufio.Scanner
	number  int // of the line that was read last, from 1
	skipped int // bytes since the last line with numbers
}

func newTextLines(f io.Reader) *textLines {
	buffered := bufio.NewReader(f)
	SkipMark(buffered)
	l := &textLines{scan: bufio.NewScanner(buffered)}
	l.scan.Buffer(nil, longestLine)
	return l
}

// next is the next line, until the call after, and io.EOF behind the last one.
func (l *textLines) next() ([]byte, error) {
	for l.scan.Scan() {
		l.number++
		line := l.scan.Bytes()
		if text := bytes.TrimSpace(line); len(text) > 0 && text[0] != '#' {
			l.skipped = 0
			return line, nil
		}
		if l.skipped += len(line) + 1; l.skipped > longestLine {
			return nil, fmt.Errorf("line %d: more than %d bytes of empty lines and comments, expected numbers", l.number, longestLine)
		}
	}
	switch err := l.scan.Err(); {
	case err == nil:
		return nil, io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("line %d has more than %d bytes, expected numbers", l.number+1, longestLine)
	default:
		return nil, fmt.Errorf("%w, expected a file that can be read", Plain(err))
	}
}
