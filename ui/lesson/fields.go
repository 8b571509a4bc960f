package lesson

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/file"
)

// wrong is an error at a node of a file, about the value of a field.
func wrong(n ast.Node, where, format string, args ...any) error {
	return wrongAt(begin(n), where, format, args...)
}

func wrongAt(t *token.Token, where, format string, args ...any) error {
	problem := fmt.Sprintf(format, args...)
	if where != "" {
		problem = where + ": " + problem
	}
	return file.Error{Line: t.Position.Line, Column: t.Position.Column, Problem: problem}
}

// begin is the first token of a node; for a mapping without brackets the library returns its first colon.
func begin(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// field is what may stand in a mapping: its name, what is expected of its value, and what reads that.
type field struct {
	name, expected string
	needed         bool
	read           func(n ast.Node, where string) error
}

// mapping reads the fields of a mapping; where is its own place in the file, empty for the whole.
func mapping(n ast.Node, where string, known []field) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return wrong(n, where, "%s, expected fields such as %s", described(n), known[0].name)
	}
	var found, all []string
	for _, f := range known {
		all = append(all, f.name)
	}
	for _, v := range m.Values {
		key := v.Key.GetToken()
		name := key.Value
		k := slices.Index(all, name)
		switch {
		case k < 0:
			return wrongAt(key, where, "unknown field %q, expected %s", scenarios.Shortened(name, maxShown), suggest.Nearest(name, all))
		case slices.Contains(found, name):
			return wrongAt(key, where, "there are two fields %s, expected one", name)
		}
		found = append(found, name)
		if err := known[k].read(v.Value, within(where, name)); err != nil {
			return err
		}
	}
	for _, f := range known {
		if f.needed && !slices.Contains(found, f.name) {
			return wrong(n, where, "there is no %s, expected %s", f.name, f.expected)
		}
	}
	return nil
}

// within is the place of a field.
func within(where, name string) string {
	if where == "" {
		return name
	}
	return where + "." + name
}

// maxShown bounds what is repeated of a file in a message, in characters.
const maxShown = 40

// described is a value in words.
func described(n ast.Node) string {
	switch s := n.(type) {
	case *ast.MappingNode:
		return "fields"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.LiteralNode:
		return fmt.Sprintf("%q", scenarios.Shortened(s.Value.Value, maxShown))
	}
	return fmt.Sprintf("%q", scenarios.Shortened(n.GetToken().Value, maxShown))
}

// list reads the entries of a list of at most some.
func list(n ast.Node, where string, most int, read func(n ast.Node, where string) error) error {
	s, ok := n.(*ast.SequenceNode)
	if !ok {
		return wrong(n, where, "%s, expected a list", described(n))
	}
	if len(s.Values) == 0 || len(s.Values) > most {
		return wrong(n, where, "%d entries, expected 1 to %d", len(s.Values), most)
	}
	for k, entry := range s.Values {
		if err := read(entry, fmt.Sprintf("%s[%d]", where, k)); err != nil {
			return err
		}
	}
	return nil
}

// text reads a text of at most some characters into one line.
func text(n ast.Node, where string, most int) (string, error) {
	var value string
	switch s := n.(type) {
	case *ast.StringNode:
		value = s.Value
	case *ast.LiteralNode:
		value = s.Value.Value
	case *ast.IntegerNode, *ast.FloatNode:
		value = n.GetToken().Value
	default:
		return "", wrong(n, where, "%s, expected a text", described(n))
	}
	value = strings.Join(strings.Fields(value), " ")
	if length := len([]rune(value)); length == 0 || length > most {
		return "", wrong(n, where, "a text of %d characters, expected 1 to %d", length, most)
	}
	return value, nil
}

// count reads a whole number within bounds.
func count(n ast.Node, where string, least, most int) (int, error) {
	v, err := strconv.Atoi(n.GetToken().Value)
	if _, number := n.(*ast.IntegerNode); !number || err != nil || v < least || v > most {
		return 0, wrong(n, where, "%s, expected a whole number from %d to %d", described(n), least, most)
	}
	return v, nil
}

// textOf, countOf and parsed are fields of these kinds.
func textOf(name, expected string, most int, to *string) field {
	return field{name: name, expected: expected, read: func(n ast.Node, where string) (err error) {
		*to, err = text(n, where, most)
		return err
	}}
}

func countOf(name string, least, most int, to *int) field {
	return field{name: name, read: func(n ast.Node, where string) (err error) {
		*to, err = count(n, where, least, most)
		return err
	}}
}

// parsed reads a text by a parser whose error is located.
func parsed[T any](name string, most int, parse func(string) (T, error), take func(T)) field {
	return field{name: name, read: func(n ast.Node, where string) error {
		return parse1(n, where, most, parse, take)
	}}
}

// parsedList reads texts by a parser.
func parsedList[T any](name string, entries, most int, parse func(string) (T, error), take func(T)) field {
	return field{name: name, read: func(n ast.Node, where string) error {
		return list(n, where, entries, func(n ast.Node, where string) error { return parse1(n, where, most, parse, take) })
	}}
}

func parse1[T any](n ast.Node, where string, most int, parse func(string) (T, error), take func(T)) error {
	written, err := text(n, where, most)
	if err != nil {
		return err
	}
	value, err := parse(written)
	if err != nil {
		return wrong(n, where, "%s", scenarios.Escaped(err.Error()))
	}
	take(value)
	return nil
}

// must marks a field that has to be there.
func must(f field) field {
	f.needed = true
	return f
}
