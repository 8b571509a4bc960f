package target

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// namedRegions divide the grid into zones, in their order; what none holds is one more
// region, left out where it has no node. It is an error where a zone has none: it lies
// beyond the grid, between its nodes, or under the zones before it.
func namedRegions(zones []scenarios.Region, t *Table, w *grid.Workers) (*Regions, error) {
	g := t.Grid
	r := &Regions{grid: g, Labels: make([]uint16, g.Len())}
	w.All(func(part, parts int) {
		from, to := grid.Partition(g.NY, part, parts)
		for i := from * g.NX; i < to*g.NX; i++ {
			r.Labels[i] = firstHolding(zones, g.Node(i))
		}
	})
	nodes := make([]int, len(zones)+1)
	for _, k := range r.Labels {
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
	r.moments(t.P)
	return r, nil
}

// firstHolding is the index of the first zone that holds a place, one past the last
// where none does.
func firstHolding(zones []scenarios.Region, p scenarios.Point) uint16 {
	for k, z := range zones {
		if z.Shape.Contains(p) {
			return uint16(k)
		}
	}
	return uint16(len(zones))
}

// weigh fills in peak and mass of every region.
func (r *Regions) weigh(t *Table) {
	top, total := make([]int, len(r.List)), 0.0
	for k := range top {
		top[k] = -1
	}
	for i, k := range r.Labels {
		if top[k] < 0 || t.LogSmooth[i] > t.LogSmooth[top[k]] {
			top[k] = i
		}
		r.List[k].Mass += t.P[i]
		total += t.P[i]
	}
	for k, i := range top {
		r.List[k].Peak = r.grid.Node(i)
		r.List[k].Mass /= total
	}
}
