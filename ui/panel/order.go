package panel

import (
	"cmp"
	"math"
	"slices"

	"undercurrent/sim"
	"undercurrent/ui/session"
)

// Order is the order of the rows of the table of the regions.
type Order int

// The orders, as the key steps through them.
const (
	ByNumber Order = iota
	LowestFirst
	FastestFirst
	orders
)

// Next is the order that the key shows next.
func (o Order) Next() Order { return (o + 1) % orders }

func (o Order) String() string {
	return [...]string{"regions by number", "regions by % of target, the lowest first", "regions by change per step, the largest first"}[o]
}

// Of are the regions of a frame in the order; those without target mass come last by % of target.
func (o Order) Of(f *session.Frame) []sim.RegionReport {
	list := slices.Clone(f.Report.Regions)
	switch o {
	case LowestFirst:
		key := func(k sim.RegionReport) float64 {
			if ratio := k.MassRatio(); !math.IsNaN(ratio) {
				return ratio
			}
			return math.Inf(1)
		}
		slices.SortStableFunc(list, func(a, b sim.RegionReport) int { return cmp.Compare(key(a), key(b)) })
	case FastestFirst:
		key := func(k sim.RegionReport) float64 { return math.Abs(massChange(f, k)) }
		slices.SortStableFunc(list, func(a, b sim.RegionReport) int { return cmp.Compare(key(b), key(a)) })
	}
	return list
}

// Numbers are those of the regions in the order.
func (o Order) Numbers(f *session.Frame) (numbers []int) {
	for _, k := range o.Of(f) {
		numbers = append(numbers, k.ID)
	}
	return numbers
}

// Scroll is the first row that is seen of a table. It stays as long as the chosen row is seen.
type Scroll struct{ first int }

// window is the part of a list that is seen in a number of rows, so that the entry at an index is in it;
// without one, at −1, it is the beginning.
func (s *Scroll) window(n, rows, at int) (from, to int) {
	rows = min(max(rows, 0), n)
	if at < 0 {
		s.first = 0
	}
	s.first = max(min(s.first, at, n-rows), at-rows+1, 0)
	return s.first, s.first + rows
}
