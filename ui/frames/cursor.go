package frames

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// cursor reads an object of a line, of which it has a part at a time: a frame may be large.
// It is here because what Python writes for a number that is not finite is no JSON:
// libraries refuse it, and those that hand on one token after another take twice the time
// or more.
type cursor struct {
	from   *bufio.Reader
	text   []byte // what is there of the line, in the buffer
	at     int
	passed int   // bytes of the line before the text
	more   bool  // the line may go on behind the text
	err    error // why it does not, nil for a line end
}

const (
	// longestObject bounds a line of a frame, in bytes.
	longestObject = 1 << 30
	// longestText and mostNested bound what is between two quotes, in bytes, and the
	// brackets within one another, where they belong to another key.
	longestText = 1 << 26
	mostNested  = 64
	// longestToken bounds a number or a word, in bytes.
	longestToken = 1 << 12
)

// errLineEnds is within the errors of a line that ends too early.
var errLineEnds = errors.New("the line ends")

// errTooLong is why a cursor goes no further.
var errTooLong = fmt.Errorf("more than %d bytes", longestObject)

// begin goes to the begin of the next line.
func (c *cursor) begin() { *c = cursor{from: c.from, more: true} }

// end passes a line that was read to its end.
func (c *cursor) end() {
	behind := len(c.text)
	if c.err == nil {
		behind++ // the line end
	}
	_, _ = c.from.Discard(behind)
}

// fill brings more of the line behind what is there, and lets go of what has been passed.
// It waits for no byte behind the line's end.
func (c *cursor) fill() bool {
	if !c.more {
		return false
	}
	_, _ = c.from.Discard(c.at)
	kept := len(c.text) - c.at
	c.passed, c.at = c.passed+c.at, 0
	if _, c.err = c.from.Peek(kept + 1); c.err == nil && c.passed > longestObject {
		c.err = errTooLong
	}
	if c.err != nil {
		c.text, _ = c.from.Peek(kept)
		c.more = false
		return false
	}
	c.text, _ = c.from.Peek(c.from.Buffered())
	if end := bytes.IndexByte(c.text[kept:], '\n'); end >= 0 {
		c.text, c.more = c.text[:kept+end], false
	}
	return len(c.text) > kept
}

// column is the place of the cursor in its line, in bytes from 1.
func (c *cursor) column() int { return c.passed + c.at + 1 }

// expected is what is wrong at the cursor.
func (c *cursor) expected(what string) error {
	token := c.token()
	switch {
	case c.at == len(c.text):
		return fmt.Errorf("column %d: %w, expected %s", c.column(), errLineEnds, what)
	case len(token) == 0:
		token = c.text[c.at : c.at+1]
	}
	return fmt.Errorf("column %d: %s, expected %s", c.column(), arrays.Quoted(token), what)
}

// token is the number or the word at the cursor, or the begin of one that is too long. It
// holds until more of the line is asked for.
func (c *cursor) token() []byte {
	for n := 0; ; n++ {
		if c.at+n == len(c.text) && !c.fill() || n > longestToken || delimits(c.text[c.at+n]) {
			return c.text[c.at : c.at+n]
		}
	}
}

func delimits(b byte) bool {
	switch b {
	case ',', ']', '}', '[', '{', ':', '"', ' ', '\t', '\r':
		return true
	}
	return false
}

// blanks passes blanks.
func (c *cursor) blanks() {
	if c.at == len(c.text) || c.text[c.at] <= ' ' {
		c.allBlanks()
	}
}

func (c *cursor) allBlanks() {
	for c.at < len(c.text) || c.fill() {
		if b := c.text[c.at]; b != ' ' && b != '\t' && b != '\r' {
			return
		}
		c.at++
	}
}

// take passes blanks and then a byte, if that is there.
func (c *cursor) take(b byte) bool {
	c.blanks()
	if c.at < len(c.text) && c.text[c.at] == b {
		c.at++
		return true
	}
	return false
}

// list reads elements with commas between them, from one bracket to the other.
func (c *cursor) list(open, end byte, element func() error) error {
	if !c.take(open) {
		return c.expected(string(open))
	}
	if c.take(end) {
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		if c.take(end) {
			return nil
		}
		if !c.take(',') {
			return c.expected(", or " + string(end))
		}
	}
}

// frame reads the one object of the line.
func (c *cursor) frame(dst *Frame) error {
	found := false
	err := c.list('{', '}', func() error {
		particles, err := c.key()
		switch {
		case err != nil:
			return err
		case !particles:
			return c.skip()
		}
		found = true
		dst.Points, dst.Lost = dst.Points[:0], 0
		return c.list('[', ']', func() error { return c.particle(dst) })
	})
	switch {
	case err != nil:
		return err
	case !found:
		return errors.New(`column 1: an object without "particles", expected {"particles": [[x, y], …]}`)
	}
	if c.blanks(); c.at < len(c.text) {
		return c.expected("the line to end after an object")
	}
	return nil
}

// key reads a key and the colon behind it, and says whether it is that of the particles.
func (c *cursor) key() (particles bool, err error) {
	const wanted = `particles"`
	if !c.take('"') {
		return false, c.expected("a key in quotes")
	}
	for len(c.text)-c.at < len(wanted) && c.fill() {
	}
	particles = bytes.HasPrefix(c.text[c.at:], []byte(wanted))
	if err := c.quoted(); err != nil {
		return false, err
	}
	if !c.take(':') {
		return false, c.expected(":")
	}
	return particles, nil
}

// quoted passes the rest of a text in quotes.
func (c *cursor) quoted() error {
	for first := c.column(); c.at < len(c.text) || c.fill(); c.at++ {
		switch b := c.text[c.at]; {
		case b == '"':
			c.at++
			return nil
		case c.column()-first > longestText:
			return fmt.Errorf("column %d: the text from column %d on has more than %d bytes, expected a quote", c.column(), first, longestText)
		case b == '\\':
			if c.at++; c.at == len(c.text) && !c.fill() {
				return c.expected("a quote")
			}
		}
	}
	return c.expected("a quote")
}

// skip passes a value of any kind up to the comma or the bracket behind it.
func (c *cursor) skip() error {
	for depth := 0; c.at < len(c.text) || c.fill(); {
		switch b := c.text[c.at]; b {
		case '"':
			c.at++
			if err := c.quoted(); err != nil {
				return err
			}
			continue
		case '[', '{':
			if depth++; depth > mostNested {
				return fmt.Errorf("column %d: more than %d brackets within one another, expected fewer", c.column(), mostNested)
			}
		case ']', '}', ',':
			if depth == 0 {
				return nil
			}
			if b != ',' {
				depth--
			}
		}
		c.at++
	}
	return c.expected("a value")
}

// particle reads [x, y], or null for a lost one.
func (c *cursor) particle(dst *Frame) error {
	p, err := c.point()
	if err != nil {
		return err
	}
	if dst.add(p); dst.full() {
		return fmt.Errorf("column %d: %w", c.column()-1, dst.check())
	}
	return nil
}

func (c *cursor) point() (p scenarios.Point, err error) {
	switch {
	case c.take('['):
	case string(c.token()) == "null":
		c.at += len("null")
		return scenarios.Point{X: math.NaN()}, nil
	default:
		return p, c.expected("[x, y]")
	}
	if p.X, err = c.number(); err != nil {
		return p, err
	}
	if !c.take(',') {
		return p, c.expected(", and y")
	}
	if p.Y, err = c.number(); err != nil {
		return p, err
	}
	if !c.take(']') {
		return p, c.expected("] after x and y")
	}
	return p, nil
}

// number reads a coordinate, NaN for null. What ends the line may be half a number.
func (c *cursor) number() (float64, error) {
	c.blanks()
	v, n := arrays.Decimal(c.text[c.at:])
	if end := c.at + n; n > 0 && end < len(c.text) && delimits(c.text[end]) {
		c.at = end
		return v, nil
	}
	return c.word()
}

// word reads a coordinate that is rare.
func (c *cursor) word() (float64, error) {
	text := string(c.token())
	end := c.at + len(text)
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case end == len(c.text):
		c.at = end
		return 0, c.expected("a number")
	case text == "null":
		v = math.NaN()
	case err != nil && !errors.Is(err, strconv.ErrRange) || len(text) > longestToken:
		return 0, c.expected("a number")
	}
	c.at = end
	return v, nil
}
