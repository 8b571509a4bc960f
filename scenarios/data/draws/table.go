package draws

import (
	"fmt"

	"undercurrent/scenarios"
)

// Table has the draws of one or more files, column by column, without rows of weight 0. The
// rows of a chain are consecutive and in the order of the file.
type Table struct {
	// Names are those of the Columns: names of the file, numbers from 1 where it has none, or
	// formulas.
	Names   []string
	Columns [][]float64 // all of the same length
	// Chain is the chain of each row, ascending from 0; nil if the files have no chains.
	Chain []int32
	// Weight is the positive weight of each row; nil if all are equal.
	Weight []float64
	// LogDensity is the log-density of each row up to a constant; nil if there is none.
	LogDensity []float64
	// Divergent reports the divergent transitions of Hamiltonian Monte Carlo; nil if unknown.
	Divergent []bool
	// Energy is that of Hamiltonian Monte Carlo in each row; nil if there is none.
	Energy []float64
	// Format is what the files were taken for, such as "CmdStan".
	Format string
	// Notes are sentences that say what was taken for what, and what is unusual.
	Notes []string
}

// Options say what is read of a file. Names of columns may be numbers from 1.
type Options struct {
	// Columns are names, numbers, or formulas of columns such as log(tau). Without
	// any, they are x and y, or the only two columns that are no bookkeeping.
	Columns []string
	// Others selects, besides Columns or the two columns without any, the first of the other numeric columns that
	// are no bookkeeping, whose values need not be finite. Of more than two columns without Columns it takes the
	// first two.
	Others bool
	// All selects, without Columns, every numeric column that is no bookkeeping. Values that
	// are not finite are kept; otherwise they are errors.
	All bool
	// Weights, Chain, Divergent, LogDensity and Energy are columns with these meanings. Where they
	// are empty, those that the format has, or columns with a usual name, are taken; None
	// selects no column.
	Weights, Chain, Divergent, LogDensity, Energy string
	// Axes name the dimensions of a NumPy array: variable and draw, and chain or none; see
	// ParseAxes.
	Axes []Axis
}

// None is a column of Options that is not to be taken.
const None = "none"

// Rows is the number of rows.
func (t *Table) Rows() int {
	if len(t.Columns) == 0 {
		return 0
	}
	return len(t.Columns[0])
}

// ChainLengths are the numbers of rows of the chains; nil if there are no chains.
func (t *Table) ChainLengths() (lengths []int) {
	for i, c := range t.Chain {
		if i == 0 || c != t.Chain[i-1] {
			lengths = append(lengths, 0)
		}
		lengths[len(lengths)-1]++
	}
	return lengths
}

// EffectiveSize is the number of rows by their weights, (Σw)²/Σw² (L. Kish, Survey Sampling,
// 1965); without weights it is the number of rows.
func (t *Table) EffectiveSize() float64 {
	if t.Weight == nil {
		return float64(t.Rows())
	}
	return scenarios.EffectiveSize(t.Weight)
}

// Points are the rows of a table of two columns.
func (t *Table) Points() ([]scenarios.Point, error) {
	if len(t.Columns) != 2 {
		return nil, fmt.Errorf("%d columns are selected, expected two for x and y", len(t.Columns))
	}
	points := make([]scenarios.Point, t.Rows())
	for i := range points {
		points[i] = scenarios.Point{X: t.Columns[0][i], Y: t.Columns[1][i]}
	}
	return points, nil
}
