package grid

// IntegerSums are integers at the nodes to which every worker adds in a grid of its own. Integers
// have the same sums in any order, so that the bits do not depend on the number of workers. The grids are lent by the
// workers, from Each until every row has been taken and cleared.
type IntegerSums struct {
	grid    Grid
	workers *Workers
	private []privateGrid
}

// privateGrid is what one worker has added.
type privateGrid struct {
	sums []int64
	used bool
}

// ParticlesAtOnce is the number of particles that a worker takes at a time.
const ParticlesAtOnce = 4096

// NewIntegerSums returns sums that are zero.
func NewIntegerSums(g Grid, w *Workers) *IntegerSums { return &IntegerSums{grid: g, workers: w} }

// Each runs a task over n particles. It adds what a worker finds to Of(worker).
func (s *IntegerSums) Each(n int, task func(worker, from, to int)) {
	workers := 1
	if n > ParticlesAtOnce {
		workers = s.workers.Size()
	}
	s.private = s.workers.scratch.lendSums(workers, s.grid.Len())
	s.workers.Each(n, ParticlesAtOnce, task)
}

// Of are the sums of a worker, by node.
func (s *IntegerSums) Of(worker int) []int64 {
	s.private[worker].used = true
	return s.private[worker].sums
}

// Row adds up the sums of a row of all workers. The caller clears it, for the next time.
func (s *IntegerSums) Row(iy int) []int64 {
	start, end := iy*s.grid.NX, (iy+1)*s.grid.NX
	sums := s.private[0].sums[start:end]
	for k := 1; k < len(s.private); k++ {
		if !s.private[k].used {
			continue
		}
		other := s.private[k].sums[start:end]
		for ix, v := range other {
			sums[ix] += v
		}
		clear(other)
	}
	return sums
}
