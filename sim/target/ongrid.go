package target

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// OnGrid is the target of a scenario on the nodes of a grid, with its regions. It is
// immutable: flows may share it.
type OnGrid struct {
	Table
	// Regions are those that the scenario names, otherwise the basins of the target.
	Regions *Regions
	// Bandwidth of the kernel that it is smoothed by, and what it is compared as.
	Bandwidth float64
	Smoothing Smoothing

	named bool // by regions of the scenario
}

// New puts the target of a scenario on a grid. It is a DensityError where the target is no
// density on its nodes, and an error where a region that the scenario names holds no node.
func New(s scenarios.Scenario, g grid.Grid, bandwidth float64, m Smoothing, w *grid.Workers) (*OnGrid, error) {
	table, err := Tabulate(s.Target, g, bandwidth, m, w)
	if err != nil {
		return nil, within(s, err)
	}
	t := &OnGrid{Table: *table, Bandwidth: bandwidth, Smoothing: m, named: len(s.Regions) > 0}
	if !t.named {
		t.Regions = t.Basins()
		return t, nil
	}
	t.Regions, err = namedRegions(s.Regions, table, w)
	return t, err
}

// Evaluations is how often the target was evaluated to tabulate it: all that a flow asks
// of it, however long it goes on.
func (t *OnGrid) Evaluations() int { return Evaluations(t.Grid) }

// LogPAt is log p and its gradient at a point: the bilinear value of the nodes.
func (t *OnGrid) LogPAt(p scenarios.Point) (logP, gx, gy float64) { return t.Grid.LookUp(t.LogP, p) }

// Cache keeps what was made of one target with one list of regions, to be used again: a
// check puts it on the same few grids with every drift. Of a nil cache nothing is kept.
type Cache struct{ list []*OnGrid }

// NewCache begins with what is there already.
func NewCache(known ...*OnGrid) *Cache { return &Cache{known} }

// New is New, or what it made before.
func (c *Cache) New(s scenarios.Scenario, g grid.Grid, bandwidth float64, m Smoothing, w *grid.Workers) (*OnGrid, error) {
	if c == nil {
		return New(s, g, bandwidth, m, w)
	}
	for _, t := range c.list {
		if t.Grid == g && t.Bandwidth == bandwidth && t.Smoothing == m && t.named == (len(s.Regions) > 0) {
			return t, nil
		}
	}
	t, err := New(s, g, bandwidth, m, w)
	if err != nil {
		return nil, err
	}
	c.list = append(c.list, t)
	return t, nil
}
