package frames

import (
	"errors"
	"fmt"
	"math"
	"strconv"

	"undercurrent/scenarios"
	"undercurrent/ui/arrays"
)

// cursor reads an object of a line. It is here because what Python writes for a number
// that is not finite is no JSON: libraries refuse it, and those that hand on one token
// after another take twice the time or more.
type cursor struct {
	text []byte
	at   int
}

// errLineEnds is within the errors of a line that ends too early.
var errLineEnds = errors.New("the line ends")

// expected is what is wrong at the cursor.
func (c *cursor) expected(what string) error {
	if c.at >= len(c.text) {
		return fmt.Errorf("column %d: %w, expected %s", c.at+1, errLineEnds, what)
	}
	return fmt.Errorf("column %d: %s, expected %s", c.at+1, arrays.Quoted(c.text[c.at:max(c.tokenEnd(), c.at+1)]), what)
}

// tokenEnd is where a number or a word at the cursor ends.
func (c *cursor) tokenEnd() int {
	end := c.at
	for end < len(c.text) && !delimits(c.text[end]) {
		end++
	}
	return end
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
	for c.at < len(c.text) && (c.text[c.at] == ' ' || c.text[c.at] == '\t' || c.text[c.at] == '\r') {
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
		key, err := c.key()
		switch {
		case err != nil:
			return err
		case string(key) != "particles":
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

// key reads a key and the colon behind it.
func (c *cursor) key() ([]byte, error) {
	if !c.take('"') {
		return nil, c.expected("a key in quotes")
	}
	begin := c.at
	if err := c.quoted(); err != nil {
		return nil, err
	}
	key := c.text[begin : c.at-1]
	if !c.take(':') {
		return nil, c.expected(":")
	}
	return key, nil
}

// quoted passes the rest of a text in quotes.
func (c *cursor) quoted() error {
	for ; c.at < len(c.text); c.at++ {
		switch c.text[c.at] {
		case '"':
			c.at++
			return nil
		case '\\':
			c.at++
		}
	}
	c.at = len(c.text)
	return c.expected("a quote")
}

// skip passes a value of any kind up to the comma or the bracket behind it.
func (c *cursor) skip() error {
	for depth := 0; c.at < len(c.text); {
		switch b := c.text[c.at]; b {
		case '"':
			c.at++
			if err := c.quoted(); err != nil {
				return err
			}
			continue
		case '[', '{':
			depth++
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
		return fmt.Errorf("column %d: %w", c.at, dst.check())
	}
	return nil
}

func (c *cursor) point() (p scenarios.Point, err error) {
	switch {
	case c.take('['):
	case string(c.text[c.at:c.tokenEnd()]) == "null":
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
	end := c.tokenEnd()
	text := string(c.text[c.at:end])
	v, err := strconv.ParseFloat(text, 64)
	switch {
	case end == len(c.text):
		c.at = end
		return 0, c.expected("a number")
	case text == "null":
		v = math.NaN()
	case err != nil && !errors.Is(err, strconv.ErrRange):
		return 0, c.expected("a number")
	}
	c.at = end
	return v, nil
}
