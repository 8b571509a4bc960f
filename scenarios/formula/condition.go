package formula

import (
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// condition reports whether the first branch of c ? a : b is taken.
type condition func(x, y float64) bool

// isLogic reports whether an operator is a logical one.
func isLogic(operator string) bool {
	switch operator {
	case "and", "&&", "or", "||", "not", "!":
		return true
	}
	return false
}

// comparison returns the function of a comparison operator, nil for any other.
func comparison(operator string) func(a, b float64) bool {
	switch operator {
	case "<":
		return func(a, b float64) bool { return a < b }
	case "<=":
		return func(a, b float64) bool { return a <= b }
	case ">":
		return func(a, b float64) bool { return a > b }
	case ">=":
		return func(a, b float64) bool { return a >= b }
	case "==":
		return func(a, b float64) bool { return a == b }
	case "!=":
		return func(a, b float64) bool { return a != b }
	}
	return nil
}

// conditional compiles c ? a : b.
func (r *reader) conditional(n *ast.ConditionalNode) (term, *file.Error) {
	c, err := r.compileCondition(n.Cond)
	if err != nil {
		return term{}, err
	}
	a, err := r.compile(n.Exp1)
	if err != nil {
		return a, err
	}
	b, err := r.compile(n.Exp2)
	r.operations++
	return choose(c, a, b), err
}

// compileCondition compiles a condition; the error names a node that is not one.
func (r *reader) compileCondition(node ast.Node) (condition, *file.Error) {
	switch n := node.(type) {
	case *ast.UnaryNode:
		if isLogic(n.Operator) {
			r.operations++
			c, err := r.compileCondition(n.Node)
			return func(x, y float64) bool { return !c(x, y) }, err
		}
	case *ast.BinaryNode:
		if links := links(n); links != nil {
			return r.compare(links)
		}
		if isLogic(n.Operator) {
			return r.combine(n)
		}
	}
	return nil, objection(node, "the condition of c ? a : b is not a comparison such as "+r.comparison())
}

// combine compiles two conditions joined by and, or by or.
func (r *reader) combine(n *ast.BinaryNode) (condition, *file.Error) {
	a, err := r.compileCondition(n.Left)
	if err != nil {
		return nil, err
	}
	r.operations++
	b, err := r.compileCondition(n.Right)
	if n.Operator == "or" || n.Operator == "||" {
		return func(x, y float64) bool { return a(x, y) || b(x, y) }, err
	}
	return func(x, y float64) bool { return a(x, y) && b(x, y) }, err
}

// links returns the comparisons of a chain such as 0 < x < 1, which the parser turns into
// 0 < x && x < 1 with the same node x in both; nil if n is not a chain.
func links(n *ast.BinaryNode) []*ast.BinaryNode {
	if comparison(n.Operator) != nil {
		return []*ast.BinaryNode{n}
	}
	left, both := n.Left.(*ast.BinaryNode)
	right, ok := n.Right.(*ast.BinaryNode)
	if n.Operator != "&&" || !both || !ok || comparison(right.Operator) == nil {
		return nil
	}
	list := links(left)
	if list == nil || list[len(list)-1].Right != right.Left {
		return nil
	}
	return append(list, right)
}

// compare compiles a chain of comparisons, each of whose terms is evaluated once.
func (r *reader) compare(links []*ast.BinaryNode) (condition, *file.Error) {
	first, err := r.compile(links[0].Left)
	if err != nil {
		return nil, err
	}
	compares, terms := make([]func(a, b float64) bool, len(links)), make([]term, len(links))
	for k, n := range links {
		r.operations++
		compares[k] = comparison(n.Operator)
		if terms[k], err = r.compile(n.Right); err != nil {
			return nil, err
		}
	}
	return func(x, y float64) bool {
		before := first.value(x, y)
		for k, t := range terms {
			v := t.value(x, y)
			if !compares[k](before, v) {
				return false
			}
			before = v
		}
		return true
	}, nil
}
