package chains

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Reason says why a number is not defined, as the end of a sentence: "R̂ is not defined: …".
type Reason string

const (
	// OneChain is the reason of what compares chains.
	OneChain Reason = "there is one chain, expected at least two"
	// NoDraws is the reason of any share of draws.
	NoDraws Reason = "there are no draws"
	// FewDraws is the reason of what needs halves of chains with a variance each.
	FewDraws Reason = "chains have fewer than 4 draws"
	// FewLags is the reason of what needs autocorrelations.
	FewLags Reason = "chains have fewer than 12 draws"
	// NoTransition is the reason of what needs a draw and the next.
	NoTransition Reason = "the chain has fewer than 2 draws"
	// Constant is the reason of what has no variance.
	Constant Reason = "all draws are equal"
	// ConstantBlocks is the reason of an autocorrelation time of thinned draws.
	ConstantBlocks Reason = "the means of consecutive draws are equal"
	// ConstantWithin is the reason of R̂ without a variance within halves.
	ConstantWithin Reason = "every half of a chain is constant"
	// EqualDeviations is the reason of the error of a standard deviation.
	EqualDeviations Reason = "all draws are equally far from their mean"
	// ConstantIndicator is the reason of the ESS of an event.
	ConstantIndicator Reason = "all draws are on the same side"
	// NonFinite is the reason of any statistic of a column that is not all numbers.
	NonFinite Reason = "a draw is infinite or not a number"
	// NoMoves is the reason of what is a mean over moves.
	NoMoves Reason = "no draw differs from the one before"
	// FewMoves is the reason of a standard error.
	FewMoves Reason = "there are too few moves for a standard error"
	// FlatDensity is the reason of what compares log densities.
	FlatDensity Reason = "no move changes the log density"
	// NoRoundTrip is the reason of the mean length of round trips.
	NoRoundTrip Reason = "no chain came back"
	// Weighted is the reason of what needs the order of draws that have weights.
	Weighted Reason = "the draws have weights"
	// CertainMass is the reason of a z-score of a mass that has no variance.
	CertainMass Reason = "the target mass is 0 or 1"
)

// Estimate is a number, or the reason why it is not defined.
type Estimate struct {
	// Value is NaN where there is a reason.
	Value float64
	// Reason is empty for a number that is defined.
	Reason Reason
}

// Defined reports whether there is a number.
func (e Estimate) Defined() bool { return e.Reason == "" }

// Text is the number in a format, a dash where there is none.
func (e Estimate) Text(format string) string {
	if !e.Defined() || math.IsNaN(e.Value) {
		return "–"
	}
	return fmt.Sprintf(format, e.Value)
}

func defined(v float64) Estimate { return Estimate{Value: v} }

func undefined(r Reason) Estimate { return Estimate{Value: math.NaN(), Reason: r} }

// ErrNoChains is the error for a table without a chain.
var ErrNoChains = errors.New("there is no chain, expected at least one")

// UnequalLengthsError is the error for chains that should be equally long.
type UnequalLengthsError struct {
	// Lengths are the numbers of draws, by chain.
	Lengths []int
}

// Error names the lengths, the first ten of many.
func (e *UnequalLengthsError) Error() string {
	const most = 10
	var b strings.Builder
	for i, n := range e.Lengths[:min(most, len(e.Lengths))] {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprint(&b, n)
	}
	if len(e.Lengths) > most {
		b.WriteString(", …")
	}
	return fmt.Sprintf("chains have %s draws, expected equal lengths", &b)
}

// rectangle returns the number of draws of chains that are equally long.
func rectangle[T any](draws [][]T) (int, error) {
	if len(draws) == 0 {
		return 0, ErrNoChains
	}
	for _, chain := range draws {
		if len(chain) != len(draws[0]) {
			return 0, &UnequalLengthsError{Lengths: lengths(draws)}
		}
	}
	return len(draws[0]), nil
}

func lengths[T any](draws [][]T) []int {
	n := make([]int, len(draws))
	for i, chain := range draws {
		n[i] = len(chain)
	}
	return n
}

// sameShape returns an error unless two tables have the same chains; the names are for it.
func sameShape[S, T any](nameA string, a [][]S, nameB string, b [][]T) error {
	if len(a) != len(b) {
		return fmt.Errorf("%s has %d chains and %s %d, expected equal numbers", nameA, len(a), nameB, len(b))
	}
	for i := range a {
		if len(a[i]) != len(b[i]) {
			return fmt.Errorf("chain %d: %s has %d draws and %s %d, expected equal numbers", i+1, nameA, len(a[i]), nameB, len(b[i]))
		}
	}
	return nil
}

func coordinateName(c int) string { return fmt.Sprintf("coordinate %d", c+1) }

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }
