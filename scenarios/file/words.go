package file

import (
	"fmt"
	"reflect"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"undercurrent/scenarios"
)

// unlike says what there is in place of what was expected.
func unlike(n ast.Node, expected string) error {
	return &misplaced{at: begin(n), problem: fmt.Sprintf("%s, expected %s", described(n), expected)}
}

// described is a node in a few words.
func described(n ast.Node) string {
	switch s := n.(type) {
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return "a list"
	case *ast.NullNode:
		return "nothing"
	case *ast.LiteralNode:
		return "a text of lines"
	case *ast.StringNode:
		if quoted(s) {
			return fmt.Sprintf("the text %q", scenarios.Shortened(s.Value, maxShown))
		}
	}
	return scenarios.Shortened(scenarios.OneLine(n.GetToken().Value), maxShown)
}

// maxShown is how much of a value is shown that is wrong, in characters.
const maxShown = 40

// begin is where a node begins; the library has a mapping without brackets at its first colon.
func begin(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}

// expectedBy says what a kind of value is.
func expectedBy(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return expectedBy(t.Elem())
	case reflect.Struct:
		return "a mapping of fields"
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "a text"
	case reflect.Int:
		return "a whole number"
	}
	return "a number"
}

// nearest is the name that is at most two letters from a mistyped one, otherwise empty.
func nearest(typed string, names []string) (near string) {
	least := 3
	if len(typed) > maxShown {
		return "" // so that the distance costs nothing
	}
	for _, name := range names {
		if d := levenshtein.ComputeDistance(typed, name); d < least && d < len(name)-1 {
			near, least = name, d
		}
	}
	return near
}
