package sim

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// regionsOf are the regions that a scenario names, otherwise the basins of its target.
func (f *Flow) regionsOf(g grid.Grid, t *table) (*Regions, error) {
	if zones := f.scenario.Zones; len(zones) > 0 {
		return namedRegions(zones, g, t, f.workers)
	}
	return findRegions(g, t), nil
}

// namedRegions divide the grid into zones, in their order; what none holds is one more
// region, left out where it has no node. It is an error where a zone has none: it lies
// beyond the grid, between its nodes, or under the zones before it.
func namedRegions(zones []scenarios.Zone, g grid.Grid, t *table, c *grid.Workers) (*Regions, error) {
	r := &Regions{grid: g, label: make([]uint16, g.Len())}
	c.All(func(part, parts int) {
		from, to := grid.Partition(g.NY, part, parts)
		for i := from * g.NX; i < to*g.NX; i++ {
			r.label[i] = firstHolding(zones, scenarios.Point{X: g.X(i % g.NX), Y: g.Y(i / g.NX)})
		}
	})
	nodes := make([]int, len(zones)+1)
	for _, k := range r.label {
		nodes[k]++
	}
	for k, z := range zones {
		if nodes[k] == 0 {
			return nil, fmt.Errorf("region %q holds no node of the grid (%.3g apart), expected a place in the window that no region before it holds", z.Name, g.Spacing)
		}
		r.List = append(r.List, Region{ID: k + 1, Name: z.Name})
	}
	if rest := len(zones); nodes[rest] > 0 {
		r.List = append(r.List, Region{ID: rest + 1, Name: scenarios.Elsewhere})
	}
	r.weigh(t)
	r.moments(t.p)
	return r, nil
}

// firstHolding is the index of the first zone that holds a place, one past the last
// where none does.
func firstHolding(zones []scenarios.Zone, p scenarios.Point) uint16 {
	for k, z := range zones {
		if z.Shape.Holds(p) {
			return uint16(k)
		}
	}
	return uint16(len(zones))
}

// weigh fills in peak and mass of every region.
func (r *Regions) weigh(t *table) {
	top, total := make([]int, len(r.List)), 0.0
	for k := range top {
		top[k] = -1
	}
	for i, k := range r.label {
		if top[k] < 0 || t.logSmooth[i] > t.logSmooth[top[k]] {
			top[k] = i
		}
		r.List[k].Mass += t.p[i]
		total += t.p[i]
	}
	for k, i := range top {
		r.List[k].Peak = scenarios.Point{X: r.grid.X(i % r.grid.NX), Y: r.grid.Y(i / r.grid.NX)}
		r.List[k].Mass /= total
	}
}
