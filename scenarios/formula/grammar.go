package formula

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// reader compiles a syntax tree into a term, and counts the operations of its evaluation.
type reader struct {
	Form
	operations int
	// row has the values of the variables of a RowProgram; it is nil for terms of x and y.
	row []float64
}

// Costs relative to a sum.
const (
	powerOperations    = 10 // of a general power
	functionOperations = 2  // of a function, for each argument
)

// compile compiles a node of the syntax tree; the error names a node that is not valid.
func (r *reader) compile(node ast.Node) (term, *file.Error) {
	switch n := node.(type) {
	case *ast.IntegerNode:
		return constant(float64(n.Value)), nil
	case *ast.FloatNode:
		return constant(n.Value), nil
	case *ast.IdentifierNode:
		return r.variable(n)
	case *ast.UnaryNode:
		return r.signed(n)
	case *ast.BinaryNode:
		return r.operation(n)
	case *ast.ConditionalNode:
		return r.conditional(n)
	case *ast.CallNode:
		return r.call(n)
	case *ast.BuiltinNode:
		return term{}, objection(n, "unknown function "+n.Name)
	}
	return term{}, objection(node, fmt.Sprintf("only numbers, %s and arithmetic are allowed", strings.Join(r.Variables, ", ")))
}

// signed compiles a term with its signs; two minus signs cancel.
func (r *reader) signed(n *ast.UnaryNode) (term, *file.Error) {
	if isLogic(n.Operator) {
		if _, err := r.compileCondition(n.Node); err != nil {
			return term{}, objection(n, fmt.Sprintf("%q must have a comparison in parentheses, as in not (%s)", n.Operator, r.comparison()))
		}
		return term{}, noNumber(n, n.Operator)
	}
	minus, inner := n.Operator == "-", n.Node
	for next, ok := inner.(*ast.UnaryNode); ok && !isLogic(next.Operator); next, ok = inner.(*ast.UnaryNode) {
		minus, inner = minus != (next.Operator == "-"), next.Node
	}
	t, err := r.compile(inner)
	if err != nil || !minus {
		return t, err
	}
	r.operations++
	return unary(t, func(v float64) float64 { return -v }, func(float64, float64) float64 { return -1 }), nil
}

// noNumber is the error for an operator of conditions in place of a number.
func noNumber(n ast.Node, operator string) *file.Error {
	return objection(n, fmt.Sprintf("%q does not give a number, it may only be used in the condition c of c ? a : b", operator))
}

func objection(n ast.Node, message string) *file.Error {
	return &file.Error{Location: n.Location(), Message: message}
}

// variable compiles a name: the first variable is the x of a term, the second one its y, unless
// they are those of a row.
func (r *reader) variable(n *ast.IdentifierNode) (term, *file.Error) {
	k := slices.Index(r.Variables, n.Value)
	if r.row != nil && k >= 0 {
		at := &r.row[k]
		return term{func(_, _ float64) float64 { return *at }, func(_, _ float64) dual { return dual{v: *at} }}, nil
	}
	switch k {
	case 0:
		return term{func(x, _ float64) float64 { return x }, func(x, _ float64) dual { return dual{x, 1, 0} }}, nil
	case 1:
		return term{func(_, y float64) float64 { return y }, func(_, y float64) dual { return dual{y, 0, 1} }}, nil
	}
	switch n.Value {
	case "pi":
		return constant(math.Pi), nil
	case "e":
		return constant(math.E), nil
	}
	if _, known := r.functions()[n.Value]; known {
		return term{}, objection(n, fmt.Sprintf("%s is a function, its arguments must be in parentheses", n.Value))
	}
	return term{}, objection(n, "unknown name "+n.Value+r.instead(n.Value))
}

func (r *reader) operation(n *ast.BinaryNode) (term, *file.Error) {
	if isLogic(n.Operator) || comparison(n.Operator) != nil {
		return term{}, noNumber(n, n.Operator)
	}
	if isSum(n) {
		return r.sum(n)
	}
	a, err := r.compile(n.Left)
	if err != nil {
		return a, err
	}
	b, err := r.compile(n.Right)
	if err != nil {
		return b, err
	}
	r.operations++
	switch n.Operator {
	case "*":
		return multiply(a, b), nil
	case "/":
		return divide(a, b), nil
	case "^", "**":
		r.operations += powerWork(n.Right)
		return r.power(a, b), nil
	}
	return a, objection(n, fmt.Sprintf("the operator %q is not allowed%s", n.Operator, r.instead(n.Operator)))
}

// powerWork is the cost of a power beyond that of a product, by its exponent.
func powerWork(exponent ast.Node) int {
	if n, ok := exponent.(*ast.IntegerNode); ok && quick(float64(n.Value)) {
		return 0
	}
	return powerOperations - 1
}

func isSum(n *ast.BinaryNode) bool { return n.Operator == "+" || n.Operator == "-" }

// sum compiles a chain of additions and subtractions into one term, evaluated from left to
// right without recursion.
func (r *reader) sum(n *ast.BinaryNode) (term, *file.Error) {
	var parts []*ast.BinaryNode
	first := ast.Node(n)
	for next, ok := first.(*ast.BinaryNode); ok && isSum(next); next, ok = first.(*ast.BinaryNode) {
		parts, first = append(parts, next), next.Left
	}
	slices.Reverse(parts)
	list, signs := make([]term, len(parts)+1), make([]float64, len(parts)+1)
	var err *file.Error
	if list[0], err = r.compile(first); err != nil {
		return term{}, err
	}
	for k, part := range parts {
		if list[k+1], err = r.compile(part.Right); err != nil {
			return term{}, err
		}
		if signs[k+1] = 1; part.Operator == "-" {
			signs[k+1] = -1
		}
		r.operations++
	}
	return add(list, signs), nil
}

// call compiles a function call.
func (r *reader) call(n *ast.CallNode) (term, *file.Error) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return term{}, objection(n, "only a function can be called")
	}
	var list []term
	for _, a := range n.Arguments {
		t, err := r.compile(a)
		if err != nil {
			return t, err
		}
		list = append(list, t)
	}
	f, ok := r.functions()[name.Value]
	if !ok {
		return term{}, objection(n, "unknown function "+name.Value)
	}
	if len(list) < f.min || f.max > 0 && len(list) > f.max {
		return term{}, objection(n, fmt.Sprintf("%s takes %s and has %d", name.Value, f.takes(), len(list)))
	}
	if r.operations += functionOperations * len(list); name.Value == "pow" {
		r.operations += powerWork(n.Arguments[1])
	}
	return f.of(list), nil
}
