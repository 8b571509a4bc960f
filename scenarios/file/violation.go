package file

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"undercurrent/scenarios"
)

// validate validates a tree, and its value as JSON, against the schema. The error is the first
// violation in the file; invalid values come before missing ones, which may have the same
// cause, such as a misspelt field.
func validate(root ast.Node, value any) error {
	var invalid *jsonschema.ValidationError
	if !errors.As(compiled().Validate(value), &invalid) {
		return nil
	}
	x := explainer{root, newOutline()}
	var list []violation
	for _, e := range leaves(invalid) {
		list = append(list, x.explain(e))
	}
	first := slices.MinFunc(list, func(a, b violation) int {
		if a.missing != b.missing {
			if a.missing {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(a.token.Position.Line, b.token.Position.Line), cmp.Compare(a.token.Position.Column, b.token.Position.Column))
	})
	return at(first.token, "%s", located(first.where, first.problem))
}

// leaves returns the violations without causes of their own.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if _, choice := e.ErrorKind.(*kind.OneOf); choice || len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	var list []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		list = append(list, leaves(cause)...)
	}
	return list
}

// violation is a violation of the schema with its message.
type violation struct {
	token   *token.Token
	missing bool
	where   location
	problem string
}

// explainer makes the messages of violations.
type explainer struct {
	root   ast.Node
	schema outline
}

func (x explainer) explain(e *jsonschema.ValidationError) violation {
	where := location(e.InstanceLocation)
	n, part := where.find(x.root), x.schema.at(where)
	v := violation{token: begin(n), where: where}
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		v.token, v.problem = unknownField(n, part.fields())
	case *kind.Required:
		name := k.Missing[0]
		v.missing, v.problem = true, fmt.Sprintf("there is no %s, expected %s", name, part.at(location{name}).title())
	case *kind.DependentRequired:
		v.where = where.field(k.Prop)
		v.token = begin(v.where.find(x.root))
		v.problem = fmt.Sprintf("%s without %s, expected both", k.Prop, k.Missing[0])
	case *kind.OneOf:
		v.missing, v.problem = k.Subschemas == nil, miscounted(n, part.choices())
	case *kind.Enum:
		v.problem = described(n) + alternatives(n.GetToken().Value, valuesOf(k.Want))
	case *kind.MaxLength:
		v.problem = fmt.Sprintf("a text of %d characters, expected %s", k.Got, part.title())
	default:
		v.problem = fmt.Sprintf("%s, expected %s%s", described(n), part.title(), quoting(n, part.get("type")))
	}
	return v
}

// unknownField returns the first field of a mapping that is not in names, and its message.
func unknownField(n ast.Node, names []string) (*token.Token, string) {
	m, _ := n.(*ast.MappingNode)
	k := slices.IndexFunc(m.Values, func(v *ast.MappingValueNode) bool { return !slices.Contains(names, nameOf(v)) })
	name := nameOf(m.Values[k])
	return m.Values[k].Key.GetToken(), fmt.Sprintf("unknown field %q%s", scenarios.Shortened(name, maxShown), alternatives(name, names))
}

// alternatives lists the valid names, with the one nearest to what was written.
func alternatives(written string, names []string) string {
	maybe := ""
	if near := nearest(written, names); near != "" {
		maybe = ", did you mean " + near
	}
	return fmt.Sprintf("%s, expected one of %s", maybe, strings.Join(names, ", "))
}

// miscounted is the message for a number of fields other than exactly one of names.
func miscounted(n ast.Node, names []string) string {
	count, m := 0, n.(*ast.MappingNode)
	for _, v := range m.Values {
		if slices.Contains(names, nameOf(v)) {
			count++
		}
	}
	last := len(names) - 1
	return fmt.Sprintf("%d of %s and %s, expected one", count, strings.Join(names[:last], ", "), names[last])
}

// quoting is the hint to add or remove quotes where that gives a value of the wanted type.
func quoting(n ast.Node, wanted any) string {
	switch s := n.(type) {
	case *ast.MappingNode, *ast.SequenceNode, *ast.NullNode, *ast.LiteralNode:
		return ""
	case *ast.StringNode:
		if quoted(s) {
			if wanted != "string" && plainNumber.MatchString(s.Value) {
				return " without quotes"
			}
			return ""
		}
		if !plainNumber.MatchString(s.Value) {
			return ""
		}
	}
	if wanted == "string" {
		return ", which must stand in quotes here"
	}
	return ""
}

// described is a short description of a node.
func described(n ast.Node) string {
	switch s := n.(type) {
	case *ast.MappingNode:
		return "a mapping"
	case *ast.SequenceNode:
		return describedList(s)
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

// describedList is a short list in brackets, or the length of any other list.
func describedList(s *ast.SequenceNode) string {
	list := make([]string, min(len(s.Values), maxListed))
	flat := s.IsFlowStyle && len(s.Values) <= maxListed
	for k := range list {
		_, number := s.Values[k].(ast.ScalarNode)
		flat, list[k] = flat && number, s.Values[k].GetToken().Value
	}
	if !flat {
		return fmt.Sprintf("a list of %d", len(s.Values))
	}
	return scenarios.Shortened("["+scenarios.OneLine(strings.Join(list, ", "))+"]", maxShown)
}

// maxListed is the largest number of entries of a list that is shown.
const maxListed = 6

// maxShown bounds the part of an invalid value that is shown, in characters.
const maxShown = 40

// nearest returns the name at an edit distance of at most two from a mistyped one, or "".
func nearest(typed string, names []string) (near string) {
	best := 3
	if len(typed) > maxShown {
		return "" // bounds the cost of the edit distance
	}
	for _, name := range names {
		if d := levenshtein.ComputeDistance(typed, name); d < best && d < len(name)-1 {
			near, best = name, d
		}
	}
	return near
}

// valuesOf returns the values of an enumeration as texts.
func valuesOf(values []any) (list []string) {
	for _, v := range values {
		list = append(list, fmt.Sprint(v))
	}
	return list
}
