package arrays

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// maxLine bounds a line of numbers, and what is skipped between two, in bytes: a file may
// have no line ends, or nothing else.
const maxLine = 1 << 20

// byteOrderMark is what Excel and PowerShell write before a text in UTF-8.
const byteOrderMark = "\ufeff"

// SkipMark skips a byte order mark. It reads ahead only as far as one may continue.
func SkipMark(r *bufio.Reader) {
	if first, err := r.Peek(1); err != nil || first[0] != byteOrderMark[0] {
		return
	}
	if begin, _ := r.Peek(len(byteOrderMark)); string(begin) == byteOrderMark {
		_, _ = r.Discard(len(byteOrderMark))
	}
}

// textLines are the lines of a file without those that are empty or begin with #.
type textLines struct {
	scan    *bufio.Scanner
	number  int // of the last line read, from 1
	skipped int // bytes since the last line with numbers
}

func newTextLines(f io.Reader) *textLines {
	buffered := bufio.NewReader(f)
	SkipMark(buffered)
	l := &textLines{scan: bufio.NewScanner(buffered)}
	l.scan.Buffer(nil, maxLine)
	return l
}

// next is the next line, valid until the next call. The error is io.EOF after the last one.
func (l *textLines) next() ([]byte, error) {
	for l.scan.Scan() {
		l.number++
		line := l.scan.Bytes()
		if text := bytes.TrimSpace(line); len(text) > 0 && text[0] != '#' {
			l.skipped = 0
			return line, nil
		}
		if l.skipped += len(line) + 1; l.skipped > maxLine {
			return nil, fmt.Errorf("line %d: more than %d bytes of empty lines and comments, expected numbers", l.number, maxLine)
		}
	}
	switch err := l.scan.Err(); {
	case err == nil:
		return nil, io.EOF
	case errors.Is(err, bufio.ErrTooLong):
		return nil, fmt.Errorf("line %d has more than %d bytes, expected numbers", l.number+1, maxLine)
	default:
		return nil, fmt.Errorf("%w, expected a readable file", Plain(err))
	}
}
