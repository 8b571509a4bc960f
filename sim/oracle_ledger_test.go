package sim_test

import (
	"maps"
	"slices"
	"testing"
)

// comparison is the error of one number.
type comparison struct {
	quantity, where string
	off             float64
}

// tolerances bound the errors, by quantity.
type tolerances map[string]float64

// with returns the tolerances with others added or replaced.
func (l tolerances) with(others tolerances) tolerances {
	all := maps.Clone(l)
	maps.Copy(all, others)
	return all
}

// exceeded reports whether an error is larger than its tolerance.
func (l tolerances) exceeded(c comparison) bool { return !(c.off <= l[c.quantity]) }

// ledger judges comparisons and keeps the largest error of every quantity.
type ledger struct {
	t *testing.T
	tolerances
	worst map[string]comparison
	count map[string]int
}

func newLedger(t *testing.T, by tolerances) *ledger {
	return &ledger{t, by, map[string]comparison{}, map[string]int{}}
}

// add judges comparisons.
func (l *ledger) add(list ...comparison) {
	l.t.Helper()
	for _, c := range list {
		if l.tolerances[c.quantity] == 0 {
			l.t.Fatalf("%s has no tolerance", c.quantity)
		}
		if l.exceeded(c) {
			l.t.Errorf("%s: %s is off by %.3g, expected at most %.3g", c.where, c.quantity, c.off, l.tolerances[c.quantity])
		}
		if l.count[c.quantity]++; !(c.off <= l.worst[c.quantity].off) {
			l.worst[c.quantity] = c
		}
	}
}

// log prints the largest errors.
func (l *ledger) log(title string) {
	l.t.Log(title)
	var names []string
	for name := range l.count {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		l.t.Logf("%-22s %5d comparisons, largest error %.2g of %.2g: %s", name, l.count[name], l.worst[name].off, l.tolerances[name], l.worst[name].where)
	}
}
