package draws

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"undercurrent/internal/suggest"
	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
)

// maxColumns bounds the columns of a file.
const maxColumns = 1 << 20

// selection is which columns of a file are read, and what is made of them.
type selection struct {
	// inputs are the columns that are read, by number from 0, without repetition. Slots are
	// positions in it.
	inputs  []int
	slots   map[int]int // of the inputs
	outputs []output
	// slots of the columns with a meaning; −1 for none.
	weight, chain, divergent, logDensity, energy int
	negated                                      bool
	// chosen are the outputs that were not selected by Others, the first ones.
	chosen int
	// optional are the slots from the first to before the last one that only those of Others need: what they
	// hold need not be a number.
	optional [2]int
	// names of the outputs, and of the inputs for errors.
	names, inputNames []string
}

// output is a column of the table: an input, or a formula of some.
type output struct {
	slot    int
	formula *formula.RowProgram
	args    []int // slots
	values  []float64
}

// value is that of the output in a row of inputs.
func (o *output) value(row []float64) float64 {
	if o.formula == nil {
		return row[o.slot]
	}
	for k, slot := range o.args {
		o.values[k] = row[slot]
	}
	return o.formula.Value(o.values...)
}

// slot is the position of a column among the inputs, which it becomes one of; −1 for −1.
func (s *selection) slot(h *head, column int) int {
	if column < 0 {
		return -1
	}
	k, ok := s.slots[column]
	if !ok {
		k = len(s.inputs)
		s.slots[column] = k
		s.inputs, s.inputNames = append(s.inputs, column), append(s.inputNames, h.name(column))
	}
	return k
}

// reads reports whether a column is one of the inputs.
func (s *selection) reads(column int) bool {
	_, ok := s.slots[column]
	return ok
}

// newSelection selects the columns of a file.
func newSelection(h *head, o Options) (*selection, error) {
	r, err := h.resolveRoles(o)
	if err != nil {
		return nil, err
	}
	s := &selection{slots: map[int]int{}}
	switch {
	case len(o.Columns) > 0:
		err = s.addNamed(h, o.Columns)
	case o.All:
		err = s.addAll(h, r)
	default:
		err = s.addPair(h, r, o.Others)
	}
	if err != nil {
		return nil, err
	}
	s.chosen = len(s.outputs)
	s.optional[0] = len(s.inputs)
	if o.Others {
		s.addOthers(h, r)
	}
	s.optional[1] = len(s.inputs)
	// A column that was selected by its name is not the weight by its name as well.
	if o.Weights == "" && h.roles.weight < 0 && s.reads(r.weight) {
		r.weight = -1
	}
	s.weight, s.chain, s.divergent = s.slot(h, r.weight), s.slot(h, r.chain), s.slot(h, r.divergent)
	s.logDensity, s.negated, s.energy = s.slot(h, r.logDensity), r.negated, s.slot(h, r.energy)
	return s, nil
}

// resolveRoles are the columns with a meaning, by options, format or name.
func (h *head) resolveRoles(o Options) (roles, error) {
	r := h.byUsualNames()
	for _, c := range []struct {
		name, meaning string
		role          *int
	}{
		{o.Weights, "the weights", &r.weight}, {o.Chain, "the chain", &r.chain},
		{o.Divergent, "divergent transitions", &r.divergent}, {o.LogDensity, "the log-density", &r.logDensity}, {o.Energy, "the energy", &r.energy},
	} {
		if c.name == "" {
			continue
		}
		k, ok := h.find(c.name)
		switch {
		case !ok && c.name == None:
			k = -1
		case !ok:
			return r, fmt.Errorf("no column %s for %s, expected %s", quoted(c.name), c.meaning, h.nearest(c.name))
		}
		*c.role = k
	}
	if o.LogDensity != "" && (r.logDensity != h.roles.logDensity || r.logDensity < 0) {
		r.negated = false
	}
	return r, nil
}

// addNamed selects columns by names, numbers or formulas.
func (s *selection) addNamed(h *head, wanted []string) error {
	for _, text := range wanted {
		text = strings.TrimSpace(text)
		k, ok := h.find(text)
		switch {
		case ok && h.count(text) > 1:
			return fmt.Errorf("%d columns are named %s, expected the number of one of them, from 1", h.count(text), quoted(text))
		case ok:
			s.outputs, s.names = append(s.outputs, output{slot: s.slot(h, k)}), append(s.names, h.name(k))
			continue
		case isName(text):
			return fmt.Errorf("no column %s, expected %s", quoted(text), h.nearest(text))
		}
		if err := s.addFormula(h, text); err != nil {
			return err
		}
	}
	return nil
}

// addFormula selects a formula of columns.
func (s *selection) addFormula(h *head, text string) error {
	var names []string
	for k := range h.columns {
		if h.columns[k] != "" {
			names = append(names, h.columns[k])
		}
	}
	if len(names) == 0 {
		return fmt.Errorf("the columns have no names for the formula %s, expected the number of a column", quoted(text))
	}
	p, uses, err := formula.CompileOf(text, names)
	var unknown formula.UnknownNameError
	switch {
	case errors.As(err, &unknown):
		return fmt.Errorf("no column %s as in %s, expected %s", quoted(unknown.Name), quoted(text), h.nearest(unknown.Name))
	case err != nil:
		return fmt.Errorf("column %s: %s", quoted(text), scenarios.Escaped(err.Error()))
	}
	out := output{formula: p, values: make([]float64, len(uses))}
	for _, use := range uses {
		k, _ := h.find(names[use])
		out.args = append(out.args, s.slot(h, k))
	}
	s.outputs, s.names = append(s.outputs, out), append(s.names, text)
	return nil
}

// isName reports whether a text is a name or a number, not a formula.
func isName(text string) bool { return text == "" || !strings.ContainsAny(text, "+-*/^()?<>") }

// addAll selects all columns of numbers that are no bookkeeping.
func (s *selection) addAll(h *head, r roles) error {
	for _, k := range h.variables(r) {
		s.outputs, s.names = append(s.outputs, output{slot: s.slot(h, k)}), append(s.names, h.name(k))
	}
	if len(s.outputs) == 0 {
		return fmt.Errorf("the columns are %s, expected one with the values of a variable", h.list(h.all()))
	}
	return nil
}

// isOptional reports whether a slot may hold something else than a number.
func (s *selection) isOptional(slot int) bool { return slot >= s.optional[0] && slot < s.optional[1] }

// maxOthers bounds the columns of Others.
const maxOthers = 48

// addOthers selects the variables that are not selected yet.
func (s *selection) addOthers(h *head, r roles) {
	chosen := map[string]bool{}
	for _, name := range s.names {
		chosen[name] = true
	}
	for _, k := range h.variables(r) {
		if len(s.outputs) < s.chosen+maxOthers && !chosen[h.name(k)] {
			s.outputs, s.names = append(s.outputs, output{slot: s.slot(h, k)}), append(s.names, h.name(k))
		}
	}
}

// addPair selects x and y, or the only two columns that are no bookkeeping, the first two of more if that is
// enough.
func (s *selection) addPair(h *head, r roles, first bool) error {
	pair := h.variables(r)
	if first && len(pair) > 2 {
		pair = pair[:2]
	}
	if x, y := h.folded("x"), h.folded("y"); x >= 0 && y >= 0 {
		pair = []int{x, y}
	}
	switch len(pair) {
	case 2:
	case 0:
		return fmt.Errorf("the columns are %s, expected two with the values of variables", h.list(h.all()))
	case 1:
		return fmt.Errorf("there is only one column of a variable, %s, expected two", h.list(pair))
	default:
		return fmt.Errorf("there are %d columns of variables, %s, expected two of them to be chosen, such as %s,%s",
			len(pair), h.list(pair), scenarios.Escaped(h.name(pair[0])), scenarios.Escaped(h.name(pair[1])))
	}
	for _, k := range pair {
		s.outputs, s.names = append(s.outputs, output{slot: s.slot(h, k)}), append(s.names, h.name(k))
	}
	return nil
}

// variables are the columns of numbers that are no bookkeeping.
func (h *head) variables(r roles) (list []int) {
	usual := bookkeepingNames()
	for k := range h.columns {
		if h.numeric[k] && !h.isBookkeeping(k, r, usual) {
			list = append(list, k)
		}
	}
	return list
}

// all are the numbers of the columns.
func (h *head) all() []int {
	list := make([]int, len(h.columns))
	for k := range list {
		list[k] = k
	}
	return list
}

// name is that of a column, or its number from 1.
func (h *head) name(k int) string {
	if h.columns[k] != "" {
		return h.columns[k]
	}
	return strconv.Itoa(k + 1)
}

// find is the column with a name, or with a number from 1.
func (h *head) find(text string) (k int, ok bool) {
	if k = slices.Index(h.columns, text); k >= 0 && text != "" {
		return k, true
	}
	n, err := strconv.Atoi(text)
	return n - 1, err == nil && n >= 1 && n <= len(h.columns)
}

// folded is the number of the column with a name in upper or lower case, −1 for none.
func (h *head) folded(name string) int {
	return slices.IndexFunc(h.columns, func(c string) bool { return strings.EqualFold(c, name) })
}

// count is the number of columns with a name.
func (h *head) count(name string) (n int) {
	for _, c := range h.columns {
		if c == name && name != "" {
			n++
		}
	}
	return n
}

// nearest are the names closest to one that is none of them.
func (h *head) nearest(name string) string {
	var names []string
	for k := range h.columns {
		if n := h.columns[k]; n != "" && !slices.Contains(names, n) {
			names = append(names, n)
		}
		if len(names) == maxCompared {
			break
		}
	}
	if _, err := strconv.Atoi(name); err == nil || len(names) == 0 {
		return fmt.Sprintf("a number from 1 to %d", len(h.columns))
	}
	return scenarios.Escaped(suggest.Nearest(name, names))
}

// maxCompared bounds the names that a mistyped one is compared with.
const maxCompared = 10_000

// list names columns for a sentence.
func (h *head) list(columns []int) string {
	const most = 12
	var names []string
	for _, k := range columns[:min(len(columns), most)] {
		names = append(names, h.name(k))
	}
	text := scenarios.Escaped(strings.Join(names, ", "))
	if n := len(columns); n > most {
		text += fmt.Sprintf(", … (%d columns)", n)
	}
	return text
}

// quoted is a name for an error.
func quoted(name string) string { return strconv.Quote(scenarios.Shortened(name, 60)) }
