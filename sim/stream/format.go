package stream

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"undercurrent/scenarios/data/arrays"
)

// Format is the format of frames.
type Format int

// The formats of a stream.
const (
	// Detect decides by the first byte that is not a blank.
	Detect Format = iota
	// CSV has a line of x and y for each particle, with a comma, a semicolon or blanks
	// between them, and empty lines between frames. A frame may begin with a line "x,y";
	// lines that begin with # are comments.
	CSV
	// JSON has a line {"particles": [[x, y], …]} for each frame. Other keys are ignored, and
	// a null, NaN or Infinity is a coordinate that is not finite.
	JSON
	// Points has lines as CSV, but no frames: the newest points are one.
	Points
	// NumPy has arrays of numbers of shape N×2 or T×N×2, one after another. In Fortran order
	// the latter have at most 2²⁴ numbers, which are read before the first frame.
	NumPy
)

var formatNames = [...]string{"auto", "csv", "jsonl", "points", "npy"}

func (f Format) String() string { return formatNames[f] }

// numberStarts are the bytes that lines of numbers begin with: those of a number, a
// header, a comment or a quote.
const numberStarts = "0123456789+-.nNiIxX\"'#"

// open starts reading in the format of the options, or in the one that is detected.
func (r *Reader) open() (source, error) {
	format := r.options.Format
	if format != NumPy {
		arrays.SkipMark(r.from)
	}
	if format == Detect {
		var err error
		if format, err = r.detect(); err != nil {
			return nil, err
		}
	}
	points := lines{from: r.from, limit: maxPointLine, complete: r.options.Complete}
	switch format {
	case JSON:
		return &objects{cursor: cursor{from: r.from}}, nil
	case Points:
		return &window{lines: points, last: r.options.Last, every: r.options.Every}, nil
	case NumPy:
		return &series{from: r.from}, nil
	default:
		return &table{lines: points}, nil
	}
}

// detect finds the format by the first byte that is not a blank; it waits for no other.
func (r *Reader) detect() (Format, error) {
	first, at, err := r.first()
	if err != nil {
		return Detect, ending(err)
	}
	format := Detect
	switch {
	case at == 0 && first == '\x93':
		format = NumPy
	case first == '{':
		format = JSON
	case blank(first) || strings.IndexByte(numberStarts, first) >= 0:
		format = CSV
	default:
		return Detect, fmt.Errorf("byte %d is 0x%02x, expected x,y lines, JSON lines or a NumPy file", at, first)
	}
	switch {
	case r.options.Last == 0:
		return format, nil
	case format == CSV:
		return Points, nil
	}
	return Detect, fmt.Errorf("the format is %s, expected x,y lines for the last %d points", format, r.options.Last)
}

// first is the first byte that is not a blank or line end, and its position. It is a blank
// if there are only those, up to the end or in all of the buffer.
func (r *Reader) first() (b byte, at int, err error) {
	for ; ; at++ {
		text, err := r.from.Peek(at + 1)
		switch {
		case err != nil && at == 0:
			return 0, 0, err
		case err != nil:
			return ' ', 0, nil
		case !blank(text[at]):
			return text[at], at, nil
		}
	}
}

func blank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// ending is io.EOF itself, or the error of a stream that cannot be read.
func ending(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return unreadable(err)
}
