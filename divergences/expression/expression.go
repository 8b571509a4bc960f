// Package expression turns a formula of r, such as "r/(1+r)", into a function.
//
// A formula is made of numbers, the variable r, the constants pi and e, the
// operators + − * / and ^ or ** for powers, parentheses, and the functions
// exp, log, sqrt, abs, sin, cos, tanh of one argument, pow of two, and min and
// max of one or more. All numbers are real: 7/2 is 3.5. There is nothing else:
// no other variable, no comparison, no text, no list.
package expression

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/checker"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// maxLength is the longest formula in bytes. It bounds the nesting as well, and
// with it the depth of every recursion over the formula.
const maxLength = 4096

// expected ends every error message.
const expected = "expected a formula of r such as r/(1+r)"

// names are the variables of a formula.
type names struct {
	R  float64 `expr:"r"`
	Pi float64 `expr:"pi"`
	E  float64 `expr:"e"`
}

// Compile reads a formula once and returns the function it stands for, safe for
// concurrent use. Where the formula has no real value the function returns NaN
// or an infinity. The error is one sentence, with the line and the column where
// they are known.
func Compile(src string) (f func(r float64) float64, err error) {
	if strings.TrimSpace(src) == "" {
		return nil, errors.New("the formula is empty, " + expected)
	}
	if len(src) > maxLength {
		return nil, fmt.Errorf("the formula is %d bytes long, expected at most %d", len(src), maxLength)
	}
	// The parser is not ours, and what it parses is typed by hand.
	defer func() {
		if failure := recover(); failure != nil {
			f, err = nil, sentence(fmt.Errorf("the formula cannot be read: %v", failure))
		}
	}()
	program, err := compile(src)
	if err != nil {
		return nil, sentence(err)
	}
	return func(r float64) float64 { return evaluate(program, r) }, nil
}

// compile confines the formula to the grammar before any type is checked, so
// that nothing outside the grammar ever reaches the checker or the compiler.
func compile(src string) (*vm.Program, error) {
	config := configuration()
	tree, err := parser.ParseWithConfig(src, config)
	if err != nil {
		return nil, err
	}
	var g grammar
	ast.Walk(&tree.Node, &g)
	if g.err != nil {
		return nil, g.err.Bind(tree.Source)
	}
	if _, err := checker.Check(tree, config); err != nil {
		return nil, err
	}
	return compiler.Compile(tree, config)
}

func evaluate(program *vm.Program, r float64) float64 {
	out, err := vm.Run(program, names{R: r, Pi: math.Pi, E: math.E})
	if err != nil {
		return math.NaN()
	}
	value, ok := out.(float64)
	if !ok {
		return math.NaN()
	}
	return value
}

// configuration knows the names of a formula and no others.
func configuration() *conf.Config {
	config := conf.CreateNew()
	options := []expr.Option{
		expr.Env(names{}),
		expr.AsFloat64(),
		expr.WarnOnAny(),
		expr.DisableAllBuiltins(),
		unary("exp", math.Exp),
		unary("log", math.Log),
		unary("sqrt", math.Sqrt),
		unary("abs", math.Abs),
		unary("tanh", math.Tanh),
		unary("sin", math.Sin),
		unary("cos", math.Cos),
		binary("pow", math.Pow),
		fold("min", math.Min),
		fold("max", math.Max),
	}
	for _, option := range options {
		option(config)
	}
	clear(config.Builtins)
	return config
}

func unary(name string, f func(float64) float64) expr.Option {
	return expr.Function(name, func(args ...any) (any, error) {
		return f(args[0].(float64)), nil
	}, f)
}

func binary(name string, f func(a, b float64) float64) expr.Option {
	return expr.Function(name, func(args ...any) (any, error) {
		return f(args[0].(float64), args[1].(float64)), nil
	}, f)
}

// fold is f over one argument or more.
func fold(name string, f func(a, b float64) float64) expr.Option {
	return expr.Function(name, func(args ...any) (any, error) {
		value := args[0].(float64)
		for _, arg := range args[1:] {
			value = f(value, arg.(float64))
		}
		return value, nil
	}, new(func(first float64, rest ...float64) float64))
}

// grammar rejects whatever is not part of a formula and makes every number
// real, so that no integer overflows.
type grammar struct {
	err *file.Error
}

// Visit checks one node.
func (g *grammar) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IntegerNode:
		ast.Patch(node, &ast.FloatNode{Value: float64(n.Value)})
	case *ast.FloatNode:
	case *ast.CallNode:
		if _, ok := n.Callee.(*ast.IdentifierNode); !ok {
			g.reject(n, "only a function can be called")
		}
	case *ast.IdentifierNode:
		if strings.HasPrefix(n.Value, "$") {
			g.reject(n, "unknown name "+n.Value)
		}
	case *ast.UnaryNode:
		g.operator(n, n.Operator, "+", "-")
	case *ast.BinaryNode:
		g.operator(n, n.Operator, "+", "-", "*", "/", "^", "**")
	case *ast.BuiltinNode:
		g.reject(n, "unknown name "+n.Name)
	default:
		g.reject(n, "only numbers and arithmetic are allowed")
	}
}

func (g *grammar) operator(node ast.Node, operator string, allowed ...string) {
	for _, a := range allowed {
		if operator == a {
			return
		}
	}
	g.reject(node, fmt.Sprintf("the operator %q is not allowed", operator))
}

// reject keeps the first objection.
func (g *grammar) reject(node ast.Node, message string) {
	if g.err == nil {
		g.err = &file.Error{Location: node.Location(), Message: message}
	}
}

// sentence reduces an error to its first line and says where it is.
func sentence(err error) error {
	message, where := err.Error(), ""
	var located *file.Error
	if errors.As(err, &located) {
		message = located.Message
		where = fmt.Sprintf(" at line %d, column %d", located.Line, located.Column+1)
	}
	message, _, _ = strings.Cut(message, "\n")
	return fmt.Errorf("%s%s, %s", plainly(message), where, expected)
}

// plainly is a message of the parser without the words of its language.
func plainly(message string) string {
	switch {
	case strings.Contains(message, "value out of range"):
		return "a number is too large"
	case strings.Contains(message, "strconv."):
		return "a number is not complete"
	case message == "unexpected token EOF":
		return "the formula ends too soon"
	}
	if _, token, ok := strings.Cut(message, "unexpected token "); ok {
		_, token, _ = strings.Cut(token, "(")
		return "unexpected " + strings.TrimSuffix(token, ")")
	}
	return message
}
