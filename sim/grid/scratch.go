package grid

// scratch is memory that the computations of one set of workers use one after the other: none is in use between two of
// them.
type scratch struct {
	private []privateGrid // zero between two uses
	rows    []float64
}

// spare is how many times more memory than is needed is kept, after a finer grid.
const spare = 4

// lendSums are n integers for each of a number of workers, all 0. Whoever uses them clears them.
func (s *scratch) lendSums(workers, n int) []privateGrid {
	if len(s.private) < workers {
		s.private = append(s.private, make([]privateGrid, workers-len(s.private))...)
	}
	for k := range s.private {
		p := &s.private[k]
		if c := cap(p.sums); k < workers && (c < n || c > spare*n) {
			p.sums = make([]int64, n)
		}
		p.sums, p.used = p.sums[:min(n, cap(p.sums))], false
	}
	return s.private
}

// lendRows are n numbers, whatever they are.
func (s *scratch) lendRows(n int) []float64 {
	if c := cap(s.rows); c < n || c > spare*n {
		s.rows = make([]float64, n)
	}
	return s.rows[:n]
}
