package formula

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/expr-lang/expr/file"

	"undercurrent/scenarios"
)

// maxMessage bounds a message of the parser, in characters; names and numbers in it may be
// as long as the formula.
const maxMessage = 100

// Error is an error in a formula, at a line and a column counted from 1; they are 0 where
// they are unknown.
type Error struct {
	Line, Column int
	Problem      string
	expected     string
}

func (e Error) Error() string {
	where := ""
	if e.Line != 0 {
		where = fmt.Sprintf(" at line %d, column %d", e.Line, e.Column)
	}
	return e.At(where)
}

// At returns the message with a description of the location, such as " at column 3".
func (e Error) At(where string) string { return e.Problem + where + ", " + e.expected }

// wrong returns an error in a formula as a whole.
func (f Form) wrong(problem string) Error {
	return Error{Problem: problem, expected: fmt.Sprintf("expected a formula of %s such as %s", strings.Join(f.Variables, " and "), f.Example)}
}

// fault returns an error of the parser in one sentence.
func (f Form) fault(err error) Error {
	message, _, _ := strings.Cut(err.Error(), "\n")
	line, column := 0, 0
	var located *file.Error
	if errors.As(err, &located) {
		line, column = located.Line, located.Column+1
		message, _, _ = strings.Cut(located.Message, "\n")
	}
	e := f.wrong(scenarios.Shortened(f.rephrased(message), maxMessage))
	e.Line, e.Column = line, column
	return e
}

// comparison is an example of a comparison.
func (f Form) comparison() string {
	if len(f.Variables) == 1 {
		return f.Variables[0] + " < 1"
	}
	return strings.Join(f.Variables, " < ")
}

// product is the hint that a product needs a sign.
func (f Form) product() string {
	return fmt.Sprintf("(a product has a *, as in 2*%s)", f.Variables[0])
}

// rephrased is a message of the parser in the terms of this language.
func (f Form) rephrased(message string) string {
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
		{`^unexpected token (?:Identifier|Number)\("(.*)"\)$`, `unexpected "$1" ` + f.product()},
		{`^unexpected token \w+\("(.*)"\)$`, `unexpected "$1"`},
		{`^bad number syntax: "(.*)"$`, `"$1" is not a number ` + f.product()},
	} {
		if p := regexp.MustCompile(c.pattern); p.MatchString(message) {
			return p.ReplaceAllString(message, c.says)
		}
	}
	if sign, ok := strings.CutPrefix(message, "unrecognized character: "); ok {
		_, sign, _ = strings.Cut(sign, " ")
		sign = strings.Trim(sign, "'")
		return fmt.Sprintf("unexpected %q%s", sign, f.instead(sign))
	}
	return message
}

// instead is the hint for notation of mathematics or of other languages.
func (f Form) instead(written string) string {
	v := f.Variables[0]
	write, ok := map[string]string{
		"²": v + "^2 for " + v + "²", "³": v + "^3 for " + v + "³", "×": "* for ×", "·": "* for ·", "÷": "/ for ÷", "√": "sqrt(" + v + ") for √" + v, "π": "pi for π",
		"≤": "<= for ≤", "≥": ">= for ≥", "≠": "!= for ≠", "%": "a - b*floor(a/b) for a % b",
	}[written]
	if !ok {
		return ""
	}
	return " (write " + write + ")"
}
