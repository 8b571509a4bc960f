package formula

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/file"

	"undercurrent/scenarios"
)

// maxMessage bounds what is told of a mistake, in characters; names and numbers may
// be as long as the formula.
const maxMessage = 100

// Error is what is wrong with a formula, at a line and a column counted from 1;
// they are 0 where they are not known.
type Error struct {
	Line, Column int
	Problem      string
}

func (e Error) Error() string {
	where := ""
	if e.Line != 0 {
		where = fmt.Sprintf(" at line %d, column %d", e.Line, e.Column)
	}
	return e.At(where)
}

// At is the fault with its place in words.
func (e Error) At(where string) string {
	return fmt.Sprintf("%s%s, expected a formula of x and y such as -(x^2-2)^2 - y^2/2", e.Problem, where)
}

// parseError is an error of the parser in one sentence.
func parseError(err error) error {
	fault := Error{Problem: err.Error()}
	var at *file.Error
	if errors.As(err, &at) {
		fault = Error{at.Line, at.Column + 1, at.Message}
	}
	fault.Problem, _, _ = strings.Cut(fault.Problem, "\n")
	fault.Problem = scenarios.Shortened(plainly(fault.Problem), maxMessage)
	return fault
}

// plainly is a message of the parser without the words of its language.
func plainly(message string) string {
	switch {
	case strings.HasPrefix(message, "invalid integer literal"):
		return "a whole number has too many digits (1e30 has an exponent)"
	case strings.Contains(message, "value out of range"):
		return "a number is too large (the largest is near 1e308)"
	case strings.Contains(message, "strconv."):
		return "a number is not complete"
	case message == "unexpected token EOF":
		return "the formula ends too soon"
	}
	for _, c := range []struct{ pattern, says string }{
		{`^unexpected token (?:Identifier|Number)\("(.*)"\)$`, `unexpected "$1" (a product has a *, as in 2*x)`},
		{`^unexpected token \w+\("(.*)"\)$`, `unexpected "$1"`},
		{`^bad number syntax: "(.*)"$`, `"$1" is no number (a product has a *, as in 2*x)`},
	} {
		if p := regexp.MustCompile(c.pattern); p.MatchString(message) {
			return p.ReplaceAllString(message, c.says)
		}
	}
	if sign, ok := strings.CutPrefix(message, "unrecognized character: "); ok {
		_, sign, _ = strings.Cut(sign, " ")
		sign = strings.Trim(sign, "'")
		return fmt.Sprintf("unexpected %q%s", sign, instead(sign))
	}
	return message
}

// instead is what to write for something that is written elsewhere.
func instead(written string) string {
	write, ok := map[string]string{
		"²": "x^2 for x²", "³": "x^3 for x³", "×": "* for ×", "·": "* for ·", "÷": "/ for ÷", "√": "sqrt(x) for √x", "π": "pi for π",
		"≤": "<= for ≤", "≥": ">= for ≥", "≠": "!= for ≠", "%": "a - b*floor(a/b) for a % b",
	}[written]
	if !ok {
		return ""
	}
	return " (write " + write + ")"
}
