package file

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"

	"undercurrent/scenarios"
)

// values puts the values of a YAML tree into documents. The library's own decoder would
// take a text for a number and 3.5 for 3, and tells of any one of several unknown fields.
type values struct {
	fields map[reflect.Type][]field
}

// field is a field of a document. One that is not omitted when it is empty must be there.
type field struct {
	name, expected string
	must           bool
	index          int
}

// misplaced is a node that is not what a document has at its place.
type misplaced struct {
	path    string // from the document, such as .target.mixture[2].sigma
	at      *token.Token
	problem string
}

func (e *misplaced) Error() string { return e.problem }

// decode puts a tree into a document.
func decode(root ast.Node, d *document) error {
	v := values{map[reflect.Type][]field{}}
	err := v.put(root, reflect.ValueOf(d).Elem(), "a scenario file of version 1")
	var wrong *misplaced
	if !errors.As(err, &wrong) {
		return err
	}
	return at(wrong.at, "%s", told(wrong.path, wrong.problem))
}

// put sets what is expected at a place from the node there.
func (v values) put(n ast.Node, to reflect.Value, expected string) error {
	switch to.Kind() {
	case reflect.Pointer:
		to.Set(reflect.New(to.Type().Elem()))
		return v.put(n, to.Elem(), expected)
	case reflect.Struct:
		return v.putMapping(n, to, expected)
	case reflect.Slice:
		return v.putList(n, to, expected)
	case reflect.String:
		return putText(n, to)
	}
	return putNumber(n, to)
}

func (v values) putMapping(n ast.Node, to reflect.Value, expected string) error {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return unlike(n, expected)
	}
	fields := v.fieldsOf(to.Type())
	given := map[string]bool{}
	for _, entry := range m.Values {
		f, err := fieldAt(entry.Key, fields)
		if err != nil {
			return err
		}
		if given[f.name] {
			return &misplaced{at: entry.Key.GetToken(), problem: fmt.Sprintf("there are two fields %q, expected one", f.name)}
		}
		given[f.name] = true
		if err := v.put(entry.Value, to.Field(f.index), f.expected); err != nil {
			return below("."+f.name, err)
		}
	}
	for _, f := range fields {
		if f.must && !given[f.name] {
			return &misplaced{at: begin(n), problem: fmt.Sprintf("there is no %s, expected %s", f.name, f.expected)}
		}
	}
	return nil
}

func (v values) putList(n ast.Node, to reflect.Value, expected string) error {
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		return unlike(n, expected)
	}
	to.Set(reflect.MakeSlice(to.Type(), len(list.Values), len(list.Values)))
	for k, entry := range list.Values {
		if err := v.put(entry, to.Index(k), expectedBy(to.Type().Elem())); err != nil {
			return below(fmt.Sprintf("[%d]", k), err)
		}
	}
	return nil
}

// below puts what is wrong with a value below the field or the list that holds it.
func below(name string, err error) error {
	var wrong *misplaced
	if errors.As(err, &wrong) {
		wrong.path = name + wrong.path
	}
	return err
}

func putText(n ast.Node, to reflect.Value) error {
	switch s := n.(type) {
	case *ast.LiteralNode:
		to.SetString(s.Value.Value)
		return nil
	case *ast.StringNode:
		if quoted(s) || !plainNumber.MatchString(s.Value) {
			to.SetString(s.Value)
			return nil
		}
	case *ast.MappingNode, *ast.SequenceNode, *ast.NullNode:
		return unlike(n, "a text")
	}
	return unlike(n, "a text, which must stand in quotes here")
}

// plainNumber is a number of YAML 1.2 and of JSON. The library takes 1e3 for a text, and 010
// for 8 as YAML 1.1 did.
var plainNumber = regexp.MustCompile(`^[-+]?(\.[0-9]+|(0|[1-9][0-9]*)(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)

func putNumber(n ast.Node, to reflect.Value) error {
	expected := expectedBy(to.Type())
	number, ok := numberOf(n)
	switch {
	case !ok:
		if s, text := n.(*ast.StringNode); text && quoted(s) && plainNumber.MatchString(s.Value) {
			expected += " without quotes"
		}
		return unlike(n, expected)
	case to.Kind() == reflect.Float64:
		if text := n.GetToken().Value; math.IsInf(number, 0) && plainNumber.MatchString(text) {
			return unlike(n, fmt.Sprintf("a number up to %.2g", math.MaxFloat64))
		}
		to.SetFloat(number)
	case number != math.Trunc(number) || math.Abs(number) >= 1<<53:
		return unlike(n, expected)
	default:
		to.SetInt(int64(number))
	}
	return nil
}

// numberOf is the number that a node is, if it is one.
func numberOf(n ast.Node) (float64, bool) {
	switch s := n.(type) {
	case *ast.InfinityNode:
		return s.Value, true
	case *ast.NanNode:
		return math.NaN(), true
	case *ast.IntegerNode, *ast.FloatNode:
	case *ast.StringNode:
		if quoted(s) {
			return 0, false
		}
	default:
		return 0, false
	}
	text := n.GetToken().Value
	if !plainNumber.MatchString(text) {
		return 0, false
	}
	// What is out of range is infinite.
	number, _ := strconv.ParseFloat(text, 64)
	return number, true
}

// quoted reports whether a text stands in quotes.
func quoted(s *ast.StringNode) bool {
	return s.Token.Type == token.SingleQuoteType || s.Token.Type == token.DoubleQuoteType
}

// fieldAt is the field that a key names.
func fieldAt(key ast.Node, fields []field) (field, error) {
	name := key.GetToken().Value
	names := make([]string, len(fields))
	for k, f := range fields {
		if f.name == name {
			return f, nil
		}
		names[k] = f.name
	}
	maybe := ""
	if near := nearest(name, names); near != "" {
		maybe = fmt.Sprintf(", did you mean %s", near)
	}
	return field{}, &misplaced{at: key.GetToken(), problem: fmt.Sprintf("unknown field %q%s, expected one of %s", scenarios.Shortened(name, maxShown), maybe, strings.Join(names, ", "))}
}

// fieldsOf are the fields of a kind of document.
func (v values) fieldsOf(t reflect.Type) []field {
	if known, ok := v.fields[t]; ok {
		return known
	}
	list := make([]field, t.NumField())
	for k := range list {
		tag := t.Field(k).Tag
		name, options, _ := strings.Cut(tag.Get("yaml"), ",")
		expected, ok := tag.Lookup("expected")
		if !ok {
			expected = expectedBy(t.Field(k).Type)
		}
		list[k] = field{name, expected, !strings.Contains(options, "omitempty"), k}
	}
	v.fields[t] = list
	return list
}
