package formula

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/expr-lang/expr/ast"
)

// UnknownNameError is the error of a formula with a name that is none of the given ones.
type UnknownNameError struct{ Name string }

func (e UnknownNameError) Error() string { return "unknown name " + e.Name }

// RowProgram is a compiled formula of any number of variables. Unlike a Program it must not be
// evaluated concurrently.
type RowProgram struct {
	term term
	row  []float64
}

// Value evaluates the formula at one value for each variable. It is NaN or infinite where
// there is no real value. It panics if the number of arguments is not that of the variables.
func (p *RowProgram) Value(args ...float64) float64 {
	if len(args) != len(p.row) {
		panic(fmt.Sprintf("formula: %d arguments, expected %d", len(args), len(p.row)))
	}
	copy(p.row, args)
	return p.term.value(0, 0)
}

// CompileOf compiles a formula of some of the names, such as those of the columns of a table;
// uses are the positions of these names, in the order of the arguments of the program. A name
// need not be an identifier: theta.1 and theta[1,2] may be written as they are. The error is
// an UnknownNameError or an Error.
func CompileOf(text string, names []string) (p *RowProgram, uses []int, err error) {
	readable, ids := identified(text, names)
	example := Form{Variables: names[:1], Example: "log(" + names[0] + ")"}
	used, err := identifiers(readable, names, example)
	if err != nil {
		return nil, nil, restored(err, ids)
	}
	var variables []string
	for _, id := range used {
		name := id
		if original, ok := ids[id]; ok {
			name = original
		}
		k := slices.Index(names, name)
		if k < 0 {
			return nil, nil, UnknownNameError{name}
		}
		variables, uses = append(variables, id), append(uses, k)
	}
	if len(variables) == 0 {
		return nil, nil, example.wrong(fmt.Sprintf("the formula %q has no name", text))
	}
	p, err = compileRow(readable, Form{Variables: variables, Example: "log(" + variables[0] + ")"})
	return p, uses, restored(err, ids)
}

// compileRow compiles a formula of all variables of a form.
func compileRow(text string, of Form) (p *RowProgram, err error) {
	defer of.guard(&err)
	tree, err := of.parse(text)
	if err != nil {
		return nil, err
	}
	r := &reader{Form: of, row: make([]float64, len(of.Variables))}
	t, bad := r.compile(tree.Node)
	if bad != nil {
		return nil, of.fault(bad.Bind(tree.Source))
	}
	return &RowProgram{t, r.row}, nil
}

// identifiers are the names in a formula in the order of their appearance, without those of
// functions, and of constants unless they are among the names.
func identifiers(text string, names []string, of Form) (list []string, err error) {
	defer of.guard(&err)
	tree, err := of.parse(text)
	if err != nil {
		return nil, err
	}
	found := &visitor{called: map[ast.Node]bool{}}
	ast.Walk(&tree.Node, found)
	for _, n := range found.names {
		constant := (n.Value == "pi" || n.Value == "e") && !slices.Contains(names, n.Value)
		if !found.called[n] && !constant && !slices.Contains(list, n.Value) {
			list = append(list, n.Value)
		}
	}
	return list, nil
}

// visitor collects the identifiers of a syntax tree, and those of them that are called.
type visitor struct {
	names  []*ast.IdentifierNode
	called map[ast.Node]bool
}

func (v *visitor) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IdentifierNode:
		v.names = append(v.names, n)
	case *ast.CallNode:
		v.called[n.Callee] = true
	}
}

// identified replaces the names that are no identifiers by identifiers of the same length, so that
// positions in errors stay valid; ids has the names by them.
func identified(text string, names []string) (readable string, ids map[string]string) {
	var awkward []string
	for _, name := range names {
		if isIndexed(name) && strings.Contains(text, name) && !slices.Contains(awkward, name) {
			awkward = append(awkward, name)
		}
	}
	slices.SortFunc(awkward, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	ids = map[string]string{}
	for _, name := range awkward {
		if id := identifierFor(name, func(id string) bool {
			return strings.Contains(text, id) || slices.Contains(names, id) || ids[id] != ""
		}); id != "" {
			ids[id] = name
			text = replaceWord(text, name, id)
		}
	}
	return text, ids
}

// isIndexed reports whether a name is that of an element, such as theta.1 or theta[1,2].
func isIndexed(name string) bool {
	indexed := false
	for i, r := range name {
		switch {
		case i == 0 && !unicode.IsLetter(r) && r != '_':
			return false
		case inIdentifier(r):
		case strings.ContainsRune(".[], :", r):
			indexed = true
		default:
			return false
		}
	}
	return indexed
}

func inIdentifier(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// identifierFor is an identifier with as many characters as the name that is not taken, empty
// if there is none.
func identifierFor(name string, taken func(string) bool) string {
	for _, filler := range "_abcdefghijklmnopqrstuvwxyz" {
		id := strings.Map(func(r rune) rune {
			if inIdentifier(r) {
				return r
			}
			return filler
		}, name)
		if !taken(id) {
			return id
		}
	}
	return ""
}

// replaceWord replaces a name where it is not a part of a longer one.
func replaceWord(text, name, by string) string {
	var b strings.Builder
	for at := 0; at < len(text); {
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[min(at+len(name), len(text)):])
		if strings.HasPrefix(text[at:], name) && !inIdentifier(before) && (strings.HasSuffix(name, "]") || !inIdentifier(after)) {
			b.WriteString(by)
			at += len(name)
			continue
		}
		b.WriteByte(text[at])
		at++
	}
	return b.String()
}

// restored is an error of the formula with the names as they were written.
func restored(err error, ids map[string]string) error {
	e, ok := err.(Error)
	if !ok {
		return err
	}
	for id, name := range ids {
		e.Problem, e.expected = strings.ReplaceAll(e.Problem, id, name), strings.ReplaceAll(e.expected, id, name)
	}
	return e
}
