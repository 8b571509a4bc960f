package formula

import (
	"errors"
	"fmt"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/parser"

	"undercurrent/scenarios"
)

// Target is a target that someone has written down: a log-density or a density of x
// and y, up to a constant factor. Its score is the formula's derivative by forward
// differentiation, exact to rounding.
//
// A formula is made of numbers, x, y, pi and e, the operators + − * / and ^ or **,
// parentheses, and functions:
//
//   - exp, expm1, log or ln, log1p, log10, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh,
//     tanh, abs, floor and sign of one argument; the derivative of the last two is zero
//   - atan2(y, x), the angle of (x, y), and pow(a, b), which is a^b
//   - min, max, logsumexp and norm of one or more
//   - gauss(v, mu, s), the normal density at v
//
// c ? a : b is a where c holds and b elsewhere, and so is its derivative. Its condition
// c is made of comparisons < <= > >= == !=, also in a chain such as 0 < x < 1, and of
// and, or, not (&&, ||, !) and parentheses; not comes before a comparison, as in
// not (x < y). A number that there is none of, such as sqrt(-1), compares as false.
type Target struct {
	Text string
	// Log tells that the formula is the logarithm of the density.
	Log  bool
	term term
}

var _ scenarios.Target = (*Target)(nil)

// maxLength is the longest formula in bytes; it bounds the nesting as well.
const maxLength = 4096

// NewTarget reads a formula. The error is one sentence, with the line and the column
// where they are known.
func NewTarget(text string, log bool) (f *Target, err error) {
	if strings.TrimSpace(text) == "" {
		return nil, errors.New("the formula is empty, expected one of x and y such as -(x^2-2)^2 - y^2/2")
	}
	if len(text) > maxLength {
		return nil, fmt.Errorf("the formula is %d bytes long, expected at most %d", len(text), maxLength)
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
	// The minus sign of typography is meant as the one of keyboards.
	tree, err := parser.ParseWithConfig(strings.ReplaceAll(text, "−", "-"), config)
	if err != nil {
		return nil, parseError(err)
	}
	r := &reader{}
	t, bad := r.compile(tree.Node)
	if bad != nil {
		return nil, parseError(bad.Bind(tree.Source))
	}
	if r.operations > maxOperations {
		return nil, fmt.Errorf("the formula takes %d operations, expected at most %d (a power other than ^1 to ^4 is %d)", r.operations, maxOperations, powerOperations)
	}
	return &Target{Text: scenarios.OneLine(text), Log: log, term: t}, nil
}
