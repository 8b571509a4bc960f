package file

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"undercurrent/scenarios"
	"undercurrent/scenarios/data"
	"undercurrent/scenarios/formula"
)

// Version is the version of scenario files.
const Version = 1

// Error is what is wrong with a scenario file, at a line and a column counted from
// 1; they are 0 where the file as a whole is wrong.
type Error struct {
	Line, Column int
	Problem      string
}

func (e Error) Error() string {
	if e.Line == 0 {
		return e.Problem
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Problem)
}

// Decode reads a scenario file of version 1, and what it names in files by files, which
// may be nil where there is no file to be named. What the file leaves out is chosen to
// show its target well. The error is an Error.
func Decode(text []byte, files data.Files) (scenarios.Scenario, error) {
	if len(text) > maxFile {
		return scenarios.Scenario{}, Error{Problem: fmt.Sprintf("the file has more than %d MB, expected a description of a scenario", maxFile>>20)}
	}
	root, d, err := read(text)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	d.joinLines()
	s, err := d.scenario(files)
	var wrong wrongValue
	if errors.As(err, &wrong) {
		return s, wrong.located(root)
	}
	return s, err
}

// wrongValue is a value that the schema takes and that cannot be used.
type wrongValue struct {
	where   location
	problem error
}

func (e wrongValue) Error() string { return e.problem.Error() }

func wrong(where location, format string, args ...any) error {
	return wrongValue{where, fmt.Errorf(format, args...)}
}

// located puts the problem to the place of the value, or to that of what should hold it. One
// in a formula that stands in the file as it is, on one line, is put to its own place there;
// otherwise its place in the formula is told.
func (e wrongValue) located(root ast.Node) error {
	problem := e.problem.Error()
	var bad formula.Error
	if errors.As(e.problem, &bad) && bad.Line != 0 {
		s, _ := e.where.find(root).(*ast.StringNode)
		if s != nil && verbatim(s) {
			place := *s.Token.Position
			place.Column += quotes(s) + bad.Column - 1
			return at(&token.Token{Position: &place}, "%s", told(e.where, bad.At("")))
		}
		problem = bad.At(placeIn(e.where.find(root), bad))
	}
	for where := e.where; ; where = where[:len(where)-1] {
		if n := where.find(root); n != nil && begin(n) != nil {
			return at(begin(n), "%s", told(where, problem))
		}
	}
}

// verbatim reports whether a text means itself, without escapes, on one line.
func verbatim(s *ast.StringNode) bool {
	written := strings.TrimSpace(s.Token.Origin)
	if quoted(s) {
		written = strings.Trim(written, `'"`)
	}
	return written == s.Value && !strings.Contains(s.Value, "\n")
}

// quotes is how many quotes a text begins with.
func quotes(s *ast.StringNode) int {
	if quoted(s) {
		return 1
	}
	return 0
}

// placeIn is the place of a mistake in a formula, which may have several lines.
func placeIn(n ast.Node, bad formula.Error) string {
	if s, ok := n.(*ast.LiteralNode); ok && strings.Contains(strings.Trim(s.Value.Value, "\n"), "\n") {
		return fmt.Sprintf(" at line %d, column %d of the formula", bad.Line, bad.Column)
	}
	return fmt.Sprintf(" at column %d of the formula", bad.Column)
}

// told is a problem of a value, or of the file as a whole.
func told(where location, problem string) string {
	if len(where) == 0 {
		return problem
	}
	return where.String() + ": " + problem
}
