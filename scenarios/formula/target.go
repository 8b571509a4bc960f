package formula

import (
	"fmt"
	"math"

	"undercurrent/scenarios"
)

// Target is a target given by a formula of x and y: its log-density up to a constant, or its
// density up to a factor. Its score is the exact derivative of the formula.
type Target struct {
	Text string
	// Log reports whether the formula is the logarithm of the density.
	Log        bool
	term       term
	operations int
}

var _ scenarios.Target = (*Target)(nil)

// maxOperations bounds the cost of an evaluation, which is done at a hundred thousand nodes
// or more.
const maxOperations = 2000

// NewTarget compiles a formula of x and y. The error is one sentence, with the line and the
// column where they are known.
func NewTarget(text string, log bool) (*Target, error) {
	p, err := Compile(text, Form{Variables: []string{"x", "y"}, Example: "-(x^2-2)^2 - y^2/2"})
	if err != nil {
		return nil, err
	}
	if p.operations > maxOperations {
		return nil, fmt.Errorf("the formula takes %d operations, expected at most %d (a power other than ^1 to ^4 is %d)", p.operations, maxOperations, powerOperations)
	}
	return &Target{Text: scenarios.OneLine(text), Log: log, term: p.term, operations: p.operations}, nil
}

// Operations is the number of operations of an evaluation, in units of a sum.
func (f *Target) Operations() int { return f.operations }

// LogDensity is the formula, or its logarithm; NaN where the formula has no value or a
// density is negative.
func (f *Target) LogDensity(x, y float64) float64 {
	v := f.term.value(x, y)
	if f.Log {
		return v
	}
	return math.Log(v)
}

// Score is the derivative of the log-density, zero where it is not finite.
func (f *Target) Score(x, y float64) (gx, gy float64) {
	d := f.term.slope(x, y)
	if !f.Log {
		d = chain(d, math.Log(d.v), 1/d.v)
	}
	if !scenarios.IsFinite(d.x) || !scenarios.IsFinite(d.y) {
		return 0, 0
	}
	return d.x, d.y
}
