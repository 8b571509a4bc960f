package formula

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
)

// Form says what formulas are of, and how mistakes in them are explained.
type Form struct {
	// Variables are one or two names, such as x and y.
	Variables []string
	// Example is a formula of them, shown with every mistake.
	Example string
	// Library has powers, min and max computed by math.Pow, math.Min and math.Max. Without it
	// a^1 to a^4 are products, which is faster and rounds a^4 otherwise, and min and max are
	// invalid where one of their arguments is.
	Library bool
}

// MaxVariables is the largest number of variables of a Form.
const MaxVariables = 2

// maxLength is the longest formula in bytes; it bounds the nesting as well.
const maxLength = 4096

// Program is a formula that was read. It is immutable and safe for concurrent use, and its
// evaluation allocates nothing but for the derivatives of logsumexp.
type Program struct {
	variables  int
	term       term
	operations int
}

// Compile reads a formula. The error is an Error.
func Compile(text string, of Form) (p *Program, err error) {
	if n := len(of.Variables); n < 1 || n > MaxVariables {
		panic(fmt.Sprintf("formula: %d variables, expected 1 to %d", n, MaxVariables))
	}
	if strings.TrimSpace(text) == "" {
		return nil, of.wrong("the formula is empty")
	}
	if len(text) > maxLength {
		return nil, Error{Problem: fmt.Sprintf("the formula is %d bytes long", len(text)), expected: fmt.Sprintf("expected at most %d", maxLength)}
	}
	// The parser is not ours, and what it parses is typed by hand.
	defer func() {
		if failure := recover(); failure != nil {
			p, err = nil, of.wrong(fmt.Sprintf("the formula cannot be read (%v)", failure))
		}
	}()
	config := conf.CreateNew()
	expr.DisableAllBuiltins()(config)
	config.DisableIfOperator = true
	clear(config.Builtins)
	// The minus sign of typography is meant as the one of keyboards.
	tree, err := parser.ParseWithConfig(strings.ReplaceAll(text, "−", "-"), config)
	if err != nil {
		return nil, of.fault(err)
	}
	r := &reader{Form: of}
	t, bad := r.compile(tree.Node)
	if bad != nil {
		return nil, of.fault(bad.Bind(tree.Source))
	}
	return &Program{len(of.Variables), t, r.operations}, nil
}

// Value is the formula at a value of each variable: NaN or an infinity where it has no real
// value. It panics at another number of arguments than there are variables.
func (p *Program) Value(args ...float64) float64 {
	x, y := p.arguments(args)
	return p.term.value(x, y)
}

// Derivatives are the value of the formula and its derivative by each variable, exact to
// rounding (forward differentiation). It panics as Value does.
func (p *Program) Derivatives(args ...float64) (value float64, by [MaxVariables]float64) {
	d := p.term.slope(p.arguments(args))
	return d.v, [MaxVariables]float64{d.x, d.y}
}

// arguments are those of the terms, of which the second is 0 where there is one variable.
func (p *Program) arguments(args []float64) (x, y float64) {
	if len(args) != p.variables {
		panic(fmt.Sprintf("formula: %d arguments, expected %d", len(args), p.variables))
	}
	if x = args[0]; p.variables > 1 {
		y = args[1]
	}
	return x, y
}
