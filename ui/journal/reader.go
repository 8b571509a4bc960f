package journal

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"

	"undercurrent/internal/suggest"
	"undercurrent/ui/session"
)

// Bounds of a log. A session of a day has fewer lines; a pasted text takes the longest.
const (
	maxLine     = 1 << 18 // bytes
	maxLines    = 1 << 22
	maxAdvances = 1 << 20
	maxWork     = 1 << 24
	maxNumber   = 1 << 30
	maxTime     = 1 << 40 // ms
)

// ReadError says what of a log is wrong, and in which line, from 1.
type ReadError struct {
	Line int
	err  error
}

func (e ReadError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.err) }
func (e ReadError) Unwrap() error { return e.err }

// errLong is that of a line beyond maxLine.
var errLong = fmt.Errorf("the line has more than %d bytes, expected fewer", maxLine)

// Read reads a log. A last line that was cut short is left out; all else that is wrong is a ReadError.
func Read(from io.Reader) (*Log, error) {
	r := &reader{in: bufio.NewReaderSize(from, maxLine)}
	log := &Log{}
	text, whole, err := r.next()
	switch {
	case errors.Is(err, io.EOF):
		return nil, r.wrong(errors.New("the file is empty, expected the log of a session"))
	case err != nil:
		return nil, r.wrong(err)
	}
	if log.Head, err = readHead(text); err != nil {
		if !whole {
			err = errors.New("the first line is cut short, expected the settings of a session")
		}
		return nil, r.wrong(err)
	}
	for whole {
		if text, whole, err = r.next(); errors.Is(err, io.EOF) {
			return log, nil
		}
		if err == nil && len(log.Lines) == maxLines {
			err = fmt.Errorf("there are more than %d lines, expected fewer", maxLines)
		}
		if err == nil {
			err = log.add(text)
		}
		if err != nil && !whole && !errors.Is(err, errLong) {
			log.Cut = true
			return log, nil
		}
		if err != nil {
			return nil, r.wrong(err)
		}
	}
	return log, nil
}

// reader reads lines.
type reader struct {
	in     *bufio.Reader
	number int
}

func (r *reader) wrong(err error) error { return ReadError{r.number, err} }

// next is the next line, which is valid until the one after it; whole reports whether it has an end. The error is io.EOF
// after the last.
func (r *reader) next() (text []byte, whole bool, err error) {
	r.number++
	text, err = r.in.ReadSlice('\n')
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return nil, false, errLong
	case errors.Is(err, io.EOF) && len(text) > 0:
		return text, false, nil
	}
	return text, err == nil, err
}

// add reads a line.
func (l *Log) add(text []byte) error {
	var line Line
	if l.Ended || l.Missing() > 0 {
		return errors.New("a line after the end, expected none")
	}
	if err := decode(text, &line, aLine); err != nil {
		return err
	}
	last := int64(0)
	if n := len(l.Lines); n > 0 {
		last = l.Lines[n-1].Time
	}
	if line.Time < last || line.Time > maxTime {
		return fmt.Errorf("t is %d, expected at least the %d of the line before", line.Time, last)
	}
	if err := line.check(); err != nil {
		return err
	}
	l.Ended = line.End
	l.Lines = append(l.Lines, line)
	return nil
}

// aLine is what a line after the head can be.
const aLine = "an input, an act, a digest, a frame or the end"

// Missing is the number of the frame before which the log ends as it has no room for it, 0 for none.
func (l *Log) Missing() int {
	if n := len(l.Lines); n > 0 {
		return l.Lines[n-1].Missing
	}
	return 0
}

func readHead(text []byte) (h Head, err error) {
	const expected = "the settings of a session"
	var about struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	// What else is in a head depends on its version.
	if err := json.Unmarshal(text, &about); err != nil || about.Format != Format {
		return h, fmt.Errorf("format is not %q, expected the log of a session", Format)
	}
	if about.Version != Version {
		return h, fmt.Errorf("version is %d, expected %d", about.Version, Version)
	}
	if err := decode(text, &h, expected); err != nil {
		return h, err
	}
	for _, f := range h.Files {
		if !isDigest(f.SHA256) {
			return h, fmt.Errorf("sha256 of %q is %q, expected 64 hexadecimal digits", f.Name, f.SHA256)
		}
		if f.Size < 0 {
			return h, fmt.Errorf("size of %q is %d, expected at least 0", f.Name, f.Size)
		}
	}
	return h, nil
}

// decode reads one value strictly.
func decode(text []byte, v any, expected string) error {
	if !utf8.Valid(text) {
		return errors.New("the line is not UTF-8, expected " + expected)
	}
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(v)
	if err == nil && len(bytes.TrimSpace(text[d.InputOffset():])) > 0 {
		err = fmt.Errorf("column %d: more than one value", d.InputOffset()+1)
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &syntax):
		return fmt.Errorf("column %d: %s, expected %s", syntax.Offset, syntax, expected)
	case errors.As(err, &kind):
		return fmt.Errorf("column %d: %s is a %s, expected %s", kind.Offset, kind.Field, kind.Value, called(kind.Type.Kind()))
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("the line is not whole, expected " + expected)
	}
	return fmt.Errorf("%s, expected %s", strings.TrimPrefix(err.Error(), "json: "), expected)
}

// called is what a value of a kind is called in JSON.
func called(k reflect.Kind) string {
	switch k {
	case reflect.String:
		return "a text"
	case reflect.Bool:
		return "true or false"
	case reflect.Slice:
		return "a list"
	case reflect.Struct, reflect.Map:
		return "an object"
	case reflect.Float64:
		return "a number"
	}
	return "a whole number of its range"
}

// check refuses a line that is not of one kind, or that has a number which none can have.
func (l Line) check() error {
	kinds := l.given() + l.others()
	for _, set := range []bool{l.acts() > 0, l.acts() == 0 && l.Frame} {
		if set {
			kinds++
		}
	}
	if kinds != 1 {
		return fmt.Errorf("%d things in a line, expected one: %s", kinds, aLine)
	}
	for name, v := range map[string]int{"step": l.Step, "seen": l.Seen, "soon": l.Soon, "finished": l.Finished, "missing": l.Missing} {
		if v < 0 || v > maxNumber {
			return fmt.Errorf("%s is %d, expected a number from 0 to %d", name, v, maxNumber)
		}
	}
	switch {
	case l.Advances < 0 || l.Advances > maxAdvances:
		return fmt.Errorf("advances is %d, expected a number from 0 to %d", l.Advances, maxAdvances)
	case l.Work < 0 || l.Work > maxWork:
		return fmt.Errorf("work is %d, expected a number from 0 to %d", l.Work, maxWork)
	case l.Digest != "" && !isDigest(l.Digest):
		return fmt.Errorf("digest is %q, expected 64 hexadecimal digits", l.Digest)
	}
	if err := l.checkAct(); err != nil {
		return err
	}
	return l.Input.check()
}

// acts is the number of kinds of act that are set, but for one with a frame alone.
func (l Line) acts() (n int) {
	for _, set := range []bool{len(l.Commands) > 0, l.Asked, l.Shown != nil, l.Soon != 0, l.Finished != 0, l.Trained != nil, l.Took != nil, l.Over != nil, l.Advances != 0} {
		if set {
			n++
		}
	}
	return n
}

func (l Line) checkAct() error {
	if l.acts() > 1 {
		return fmt.Errorf("%d acts in a line, expected one", l.acts())
	}
	for k, id := range l.Commands {
		if id < 1 || id > maxNumber || k > 0 && id <= l.Commands[k-1] {
			return fmt.Errorf("commands are %v, expected numbers of at least 1 that rise", l.Commands)
		}
	}
	for _, a := range []*session.Arrival{l.First, l.Took} {
		if a != nil && (a.Number < 1 || a.Number > maxNumber || a.Dropped < 0 || a.Dropped > maxNumber) {
			return fmt.Errorf("frame %d after %d dropped, expected numbers from 1 and from 0 to %d", a.Number, a.Dropped, maxNumber)
		}
	}
	if t := l.Trained; t != nil {
		for _, at := range append(slices.Clip(t.Orders), t.Iteration) {
			if at < 0 || at > maxNumber {
				return fmt.Errorf("an iteration is %d, expected a number from 0 to %d", at, maxNumber)
			}
		}
	}
	return nil
}

func (in Input) check() error {
	switch {
	case in.Mouse != nil && !slices.Contains([]string{Press, Release, Move, Wheel}, in.Mouse.Did):
		return fmt.Errorf("the mouse did %q, expected %s, %s, %s or %s", in.Mouse.Did, Press, Release, Move, Wheel)
	case in.Answer != nil && !slices.Contains(Answers(), in.Answer.Of):
		return fmt.Errorf("an answer of %q, expected %s", in.Answer.Of, suggest.Nearest(in.Answer.Of, Answers()))
	case in.Answer != nil && in.Answer.SHA256 != "" && !isDigest(in.Answer.SHA256):
		return fmt.Errorf("sha256 is %q, expected 64 hexadecimal digits", in.Answer.SHA256)
	case in.Resize != nil && (in.Resize.Columns < 0 || in.Resize.Rows < 0 || in.Resize.Columns > maxCells || in.Resize.Rows > maxCells):
		return fmt.Errorf("the size is %d×%d, expected at most %d columns and rows", in.Resize.Columns, in.Resize.Rows, maxCells)
	}
	return nil
}

// maxCells bounds a screen in each direction: beyond any terminal's.
const maxCells = 1000

// isDigest reports whether a text is a SHA-256 in hexadecimal digits.
func isDigest(text string) bool {
	return len(text) == 64 && strings.Trim(text, "0123456789abcdef") == ""
}
