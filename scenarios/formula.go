package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Formula is a target that someone has written down: a log-density or a density of x
// and y, up to a constant factor. Its score is the formula's derivative by forward
// differentiation, exact to rounding.
//
// A formula is made of numbers, x, y, pi and e, the operators + − * / and ^ or **,
// parentheses, and the functions exp, log, sqrt, sin, cos, tan, tanh, abs of one
// argument, min, max, logsumexp and norm of one or more, and gauss(v, mu, s), the
// normal density at v.
type Formula struct {
	Text string
	// Log tells that the formula is the logarithm of the density.
	Log  bool
	term term
}

var _ Target = (*Formula)(nil)

// mostFormula is the longest formula in bytes; it bounds the nesting as well.
const mostFormula = 4096

// NewFormula reads a formula. The error is one sentence, with the line and the column
// where they are known.
func NewFormula(text string, log bool) (f *Formula, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("the formula is empty, expected one of x and y such as -(x^2-2)^2 - y^2/2")
	}
	if len(text) > mostFormula {
		return nil, fmt.Errorf("the formula is %d bytes long, expected at most %d", len(text), mostFormula)
	}
	// The parser is not ours, and what it parses is typed by hand.
	defer func() {
		if failure := recover(); failure != nil {
			f, err = nil, fmt.Errorf("the formula cannot be read (%v), expected one of x and y", failure)
		}
	}()
	config := conf.CreateNew()
	expr.DisableAllBuiltins()(config)
	clear(config.Builtins)
	tree, err := parser.ParseWithConfig(text, config)
	if err != nil {
		return nil, formulaError(err)
	}
	t, bad := compile(tree.Node)
	if bad != nil {
		return nil, formulaError(bad.Bind(tree.Source))
	}
	return &Formula{Text: text, Log: log, term: t}, nil
}

// formulaError is an error of the parser in one sentence.
func formulaError(err error) error {
	message, where := err.Error(), ""
	var at *file.Error
	if errors.As(err, &at) {
		message, where = at.Message, fmt.Sprintf(" at line %d, column %d", at.Line, at.Column+1)
	}
	message, _, _ = strings.Cut(message, "\n")
	return fmt.Errorf("%s%s, expected a formula of x and y such as -(x^2-2)^2 - y^2/2", message, where)
}

// LogDensity is the formula, or its logarithm; NaN where the formula has no value or a
// density is negative.
func (f *Formula) LogDensity(x, y float64) float64 {
	v := f.term.value(x, y)
	if f.Log {
		return v
	}
	return math.Log(v)
}

// Score is the derivative, zero where it has none.
func (f *Formula) Score(x, y float64) (gx, gy float64) {
	d := f.term.slope(x, y)
	if !f.Log {
		d = chain(d, math.Log(d.v), 1/d.v)
	}
	if !finite(d.x) || !finite(d.y) {
		return 0, 0
	}
	return d.x, d.y
}

// dual is a value with its derivatives by x and y.
type dual struct{ v, x, y float64 }

// chain is f(d) of value v and derivative slope.
func chain(d dual, v, slope float64) dual {
	out := dual{v: v}
	// An infinite slope along which nothing changes is no change.
	if d.x != 0 {
		out.x = slope * d.x
	}
	if d.y != 0 {
		out.y = slope * d.y
	}
	return out
}

// term is a part of a formula: its value, and its value with the derivatives.
type term struct {
	value func(x, y float64) float64
	slope func(x, y float64) dual
}

func constant(c float64) term {
	return term{func(float64, float64) float64 { return c }, func(float64, float64) dual { return dual{v: c} }}
}

// unary applies f with its derivative as a function of argument and value.
func unary(t term, f func(float64) float64, slope func(v, fv float64) float64) term {
	return term{func(x, y float64) float64 { return f(t.value(x, y)) }, func(x, y float64) dual {
		d := t.slope(x, y)
		fv := f(d.v)
		return chain(d, fv, slope(d.v, fv))
	}}
}

func add(a, b term, sign float64) term {
	return term{func(x, y float64) float64 { return a.value(x, y) + sign*b.value(x, y) }, func(x, y float64) dual {
		p, q := a.slope(x, y), b.slope(x, y)
		return dual{p.v + sign*q.v, p.x + sign*q.x, p.y + sign*q.y}
	}}
}

func multiply(a, b term) term {
	return term{func(x, y float64) float64 { return a.value(x, y) * b.value(x, y) }, func(x, y float64) dual {
		p, q := a.slope(x, y), b.slope(x, y)
		return dual{p.v * q.v, p.x*q.v + p.v*q.x, p.y*q.v + p.v*q.y}
	}}
}

func divide(a, b term) term {
	return term{func(x, y float64) float64 { return a.value(x, y) / b.value(x, y) }, func(x, y float64) dual {
		p, q := a.slope(x, y), b.slope(x, y)
		v := p.v / q.v
		return dual{v, (p.x - v*q.x) / q.v, (p.y - v*q.y) / q.v}
	}}
}

func power(a, b term) term {
	return term{func(x, y float64) float64 { return raise(a.value(x, y), b.value(x, y)) }, func(x, y float64) dual {
		p, q := a.slope(x, y), b.slope(x, y)
		v := raise(p.v, q.v)
		out := chain(p, v, q.v*raise(p.v, q.v-1))
		if q.x != 0 || q.y != 0 {
			by := chain(q, v, v*math.Log(p.v))
			out.x, out.y = out.x+by.x, out.y+by.y
		}
		return out
	}}
}

// raise is the power, the frequent ones by multiplication.
func raise(a, b float64) float64 {
	switch b {
	case 1:
		return a
	case 2:
		return a * a
	case 3:
		return a * a * a
	case 4:
		return a * a * a * a
	}
	return math.Pow(a, b)
}

// pick is the argument that is best by better.
func pick(list []term, better func(a, b float64) bool) term {
	return term{func(x, y float64) float64 {
		best := list[0].value(x, y)
		for _, t := range list[1:] {
			if v := t.value(x, y); better(v, best) || v != v {
				best = v
			}
		}
		return best
	}, func(x, y float64) dual {
		best := list[0].slope(x, y)
		for _, t := range list[1:] {
			if d := t.slope(x, y); better(d.v, best.v) || d.v != d.v {
				best = d
			}
		}
		return best
	}}
}

// logSumExp is log Σ exp, relative to the largest.
func logSumExp(list []term) term {
	return term{func(x, y float64) float64 {
		top, sum := math.Inf(-1), 0.0
		for _, t := range list {
			top, sum = accumulate(top, sum, t.value(x, y))
		}
		if math.IsInf(top, 0) {
			return top
		}
		return top + math.Log(sum)
	}, func(x, y float64) dual {
		duals := make([]dual, len(list))
		top, sum := math.Inf(-1), 0.0
		for k, t := range list {
			duals[k] = t.slope(x, y)
			top, sum = accumulate(top, sum, duals[k].v)
		}
		out := dual{v: top}
		if math.IsInf(top, 0) {
			return out
		}
		out.v += math.Log(sum)
		for _, d := range duals {
			share := math.Exp(d.v - out.v)
			out.x, out.y = out.x+share*d.x, out.y+share*d.y
		}
		return out
	}}
}

// accumulate adds an exponent to a sum that is relative to its top.
func accumulate(top, sum, v float64) (float64, float64) {
	switch {
	case math.IsInf(v, -1):
		return top, sum
	case v > top:
		return v, sum*math.Exp(top-v) + 1
	}
	return top, sum + math.Exp(v-top)
}

// norm is the root of the sum of squares.
func norm(list []term) term {
	sum := multiply(list[0], list[0])
	for _, t := range list[1:] {
		sum = add(sum, multiply(t, t), 1)
	}
	return unary(sum, math.Sqrt, func(_, root float64) float64 { return 0.5 / root })
}

// gauss is the normal density at v.
func gauss(v, mu, s term) term {
	z := divide(add(v, mu, -1), s)
	bell := unary(z, func(z float64) float64 { return math.Exp(-z * z / 2) }, func(z, fz float64) float64 { return -z * fz })
	return divide(bell, multiply(s, constant(math.Sqrt(2*math.Pi))))
}

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
		t, err := compile(n.Node)
		switch {
		case err != nil || n.Operator == "+":
			return t, err
		case n.Operator == "-":
			return unary(t, func(v float64) float64 { return -v }, func(float64, float64) float64 { return -1 }), nil
		}
		return t, objection(n, fmt.Sprintf("the operator %q is not allowed", n.Operator))
	case *ast.BinaryNode:
		return operation(n)
	case *ast.CallNode:
		return call(n)
	}
	return term{}, objection(node, "only numbers, x, y and arithmetic are allowed")
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

// function makes a term of so many terms; most is 0 where there may be any number.
type function struct {
	least, most int
	of          func([]term) term
}

func functions() map[string]function {
	one := func(f func(float64) float64, slope func(v, fv float64) float64) function {
		return function{1, 1, func(t []term) term { return unary(t[0], f, slope) }}
	}
	return map[string]function{
		"exp":       one(math.Exp, func(_, fv float64) float64 { return fv }),
		"log":       one(math.Log, func(v, _ float64) float64 { return 1 / v }),
		"sqrt":      one(math.Sqrt, func(_, fv float64) float64 { return 0.5 / fv }),
		"sin":       one(math.Sin, func(v, _ float64) float64 { return math.Cos(v) }),
		"cos":       one(math.Cos, func(v, _ float64) float64 { return -math.Sin(v) }),
		"tan":       one(math.Tan, func(_, fv float64) float64 { return 1 + fv*fv }),
		"tanh":      one(math.Tanh, func(_, fv float64) float64 { return 1 - fv*fv }),
		"abs":       one(math.Abs, func(v, _ float64) float64 { return math.Copysign(1, v) }),
		"min":       {1, 0, func(t []term) term { return pick(t, func(a, b float64) bool { return a < b }) }},
		"max":       {1, 0, func(t []term) term { return pick(t, func(a, b float64) bool { return a > b }) }},
		"logsumexp": {1, 0, logSumExp},
		"norm":      {1, 0, norm},
		"gauss":     {3, 3, func(t []term) term { return gauss(t[0], t[1], t[2]) }},
	}
}
