package file

import (
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// valueOf returns a tree as a JSON value. The library's own decoder would take a text for a
// number and 1e3 for a text. Values that JSON does not have, such as infinities, and those on
// which YAML 1.1 and 1.2 disagree become null, which the schema allows nowhere.
func valueOf(n ast.Node) (any, error) {
	switch s := n.(type) {
	case *ast.MappingNode:
		return mappingOf(s)
	case *ast.SequenceNode:
		list := make([]any, len(s.Values))
		for k, entry := range s.Values {
			var err error
			if list[k], err = valueOf(entry); err != nil {
				return nil, err
			}
		}
		return list, nil
	case *ast.LiteralNode:
		return s.Value.Value, nil
	case *ast.StringNode:
		if quoted(s) || !plainNumber.MatchString(s.Value) {
			return s.Value, nil
		}
		return numberOf(s.Value), nil
	case *ast.IntegerNode, *ast.FloatNode:
		return numberOf(n.GetToken().Value), nil
	}
	return nil, nil
}

func mappingOf(m *ast.MappingNode) (map[string]any, error) {
	fields := make(map[string]any, len(m.Values))
	for _, entry := range m.Values {
		name := nameOf(entry)
		if _, again := fields[name]; again {
			return nil, at(entry.Key.GetToken(), "there are two fields %q, expected one", name)
		}
		value, err := valueOf(entry.Value)
		if err != nil {
			return nil, err
		}
		fields[name] = value
	}
	return fields, nil
}

// plainNumber is a number of YAML 1.2 and of JSON. The library takes 1e3 for a text, and 010
// for 8 as YAML 1.1 did.
var plainNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

// numberOf returns the JSON number of a text, or nil.
func numberOf(text string) any {
	if !plainNumber.MatchString(text) {
		return nil
	}
	number, _ := strconv.ParseFloat(text, 64) // infinite where it is out of range
	if math.IsInf(number, 0) {
		return nil
	}
	plain, err := json.Marshal(number)
	if err != nil {
		panic(fmt.Sprintf("%g is not a JSON number: %v", number, err))
	}
	return json.Number(plain)
}

// quoted reports whether a text is in quotes.
func quoted(s *ast.StringNode) bool {
	return s.Token.Type == token.SingleQuoteType || s.Token.Type == token.DoubleQuoteType
}
