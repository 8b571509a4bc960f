package stream

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math"
	"strconv"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data/arrays"
)

// cursor parses an object on a line, a part of the line at a time, as a frame may be large.
// A JSON library would not do: what Python writes for a number that is not finite is not
// JSON, which libraries refuse, and parsers by token take at least twice the time.
type cursor struct {
	from   *bufio.Reader
	text   []byte // the part of the line in the buffer
	at     int
	passed int   // bytes of the line before the text
	more   bool  // the line may go on after the text
	err    error // the reason why it does not, nil for a line end
}

const (
	// maxObject bounds a line of a frame, in bytes.
	maxObject = 1 << 30
	// maxText and maxNested bound the values of other keys: a text in quotes, in bytes, and
	// the depth of brackets.
	maxText   = 1 << 26
	maxNested = 64
	// maxToken bounds a number or a word, in bytes.
	maxToken = 1 << 12
)

// errLineEnds is wrapped by the errors of a line that ends too early.
var errLineEnds = errors.New("the line ends")

// errTooLong is the error of a line that is too long.
var errTooLong = fmt.Errorf("more than %d bytes", maxObject)

// begin moves to the start of the next line.
func (c *cursor) begin() { *c = cursor{from: c.from, more: true} }

// end skips the rest of a line that was read to its end.
func (c *cursor) end() {
	rest := len(c.text)
	if c.err == nil {
		rest++ // the line end
	}
	_, _ = c.from.Discard(rest)
}

// fill reads more of the line after the text, and drops the part before the cursor. It
// waits for no byte after the line's end, and reports whether there was more.
func (c *cursor) fill() bool {
	if !c.more {
		return false
	}
	_, _ = c.from.Discard(c.at)
	kept := len(c.text) - c.at
	c.passed, c.at = c.passed+c.at, 0
	if _, c.err = c.from.Peek(kept + 1); c.err == nil && c.passed > maxObject {
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

// column is the position of the cursor in its line, in bytes from 1.
func (c *cursor) column() int { return c.passed + c.at + 1 }

// expected is the error of something else than what at the cursor.
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

// token is the number or word at the cursor, or the start of one that is too long. It is
// valid until more of the line is read.
func (c *cursor) token() []byte {
	for n := 0; ; n++ {
		if c.at+n == len(c.text) && !c.fill() || n > maxToken || delimits(c.text[c.at+n]) {
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

// blanks skips blanks.
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

// take skips blanks and then the byte b, and reports whether that was there.
func (c *cursor) take(b byte) bool {
	c.blanks()
	if c.at < len(c.text) && c.text[c.at] == b {
		c.at++
		return true
	}
	return false
}

// list parses elements separated by commas, from one bracket to the other.
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

// frame parses the object of the line.
func (c *cursor) frame(dst *Frame) error {
	found := false
	err := c.list('{', '}', func() error {
		key, err := c.key()
		switch {
		case err != nil:
			return err
		case key == particlesKey:
			found = true
			dst.Points, dst.Lost, dst.lost = dst.Points[:0], 0, dst.lost[:0]
			return c.list('[', ']', func() error { return c.particle(dst) })
		case key == weightsKey:
			dst.weighted, dst.weights = true, dst.weights[:0]
			return c.list('[', ']', func() error { return c.weight(dst) })
		}
		return c.skip()
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

// The keys that have a meaning, with the quote after them.
const (
	particlesKey = `particles"`
	weightsKey   = `weights"`
)

// key parses a key and the colon after it, and returns the key if it has a meaning.
func (c *cursor) key() (known string, err error) {
	if !c.take('"') {
		return "", c.expected("a key in quotes")
	}
	for len(c.text)-c.at < len(particlesKey) && c.fill() {
	}
	for _, key := range []string{particlesKey, weightsKey} {
		if bytes.HasPrefix(c.text[c.at:], []byte(key)) {
			known = key
		}
	}
	if err := c.quoted(); err != nil {
		return "", err
	}
	if !c.take(':') {
		return "", c.expected(":")
	}
	return known, nil
}

// quoted skips the rest of a text in quotes.
func (c *cursor) quoted() error {
	for first := c.column(); c.at < len(c.text) || c.fill(); c.at++ {
		switch b := c.text[c.at]; {
		case b == '"':
			c.at++
			return nil
		case c.column()-first > maxText:
			return fmt.Errorf("column %d: the text from column %d on has more than %d bytes, expected a quote", c.column(), first, maxText)
		case b == '\\':
			if c.at++; c.at == len(c.text) && !c.fill() {
				return c.expected("a quote")
			}
		}
	}
	return c.expected("a quote")
}

// skip skips a value of any kind up to the comma or the bracket after it.
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
			if depth++; depth > maxNested {
				return fmt.Errorf("column %d: more than %d nested brackets, expected fewer", c.column(), maxNested)
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

// particle parses [x, y], or null for one that is lost.
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

// weight parses the weight of a particle.
func (c *cursor) weight(dst *Frame) error {
	w, err := c.number()
	if err != nil {
		return err
	}
	if dst.weights = append(dst.weights, w); len(dst.weights) > maxParticles {
		return fmt.Errorf("column %d: frame %d has more than %d weights, expected one for each particle", c.column()-1, dst.Number, maxParticles)
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

// number parses a coordinate, NaN for null. A number at the end of the line may be cut.
func (c *cursor) number() (float64, error) {
	c.blanks()
	v, n := arrays.Decimal(c.text[c.at:])
	if end := c.at + n; n > 0 && end < len(c.text) && delimits(c.text[end]) {
		c.at = end
		return v, nil
	}
	return c.word()
}

// word parses the rare coordinates that number does not: null, NaN, many digits.
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
	case err != nil && !errors.Is(err, strconv.ErrRange) || len(text) > maxToken:
		return 0, c.expected("a number")
	}
	c.at = end
	return v, nil
}
