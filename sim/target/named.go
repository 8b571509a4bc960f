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
	w.Ranges(g.NY, func(from, to int) {
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
			return nil, EmptyRegionError{z.Name, g.Spacing}
		}
		r.List = append(r.List, Region{ID: k + 1, Name: z.Name})
	}
	if rest := len(named); nodes[rest] > 0 {
		r.List = append(r.List, Region{ID: rest + 1, Name: scenarios.Elsewhere})
	}
	r.Parts = r.cut(named)
	r.weigh(t)
	r.moments(t.P)
	return r, nil
}

// EmptyRegionError reports that a named region contains no node of a grid.
type EmptyRegionError struct {
	Name    string
	Spacing float64 // of the grid
}

// Error returns one sentence.
func (e EmptyRegionError) Error() string {
	return fmt.Sprintf("region %q contains no node of the grid (%.3g apart), expected a part of the window that no earlier region covers", e.Name, e.Spacing)
}

// Setting is the name of the regions in a scenario file.
func (EmptyRegionError) Setting() string { return "regions" }

// cellParts is the number of parts of a cell along each axis.
const cellParts = 8

// cut returns the parts of cells at borders that belong to another region than their node. Each
// part belongs to the region that contains its middle.
func (r *Regions) cut(named []scenarios.Region) (parts []CellPart) {
	const part = 1. / (cellParts * cellParts)
	for i, own := range r.Labels {
		if !r.atBorder(i) {
			continue
		}
		at, shares := r.grid.Node(i), make([]float64, len(r.List))
		for k := range cellParts * cellParts {
			dx, dy := (float64(k%cellParts)+0.5)/cellParts-0.5, (float64(k/cellParts)+0.5)/cellParts-0.5
			label := int(firstContaining(named, scenarios.Point{X: at.X + dx*r.grid.Spacing, Y: at.Y + dy*r.grid.Spacing}))
			if label < len(r.List) && label != int(own) {
				shares[label] += part
				shares[own] -= part
			}
		}
		for k, share := range shares {
			if share != 0 {
				parts = append(parts, CellPart{i, k, share})
			}
		}
	}
	return parts
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
	for _, c := range r.Parts {
		r.List[c.Region].Mass += c.Share * t.P[c.Node]
	}
	for k, i := range top {
		r.List[k].Peak = r.grid.Node(i)
		r.List[k].Mass /= total
	}
}
