package file

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
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
// show its target well. The error is a FileError.
func Decode(text []byte, files data.Files) (scenarios.Scenario, error) {
	if len(text) > maxFile {
		return scenarios.Scenario{}, Error{Problem: fmt.Sprintf("the file has more than %d MB, expected a description of a scenario", maxFile>>20)}
	}
	tree, d, err := read(text)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	d.joinLines()
	s, err := d.scenario(files)
	var wrong wrongField
	var formula wrongFormula
	switch {
	case errors.As(err, &formula):
		return s, formula.located(tree)
	case errors.As(err, &wrong):
		return s, located(tree, wrong)
	}
	return s, err
}

// read is the text as YAML and as a document.
func read(text []byte) (tree *ast.File, d document, err error) {
	// The library panics at some broken files, such as "mixture: !".
	defer func() {
		if failure := recover(); failure != nil {
			err = Error{Problem: fmt.Sprintf("the file cannot be read (%v), expected a scenario file", failure)}
		}
	}()
	text = lines(text)
	if err = checkBytes(text); err != nil {
		return nil, d, err
	}
	if tree, err = parse(text); err != nil {
		return nil, d, err
	}
	return tree, d, decode(tree.Docs[0].Body, &d)
}

// parse refuses what is no single document of a reasonable size.
func parse(text []byte) (*ast.File, error) {
	tokens, err := tokensOf(text)
	if err != nil {
		return nil, err
	}
	tree, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, positioned(err)
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		return nil, Error{Problem: fmt.Sprintf("the file has %d documents, expected one with version: %d and a target", documents(tree), Version)}
	}
	return tree, checkTexts(tree.Docs[0].Body)
}

func documents(tree *ast.File) (n int) {
	for _, d := range tree.Docs {
		if d.Body != nil {
			n++
		}
	}
	return n
}

// positioned is an error of the YAML library in one sentence.
func positioned(err error) error {
	var e yaml.Error
	if !errors.As(err, &e) || e.GetToken() == nil {
		return Error{Problem: sentence(err.Error()) + ", expected a scenario file"}
	}
	at := e.GetToken().Position
	return Error{at.Line, at.Column, sentence(e.GetMessage()) + ", expected a scenario file of version 1"}
}

// sentence is the first line of a message, which may quote all of a file.
func sentence(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	return scenarios.Shortened(strings.TrimSpace(text), maxSentence)
}

// wrongField is a value of a document that cannot be used.
type wrongField struct {
	path    string // as the YAML library writes it, such as $.target.mixture[2].sigma
	problem string
}

func (e wrongField) Error() string { return e.problem }

func wrong(path, format string, args ...any) error {
	return wrongField{path, fmt.Sprintf(format, args...)}
}

// located puts a wrong field to its place, or to that of what should hold it.
func located(tree *ast.File, e wrongField) error {
	for path := e.path; path != ""; path = parent(path) {
		if n := nodeAt(tree, path); n != nil && begin(n) != nil {
			return at(begin(n), "%s", told(strings.TrimPrefix(path, "$"), e.problem))
		}
	}
	return Error{Problem: e.problem}
}

// nodeAt is the node of a field, nil where the file has none.
func nodeAt(tree *ast.File, path string) ast.Node {
	p, err := yaml.PathString(path)
	if err != nil {
		return nil
	}
	n, err := p.FilterFile(tree)
	if err != nil {
		return nil
	}
	return n
}

// wrongFormula is a formula of a document that cannot be used.
type wrongFormula struct {
	path, text string
	fault      formula.Error
}

func (e wrongFormula) Error() string { return e.fault.Error() }

// located puts a fault to its place in the file, where the formula stands there as it is on
// one line, otherwise to the formula, with its place in that.
func (e wrongFormula) located(tree *ast.File) error {
	if s, ok := nodeAt(tree, e.path).(*ast.StringNode); ok {
		if quote, asItIs := verbatim(s); asItIs {
			place := *s.Token.Position
			place.Column += quote + e.fault.Column - 1
			return at(&token.Token{Position: &place}, "%s", told(strings.TrimPrefix(e.path, "$"), e.fault.At("")))
		}
	}
	where := fmt.Sprintf(" at column %d of the formula", e.fault.Column)
	if strings.Contains(strings.Trim(e.text, "\n"), "\n") {
		where = fmt.Sprintf(" at line %d, column %d of the formula", e.fault.Line, e.fault.Column)
	}
	return located(tree, wrongField{e.path, e.fault.At(where)})
}

// verbatim reports whether a text means itself, without escapes, on one line, and how many
// quotes it begins with.
func verbatim(s *ast.StringNode) (quote int, ok bool) {
	written := strings.TrimSpace(s.Token.Origin)
	if quoted(s) {
		quote = 1
		written = strings.Trim(written, `'"`)
	}
	return quote, written == s.Value && !strings.Contains(s.Value, "\n")
}

// told is a problem of a field, or of the file as a whole.
func told(path, problem string) string {
	if path == "" {
		return problem
	}
	return strings.TrimPrefix(path, ".") + ": " + problem
}

func parent(path string) string {
	if path == "$" {
		return ""
	}
	return path[:strings.LastIndexAny(path, ".[")]
}

// maxSentence bounds what is shown of a message of the YAML library, in characters.
const maxSentence = 100
