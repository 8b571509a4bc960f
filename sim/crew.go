package sim

import (
	"runtime"
	"sync"
)

// mostWorkers bounds the private deposit grids that are held in memory.
const mostWorkers = 8

// crew runs one task in equal parts on several goroutines without allocating.
// Results never depend on how many parts there are: every task either writes
// disjoint rows or adds integers.
type crew struct {
	parts   int
	body    func(part, parts int)
	members []func()
	wait    sync.WaitGroup
}

func newCrew() *crew {
	c := &crew{}
	most := min(runtime.GOMAXPROCS(0), runtime.NumCPU(), mostWorkers)
	for part := range most {
		c.members = append(c.members, func() {
			c.body(part, c.parts)
			c.wait.Done()
		})
	}
	return c
}

// size is the largest number of parts.
func (c *crew) size() int { return len(c.members) }

// do runs body(part, parts) for every part of 0..parts−1 and waits for all.
func (c *crew) do(parts int, body func(part, parts int)) {
	c.parts, c.body = min(parts, len(c.members)), body
	c.wait.Add(c.parts)
	for part := 1; part < c.parts; part++ {
		go c.members[part]()
	}
	c.members[0]()
	c.wait.Wait()
}

// spans runs body over 0..n−1 in one piece for each goroutine. It allocates.
func (c *crew) spans(n int, body func(from, to int)) {
	c.do(c.size(), func(part, parts int) { body(share(n, part, parts)) })
}

// share is the part-th of parts nearly equal pieces of 0..n−1.
func share(n, part, parts int) (from, to int) {
	return n * part / parts, n * (part + 1) / parts
}
