package target

import (
	"reflect"
	"slices"
	"sync"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Cache keeps tabulations for flows that come back to a target, or share it. A nil Cache is valid and keeps nothing.
// It is safe for concurrent use.
type Cache struct {
	// Nodes bounds the nodes of all tabulations together, 0 for no bound: the one that has not been used for the longest
	// time goes first, the last one stays.
	Nodes int

	mu   sync.Mutex
	list []*OnGrid // the one used last is the last
}

// NewCache returns a cache without a bound that contains known.
func NewCache(known ...*OnGrid) *Cache { return &Cache{list: known} }

// New is the function New, or returns an earlier result for the same target, regions and grid.
func (c *Cache) New(s scenarios.Scenario, g grid.Grid, bandwidth float64, m Smoothing, w *grid.Workers) (*OnGrid, error) {
	if c == nil {
		return New(s, g, bandwidth, m, w)
	}
	known := func(t *OnGrid) bool {
		return t.Grid == g && t.Bandwidth == bandwidth && t.Smoothing == m && t.division == s.Divided() && sameTarget(t.of, s)
	}
	if t := c.find(known); t != nil {
		return t, nil
	}
	t, err := New(s, g, bandwidth, m, w)
	if err != nil {
		return nil, err
	}
	c.add(t)
	return t, nil
}

// Add adds a tabulation, unless the cache has it.
func (c *Cache) Add(t *OnGrid) {
	if c.find(func(other *OnGrid) bool { return other == t }) == nil {
		c.add(t)
	}
}

// sameTarget reports whether two scenarios have the same target and named regions. Mixtures are compared by their
// components, since an edit that is undone makes another one.
func sameTarget(a, b scenarios.Scenario) bool {
	return a.Window == b.Window && reflect.DeepEqual(a.Target, b.Target) && reflect.DeepEqual(a.Regions, b.Regions)
}

// find returns a known tabulation, nil if there is none, and notes that it is used.
func (c *Cache) find(known func(*OnGrid) bool) *OnGrid {
	c.mu.Lock()
	defer c.mu.Unlock()
	k := slices.IndexFunc(c.list, known)
	if k < 0 {
		return nil
	}
	t := c.list[k]
	c.list = append(slices.Delete(c.list, k, k+1), t)
	return t
}

func (c *Cache) add(t *OnGrid) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.list = append(c.list, t)
	if c.Nodes == 0 {
		return
	}
	nodes := 0
	for _, t := range c.list {
		nodes += t.Grid.Len()
	}
	for len(c.list) > 1 && nodes > c.Nodes {
		nodes -= c.list[0].Grid.Len()
		c.list = slices.Delete(c.list, 0, 1)
	}
}
