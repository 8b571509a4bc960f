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

// Error is an error in a scenario file, at a line and a column counted from 1; they are 0 if
// it concerns the file as a whole.
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

// Decode reads a scenario file of version 1. The data files it names are read by files; if that
// is nil, naming one is an error. Missing fields get defaults that suit the target. The error
// is an Error.
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

// Located returns an error about the value of a field at the top of a file as an Error at its position there.
func Located(text []byte, field string, problem error) error {
	root, _, err := read(text)
	if err != nil {
		return err
	}
	return wrongValue{location{field}, problem}.located(root)
}

// wrongValue is the error for a value that passes the schema and is invalid.
type wrongValue struct {
	where   location
	problem error
}

func (e wrongValue) Error() string { return e.problem.Error() }

func wrong(where location, format string, args ...any) error {
	return wrongValue{where, fmt.Errorf(format, args...)}
}

// located returns the error at the position of the value, or of the innermost existing parent.
// An error in a formula written verbatim on one line is located at its own position in the
// file; otherwise its message includes the position in the formula.
func (e wrongValue) located(root ast.Node) error {
	problem := e.problem.Error()
	var bad formula.Error
	if errors.As(e.problem, &bad) && bad.Line != 0 {
		s, _ := e.where.find(root).(*ast.StringNode)
		if s != nil && verbatim(s) {
			position := *s.Token.Position
			position.Column += quotes(s) + bad.Column - 1
			return at(&token.Token{Position: &position}, "%s", located(e.where, bad.At("")))
		}
		problem = bad.At(positionIn(e.where.find(root), bad))
	}
	for where := e.where; ; where = where[:len(where)-1] {
		if n := where.find(root); n != nil && begin(n) != nil {
			return at(begin(n), "%s", located(where, problem))
		}
	}
}

// verbatim reports whether a text is written on one line without escapes.
func verbatim(s *ast.StringNode) bool {
	written := strings.TrimSpace(s.Token.Origin)
	if quoted(s) {
		written = strings.Trim(written, `'"`)
	}
	return written == s.Value && !strings.Contains(s.Value, "\n")
}

// quotes is the number of quotes at the beginning of a text.
func quotes(s *ast.StringNode) int {
	if quoted(s) {
		return 1
	}
	return 0
}

// positionIn describes the position of an error in a formula, which may have several lines.
func positionIn(n ast.Node, bad formula.Error) string {
	if s, ok := n.(*ast.LiteralNode); ok && strings.Contains(strings.Trim(s.Value.Value, "\n"), "\n") {
		return fmt.Sprintf(" at line %d, column %d of the formula", bad.Line, bad.Column)
	}
	return fmt.Sprintf(" at column %d of the formula", bad.Column)
}

// located prefixes a problem with the location of the value, if there is one.
func located(where location, problem string) string {
	if len(where) == 0 {
		return problem
	}
	return where.String() + ": " + problem
}
