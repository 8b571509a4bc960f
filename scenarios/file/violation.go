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

// validate holds a tree, and what it is as JSON, against the schema. The error is that of the
// first violation in the file; what is there and wrong goes before what is missing, which may
// be the same mistake.
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
		return cmp.Or(cmp.Compare(a.at.Position.Line, b.at.Position.Line), cmp.Compare(a.at.Position.Column, b.at.Position.Column))
	})
	return at(first.at, "%s", told(first.where, first.problem))
}

// leaves are the violations that say what is wrong themselves.
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

// violation is a violation of the schema in words.
type violation struct {
	at      *token.Token
	missing bool
	where   location
	problem string
}

// explainer finds words for violations.
type explainer struct {
	root   ast.Node
	schema outline
}

func (x explainer) explain(e *jsonschema.ValidationError) violation {
	where := location(e.InstanceLocation)
	n, part := where.find(x.root), x.schema.at(where)
	v := violation{at: begin(n), where: where}
	switch k := e.ErrorKind.(type) {
	case *kind.AdditionalProperties:
		v.at, v.problem = unknownField(n, part.fields())
	case *kind.Required:
		name := k.Missing[0]
		v.missing, v.problem = true, fmt.Sprintf("there is no %s, expected %s", name, part.at(location{name}).title())
	case *kind.DependentRequired:
		v.where = where.field(k.Prop)
		v.at = begin(v.where.find(x.root))
		v.problem = fmt.Sprintf("%s without %s, expected both", k.Prop, k.Missing[0])
	case *kind.OneOf:
		v.missing, v.problem = k.Subschemas == nil, miscounted(n, part.choices())
	case *kind.Enum:
		v.problem = described(n) + otherwise(n.GetToken().Value, valuesOf(k.Want))
	case *kind.MaxLength:
		v.problem = fmt.Sprintf("a text of %d characters, expected %s", k.Got, part.title())
	default:
		v.problem = fmt.Sprintf("%s, expected %s%s", described(n), part.title(), quoting(n, part.get("type")))
	}
	return v
}

// unknownField is the first field of a mapping that is none of these.
func unknownField(n ast.Node, names []string) (*token.Token, string) {
	m, _ := n.(*ast.MappingNode)
	k := slices.IndexFunc(m.Values, func(v *ast.MappingValueNode) bool { return !slices.Contains(names, nameOf(v)) })
	name := nameOf(m.Values[k])
	return m.Values[k].Key.GetToken(), fmt.Sprintf("unknown field %q%s", scenarios.Shortened(name, maxShown), otherwise(name, names))
}

// otherwise says what could have been written instead.
func otherwise(written string, names []string) string {
	maybe := ""
	if near := nearest(written, names); near != "" {
		maybe = ", did you mean " + near
	}
	return fmt.Sprintf("%s, expected one of %s", maybe, strings.Join(names, ", "))
}

// miscounted says how many there are of fields of which one is expected.
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

// quoting says how a text or a number of another type would be one of the type wanted.
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

// described is a node in a few words.
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

// describedList is a short list in brackets as it is, of others their length.
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

// maxShown is how much of a value is shown that is wrong, in characters.
const maxShown = 40

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

// valuesOf are the values of an enumeration.
func valuesOf(values []any) (list []string) {
	for _, v := range values {
		list = append(list, fmt.Sprint(v))
	}
	return list
}
