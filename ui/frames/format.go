package frames

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// Format is how frames are written.
type Format int

// The formats of a stream.
const (
	// Detect sees by the first byte.
	Detect Format = iota
	// CSV has a line of x and y for each particle, with a comma, a semicolon or blanks
	// between them, and empty lines between frames. A frame may begin with a line "x,y";
	// lines that begin with # are comments.
	CSV
	// JSON has a line {"particles": [[x, y], …]} for each frame. Other keys are ignored, and
	// a null, NaN or Infinity is a coordinate that is lost.
	JSON
	// Points has lines as CSV has, and no frames: the newest points are one.
	Points
	// NumPy has arrays of numbers of shape N×2 or T×N×2, one after another. In Fortran order
	// the latter have no more than 2²⁴ numbers, as all are there before the first frame is.
	NumPy
)

var formatNames = [...]string{"auto", "csv", "jsonl", "points", "npy"}

func (f Format) String() string { return formatNames[f] }

// numberStarts are the bytes that lines of numbers begin with: those of a number, a
// header, a comment, a quote or an empty line.
const numberStarts = "0123456789+-.nNiIxX\"'# \t\r\n"

// open begins to read the format that was asked for or is seen.
func (r *Reader) open() (source, error) {
	format := r.options.Format
	if format == Detect {
		var err error
		if format, err = r.detect(); err != nil {
			return nil, err
		}
	}
	switch format {
	case JSON:
		return &objects{lines{from: r.from, most: longestObject}}, nil
	case Points:
		return &window{lines: lines{from: r.from, most: longestPoint}, last: r.options.Last, every: r.options.Every}, nil
	case NumPy:
		return &series{from: r.from}, nil
	default:
		return &table{lines{from: r.from, most: longestPoint}}, nil
	}
}

// detect sees the format by the first byte, as it waits for no other.
func (r *Reader) detect() (Format, error) {
	first, err := r.from.Peek(1)
	if err != nil {
		return Detect, ending(err)
	}
	format := Detect
	switch b := first[0]; {
	case b == '\x93':
		format = NumPy
	case b == '{':
		format = JSON
	case strings.IndexByte(numberStarts, b) >= 0:
		format = CSV
	default:
		return Detect, fmt.Errorf("byte 0 is 0x%02x, expected x,y lines, JSON lines or a NumPy file", b)
	}
	switch {
	case r.options.Last == 0:
		return format, nil
	case format == CSV:
		return Points, nil
	}
	return Detect, fmt.Errorf("the format is %s, expected x,y lines for the last %d points", format, r.options.Last)
}

// ending is io.EOF itself, or else why the stream cannot be read.
func ending(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return unreadable(err)
}
