package scenarios

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
)

// Formula is a target that someone has written down: a log-density or a density of x
// and y, up to a constant factor. Its score is the formula's derivative by forward
// differentiation, exact to rounding.
//
// A formula is made of numbers, x, y, pi and e, the operators + − * / and ^ or **,
// parentheses, and functions:
//
//   - exp, expm1, log, log1p, log10, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh,
//     tanh, abs, floor and sign of one argument; the derivative of the last two is zero
//   - atan2(y, x), the angle of (x, y), and pow(a, b), which is a^b
//   - min, max, logsumexp and norm of one or more
//   - gauss(v, mu, s), the normal density at v
//
// c ? a : b is a where c holds and b elsewhere, and so is its derivative. Its condition
// c is made of comparisons < <= > >= == !=, also in a chain such as 0 < x < 1, and of
// and, or, not (&&, ||, !) and parentheses; not comes before a comparison, as in
// not (x < y). A number that there is none of, such as sqrt(-1), compares as false.
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
	config.DisableIfOperator = true
	clear(config.Builtins)
	tree, err := parser.ParseWithConfig(text, config)
	if err != nil {
		return nil, formulaError(err)
	}
	t, bad := compile(tree.Node)
	if bad != nil {
		return nil, formulaError(bad.Bind(tree.Source))
	}
	return &Formula{Text: oneLine(text), Log: log, term: t}, nil
}

// mostMessage bounds what is told of a mistake, in characters; names and numbers may
// be as long as the formula.
const mostMessage = 100

// formulaFault is what is wrong with a formula, at a line and a column counted from 1;
// they are 0 where they are not known.
type formulaFault struct {
	line, column int
	problem      string
}

func (e formulaFault) Error() string {
	where := ""
	if e.line != 0 {
		where = fmt.Sprintf(" at line %d, column %d", e.line, e.column)
	}
	return e.told(where)
}

// told is the fault with its place in words.
func (e formulaFault) told(where string) string {
	return fmt.Sprintf("%s%s, expected a formula of x and y such as -(x^2-2)^2 - y^2/2", e.problem, where)
}

// formulaError is an error of the parser in one sentence.
func formulaError(err error) error {
	fault := formulaFault{problem: err.Error()}
	var at *file.Error
	if errors.As(err, &at) {
		fault = formulaFault{at.Line, at.Column + 1, at.Message}
	}
	fault.problem, _, _ = strings.Cut(fault.problem, "\n")
	if strings.HasPrefix(fault.problem, "invalid integer literal") {
		fault.problem = "a whole number has too many digits (1e30 has an exponent)"
	}
	fault.problem = shortened(fault.problem, mostMessage)
	return fault
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
