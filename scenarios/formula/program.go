package formula

import (
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"
)

// Form is a kind of formulas: their variables, an example, and their arithmetic.
type Form struct {
	// Variables are one or two names, such as x and y.
	Variables []string
	// Example is a valid formula, shown with every error.
	Example string
	// Library selects portable.Pow, math.Min and math.Max for powers, min and max. Otherwise a^1
	// to a^4 are products, which is faster and rounds a^4 differently, and min and max are
	// NaN if one of their arguments is.
	Library bool
}

// MaxVariables is the largest number of variables of a Form.
const MaxVariables = 2

// maxLength is the longest formula in bytes; it bounds the nesting as well.
const maxLength = 4096

// Program is a compiled formula. It is immutable and safe for concurrent use, and its
// evaluation does not allocate, except for the derivatives of logsumexp.
type Program struct {
	variables  int
	term       term
	operations int
}

// Compile compiles a formula of at most 4096 bytes. The error is an Error.
func Compile(text string, of Form) (p *Program, err error) {
	if n := len(of.Variables); n < 1 || n > MaxVariables {
		panic(fmt.Sprintf("formula: %d variables, expected 1 to %d", n, MaxVariables))
	}
	defer of.guard(&err)
	tree, err := of.parse(text)
	if err != nil {
		return nil, err
	}
	r := &reader{Form: of}
	t, bad := r.compile(tree.Node)
	if bad != nil {
		return nil, of.fault(bad.Bind(tree.Source))
	}
	return &Program{len(of.Variables), t, r.operations}, nil
}

// guard makes a panic an error: the parser is a library, which must not end the program on any
// user input.
func (f Form) guard(err *error) {
	if failure := recover(); failure != nil {
		*err = f.wrong(fmt.Sprintf("the formula cannot be read (%v)", failure))
	}
}

// parse parses a formula. The form is used for errors alone.
func (f Form) parse(text string) (tree *parser.Tree, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, f.wrong("the formula is empty")
	}
	if len(text) > maxLength {
		return nil, Error{Problem: fmt.Sprintf("the formula is %d bytes long", len(text)), expected: fmt.Sprintf("expected at most %d", maxLength)}
	}
	config := conf.CreateNew()
	expr.DisableAllBuiltins()(config)
	config.DisableIfOperator = true
	clear(config.Builtins)
	// The typographic minus sign is accepted for the hyphen.
	tree, err = parser.ParseWithConfig(strings.ReplaceAll(text, "−", "-"), config)
	if err != nil {
		return nil, f.fault(err)
	}
	return tree, nil
}

// Value evaluates the formula at one value for each variable. It is NaN or infinite where
// there is no real value. It panics if the number of arguments is not that of the variables.
func (p *Program) Value(args ...float64) float64 {
	x, y := p.arguments(args)
	return p.term.value(x, y)
}

// Derivatives returns the value of the formula and its derivative with respect to each
// variable, by forward differentiation. It panics like Value.
func (p *Program) Derivatives(args ...float64) (value float64, by [MaxVariables]float64) {
	d := p.term.slope(p.arguments(args))
	return d.v, [MaxVariables]float64{d.x, d.y}
}

// arguments returns the arguments of terms; y is 0 if there is one variable.
func (p *Program) arguments(args []float64) (x, y float64) {
	if len(args) != p.variables {
		panic(fmt.Sprintf("formula: %d arguments, expected %d", len(args), p.variables))
	}
	if x = args[0]; p.variables > 1 {
		y = args[1]
	}
	return x, y
}
