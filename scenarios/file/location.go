package file

import (
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// location is the path to a value of a file: names of fields, and indices of lists from 0.
type location []string

// field returns the location of a field of a mapping.
func (l location) field(name string) location { return append(slices.Clip(l), name) }

// entry returns the location of an entry of a list.
func (l location) entry(k int) location { return l.field(strconv.Itoa(k)) }

// String formats the location, such as target.mixture[2].sigma.
func (l location) String() string {
	var b strings.Builder
	for k, name := range l {
		switch _, err := strconv.Atoi(name); {
		case err == nil:
			b.WriteString("[" + name + "]")
		case k > 0:
			b.WriteString("." + name)
		default:
			b.WriteString(name)
		}
	}
	return b.String()
}

// find returns the value at the location, or nil.
func (l location) find(root ast.Node) ast.Node {
	n := root
	for _, name := range l {
		switch s := n.(type) {
		case *ast.MappingNode:
			k := slices.IndexFunc(s.Values, func(v *ast.MappingValueNode) bool { return nameOf(v) == name })
			if k < 0 {
				return nil
			}
			n = s.Values[k].Value
		case *ast.SequenceNode:
			k, err := strconv.Atoi(name)
			if err != nil || k >= len(s.Values) {
				return nil
			}
			n = s.Values[k]
		default:
			return nil
		}
	}
	return n
}

// nameOf is the name of a field.
func nameOf(v *ast.MappingValueNode) string { return v.Key.GetToken().Value }

// begin returns the first token of a node; for a mapping without brackets the library returns
// its first colon.
func begin(n ast.Node) *token.Token {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return m.Values[0].Key.GetToken()
	}
	return n.GetToken()
}
