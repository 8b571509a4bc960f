package target

import (
	"fmt"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// namedRegions partitions the grid into the named regions, in order, and one for the remaining
// nodes, if there are any. It is an error if a named region has no node: if it lies outside the
// grid, between its nodes, or is covered by the regions before it.
func namedRegions(named []scenarios.Region, t *Table, w *grid.Workers) (*Regions, error) {
	g := t.Grid
	r := &Regions{grid: g, Labels: make([]uint16, g.Len())}
	w.All(func(part, parts int) {
		from, to := grid.Partition(g.NY, part, parts)
		for i := from * g.NX; i < to*g.NX; i++ {
			r.Labels[i] = firstContaining(named, g.Node(i))
		}
	})
	nodes := make([]int, len(named)+1)
	for _, k := range r.Labels {
		nodes[k]++
	}
	for k, z := range named {
		if nodes[k] == 0 {
			return nil, fmt.Errorf("region %q contains no node of the grid (%.3g apart), expected a part of the window that no earlier region covers", z.Name, g.Spacing)
		}
		r.List = append(r.List, Region{ID: k + 1, Name: z.Name})
	}
	if rest := len(named); nodes[rest] > 0 {
		r.List = append(r.List, Region{ID: rest + 1, Name: scenarios.Elsewhere})
	}
	r.weigh(t)
	r.weighShapes(named, t.P)
	r.moments(t.P)
	return r, nil
}

// cellParts is the number of parts of a cell along each axis for the mass of a shape.
const cellParts = 8

// weighShapes sets ShapeMass: each part of a cell next to a border belongs to the region that
// contains its middle.
func (r *Regions) weighShapes(named []scenarios.Region, p []float64) {
	g, total := r.grid, 0.0
	for i, mass := range p {
		total += mass
		if !r.atBorder(i) {
			r.List[r.Labels[i]].ShapeMass += mass
			continue
		}
		at := g.Node(i)
		for k := range cellParts * cellParts {
			dx, dy := (float64(k%cellParts)+0.5)/cellParts-0.5, (float64(k/cellParts)+0.5)/cellParts-0.5
			label := firstContaining(named, scenarios.Point{X: at.X + dx*g.Spacing, Y: at.Y + dy*g.Spacing})
			if int(label) < len(r.List) {
				r.List[label].ShapeMass += mass / (cellParts * cellParts)
			}
		}
	}
	for k := range r.List {
		r.List[k].ShapeMass /= total
	}
}

// atBorder reports whether a neighbour of a node, or one on a diagonal, is in another region.
func (r *Regions) atBorder(i int) bool {
	ix, iy := i%r.grid.NX, i/r.grid.NX
	for jy := max(iy-1, 0); jy <= min(iy+1, r.grid.NY-1); jy++ {
		for jx := max(ix-1, 0); jx <= min(ix+1, r.grid.NX-1); jx++ {
			if r.Labels[jy*r.grid.NX+jx] != r.Labels[i] {
				return true
			}
		}
	}
	return false
}

// firstContaining returns the index of the first region that contains p, len(named) if none
// does.
func firstContaining(named []scenarios.Region, p scenarios.Point) uint16 {
	for k, z := range named {
		if z.Shape.Contains(p) {
			return uint16(k)
		}
	}
	return uint16(len(named))
}

// weigh sets peak and mass of every region.
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
