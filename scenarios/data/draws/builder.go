package draws

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"undercurrent/scenarios"
)

const (
	// maxValues bounds the values of a table.
	maxValues = 1 << 28
	// maxChains bounds the chains: more are no chains, but another column.
	maxChains = 1 << 16
)

// builder makes a table of rows.
type builder struct {
	*selection
	table  Table
	finite int // values of so many outputs must be finite
	all    []*[]float64

	paths []string
	head  *head // of the first file
	// isChain reports whether the files are chains. chains are those found, by the file and
	// the value in it.
	isChain bool
	chains  map[chainKey]int32
	inFile  float64 // the number of the chain in the file
	last    chainKey
	current int32
	// What is said of the rows that were left out.
	zeroWeights int
	warmUp      int
	means       int // of variational approximations, which are no draws
	notes       []string
}

// chainKey identifies a chain by its file and the value of the chain column.
type chainKey struct {
	file  int
	value float64
}

func newBuilder(h *head, o Options, files int) (*builder, error) {
	if n := len(h.columns); n > maxColumns {
		return nil, fmt.Errorf("the file has %d columns, expected at most %d", n, maxColumns)
	}
	s, err := newSelection(h, o)
	if err != nil {
		return nil, err
	}
	b := &builder{selection: s, head: h, finite: s.mustBeFinite(o), isChain: (h.isChain || files > 1) && o.Chain != None || s.chain >= 0, chains: map[chainKey]int32{}}
	b.table.Names, b.table.Columns, b.table.Format = s.names, make([][]float64, len(s.outputs)), h.format
	for k := range b.table.Columns {
		b.all = append(b.all, &b.table.Columns[k])
	}
	if s.weight >= 0 {
		b.all = append(b.all, &b.table.Weight)
	}
	if s.logDensity >= 0 {
		b.all = append(b.all, &b.table.LogDensity)
	}
	if s.energy >= 0 {
		b.all = append(b.all, &b.table.Energy)
	}
	return b, nil
}

// mustBeFinite is the number of outputs whose values must be finite.
func (s *selection) mustBeFinite(o Options) int {
	if len(o.Columns) == 0 && o.All {
		return 0
	}
	return s.chosen
}

// begin begins a file.
func (b *builder) begin(path string, h *head) {
	b.paths = append(b.paths, path)
	for _, note := range h.notes {
		b.notes = append(b.notes, scenarios.Escaped(path)+": "+note)
	}
}

// reserve makes room for a number of further rows: an estimate.
func (b *builder) reserve(rows int) {
	rows = min(rows, maxValues/len(b.all)-b.table.Rows())
	if rows <= 0 {
		return
	}
	for _, column := range b.all {
		*column = slices.Grow(*column, rows)
	}
	if b.isChain {
		b.table.Chain = slices.Grow(b.table.Chain, rows)
	}
	if b.divergent >= 0 {
		b.table.Divergent = slices.Grow(b.table.Divergent, rows)
	}
}

// isIgnored reports whether a row with a weight is ignored, and counts it. A weight may not be
// negative.
func (b *builder) isIgnored(weight float64) (bool, error) {
	switch {
	case weight == 0:
		b.zeroWeights++
		return true, nil
	case !(weight > 0) || math.IsInf(weight, 1):
		return false, fmt.Errorf("column %s is %g, expected a weight of 0 or more", b.inputName(b.weight), weight)
	}
	return false, nil
}

// inputName is the name of an input for an error.
func (b *builder) inputName(slot int) string { return scenarios.Escaped(b.inputNames[slot]) }

// add adds the values of a row, by slot. The error names the column.
func (b *builder) add(row []float64) error {
	if b.weight >= 0 {
		if ignored, err := b.isIgnored(row[b.weight]); ignored || err != nil {
			return err
		}
		b.table.Weight = append(b.table.Weight, row[b.weight])
	}
	for k := range b.outputs {
		v := b.outputs[k].value(row)
		if k < b.finite && !scenarios.IsFinite(v) {
			return b.notFinite(k, v, row)
		}
		b.table.Columns[k] = append(b.table.Columns[k], v)
	}
	if n := b.table.Rows(); n > maxValues/len(b.all) {
		return fmt.Errorf("more than %d rows of %d columns, expected fewer", n-1, len(b.all))
	}
	if b.logDensity >= 0 {
		v := row[b.logDensity]
		if b.negated {
			v = -v
		}
		b.table.LogDensity = append(b.table.LogDensity, v)
	}
	if b.energy >= 0 {
		b.table.Energy = append(b.table.Energy, row[b.energy])
	}
	if b.divergent >= 0 {
		v := row[b.divergent]
		b.table.Divergent = append(b.table.Divergent, v != 0 && !math.IsNaN(v))
	}
	if !b.isChain {
		return nil
	}
	value := b.inFile
	if b.chain >= 0 {
		value = row[b.chain]
	}
	return b.addChain(chainKey{len(b.paths), value})
}

// addChain adds the chain of a row.
func (b *builder) addChain(key chainKey) error {
	if math.IsNaN(key.value) {
		return fmt.Errorf("column %s has no value, expected that of a chain", b.inputName(b.chain))
	}
	if len(b.chains) == 0 || key != b.last {
		c, known := b.chains[key]
		if !known {
			c = int32(len(b.chains))
			if len(b.chains) == maxChains {
				return fmt.Errorf("column %s has more than %d values, expected those of chains", b.inputName(b.chain), maxChains)
			}
			b.chains[key] = c
		}
		b.last, b.current = key, c
	}
	b.table.Chain = append(b.table.Chain, b.current)
	return nil
}

// notFinite is the error of a value that is not finite.
func (b *builder) notFinite(output int, v float64, row []float64) error {
	of := ""
	for k, slot := range b.outputs[output].args {
		of += map[bool]string{true: " where ", false: " and "}[k == 0] + fmt.Sprintf("%s is %g", b.inputName(slot), row[slot])
	}
	return fmt.Errorf("column %s is %g%s, expected a finite number", scenarios.Escaped(b.names[output]), v, of)
}

// finish returns the table of all rows.
func (b *builder) finish() (*Table, error) {
	t := &b.table
	switch {
	case t.Rows() == 0 && b.zeroWeights > 0:
		return nil, fmt.Errorf("the weight of all %d rows is 0, expected a positive one", b.zeroWeights)
	case t.Rows() == 0:
		return nil, errors.New("there are no draws, expected at least one row")
	}
	if t.Chain != nil && !slices.IsSorted(t.Chain) {
		t.sortByChain()
	}
	t.Notes = b.describe()
	return t, nil
}

// sortByChain makes the rows of each chain consecutive and keeps their order.
func (t *Table) sortByChain() {
	next := make([]int, slices.Max(t.Chain)+2)
	for _, c := range t.Chain {
		next[c+1]++
	}
	for c := 1; c < len(next); c++ {
		next[c] += next[c-1]
	}
	to := make([]int, t.Rows())
	for i, c := range t.Chain {
		to[i] = next[c]
		next[c]++
	}
	for k, column := range t.Columns {
		t.Columns[k] = permuted(column, to)
	}
	t.Chain, t.Weight = permuted(t.Chain, to), permuted(t.Weight, to)
	t.LogDensity, t.Energy, t.Divergent = permuted(t.LogDensity, to), permuted(t.Energy, to), permuted(t.Divergent, to)
}

// permuted has each value at its new position; nil stays nil.
func permuted[T any](values []T, to []int) []T {
	if values == nil {
		return nil
	}
	out := make([]T, len(values))
	for i, v := range values {
		out[to[i]] = v
	}
	return out
}

// beginChain begins a chain of a file whose chains have numbers.
func (b *builder) beginChain(chain int) { b.inFile = float64(chain) }
