package scenarios

import (
	"fmt"
	"math"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// compile turns a parsed formula into a term, or says what is none.
func compile(node ast.Node) (term, *file.Error) {
	switch n := node.(type) {
	case *ast.IntegerNode:
		return constant(float64(n.Value)), nil
	case *ast.FloatNode:
		return constant(n.Value), nil
	case *ast.IdentifierNode:
		return variable(n)
	case *ast.UnaryNode:
		return signed(n)
	case *ast.BinaryNode:
		return operation(n)
	case *ast.ConditionalNode:
		return conditional(n)
	case *ast.CallNode:
		return call(n)
	}
	return term{}, objection(node, "only numbers, x, y and arithmetic are allowed")
}

// signed is a term with a sign.
func signed(n *ast.UnaryNode) (term, *file.Error) {
	if isLogic(n.Operator) {
		if _, err := compileCondition(n.Node); err != nil {
			return term{}, objection(n, fmt.Sprintf("%q must have a comparison in parentheses, as in not (x < y)", n.Operator))
		}
		return term{}, noNumber(n, n.Operator)
	}
	t, err := compile(n.Node)
	if err != nil || n.Operator == "+" {
		return t, err
	}
	return unary(t, func(v float64) float64 { return -v }, func(float64, float64) float64 { return -1 }), nil
}

// noNumber says that an operator of conditions stands where a number should.
func noNumber(n ast.Node, operator string) *file.Error {
	return objection(n, fmt.Sprintf("%q gives no number, it may stand in the condition c of c ? a : b alone", operator))
}

func objection(n ast.Node, message string) *file.Error {
	return &file.Error{Location: n.Location(), Message: message}
}

func variable(n *ast.IdentifierNode) (term, *file.Error) {
	switch n.Value {
	case "x":
		return term{func(x, _ float64) float64 { return x }, func(x, _ float64) dual { return dual{x, 1, 0} }}, nil
	case "y":
		return term{func(_, y float64) float64 { return y }, func(_, y float64) dual { return dual{y, 0, 1} }}, nil
	case "pi":
		return constant(math.Pi), nil
	case "e":
		return constant(math.E), nil
	}
	return term{}, objection(n, "unknown name "+n.Value)
}

func operation(n *ast.BinaryNode) (term, *file.Error) {
	if isLogic(n.Operator) || comparison(n.Operator) != nil {
		return term{}, noNumber(n, n.Operator)
	}
	a, err := compile(n.Left)
	if err != nil {
		return a, err
	}
	b, err := compile(n.Right)
	if err != nil {
		return b, err
	}
	switch n.Operator {
	case "+":
		return add(a, b, 1), nil
	case "-":
		return add(a, b, -1), nil
	case "*":
		return multiply(a, b), nil
	case "/":
		return divide(a, b), nil
	case "^", "**":
		return power(a, b), nil
	}
	return a, objection(n, fmt.Sprintf("the operator %q is not allowed", n.Operator))
}

// call is a function of terms.
func call(n *ast.CallNode) (term, *file.Error) {
	name, ok := n.Callee.(*ast.IdentifierNode)
	if !ok {
		return term{}, objection(n, "only a function can be called")
	}
	var list []term
	for _, a := range n.Arguments {
		t, err := compile(a)
		if err != nil {
			return t, err
		}
		list = append(list, t)
	}
	if f, ok := functions()[name.Value]; ok {
		if len(list) < f.least || f.most > 0 && len(list) > f.most {
			return term{}, objection(n, fmt.Sprintf("%s has %d arguments, which are too few or too many", name.Value, len(list)))
		}
		return f.of(list), nil
	}
	return term{}, objection(n, "unknown function "+name.Value)
}
