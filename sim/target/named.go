package target

import (
	"fmt"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// partition divides the plane into named parts.
type partition struct {
	names []string
	// at returns the index of the part of a point in the square of a node.
	at func(node int, p scenarios.Point) uint16
}

// namedRegions partitions the grid into the named regions, in order, and one for the remaining
// nodes, if there are any. It is an error if a named region has no node: if it lies outside the
// grid, between its nodes, or is covered by the regions before it.
func namedRegions(named []scenarios.Region, t *Table, w *grid.Workers) (*Regions, error) {
	p := partition{at: func(_ int, p scenarios.Point) uint16 { return firstContaining(named, p) }}
	for _, z := range named {
		p.names = append(p.names, z.Name)
	}
	r := p.label(t.Grid, w)
	nodes := r.nodes(len(named) + 1)
	if k := slices.Index(nodes[:len(named)], 0); k >= 0 {
		return nil, EmptyRegionError{named[k].Name, t.Grid.Spacing}
	}
	if nodes[len(named)] > 0 {
		p.names = append(p.names, scenarios.Elsewhere)
	}
	r.fill(p, t)
	return r, nil
}

// label assigns every node to its part.
func (p partition) label(g grid.Grid, w *grid.Workers) *Regions {
	r := &Regions{grid: g, Labels: make([]uint16, g.Len())}
	w.Ranges(g.NY, func(from, to int) {
		for i := from * g.NX; i < to*g.NX; i++ {
			r.Labels[i] = p.at(i, g.Node(i))
		}
	})
	return r
}

// nodes is the number of nodes with each of n labels.
func (r *Regions) nodes(n int) []int {
	nodes := make([]int, n)
	for _, k := range r.Labels {
		nodes[k]++
	}
	return nodes
}

// fill sets the list of the parts, of which each has a node, and what is known of them.
func (r *Regions) fill(p partition, t *Table) {
	for k, name := range p.names {
		r.List = append(r.List, Region{ID: k + 1, Name: name})
	}
	r.Parts = r.cut(p)
	r.weigh(t)
	r.moments(t.P)
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
func (r *Regions) cut(p partition) (parts []CellPart) {
	const part = 1. / (cellParts * cellParts)
	for i, own := range r.Labels {
		if !r.atBorder(i) {
			continue
		}
		at, shares := r.grid.Node(i), make([]float64, len(r.List))
		for k := range cellParts * cellParts {
			dx, dy := (float64(k%cellParts)+0.5)/cellParts-0.5, (float64(k/cellParts)+0.5)/cellParts-0.5
			label := int(p.at(i, scenarios.Point{X: at.X + dx*r.grid.Spacing, Y: at.Y + dy*r.grid.Spacing}))
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
