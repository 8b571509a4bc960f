package target

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Region is a basin of attraction of the smoothed target, a cell of one, or a named region of the
// scenario.
type Region struct {
	// ID counts from 1, basins in the order of decreasing mass; equal masses are ordered
	// counter-clockwise from the right of the window's centre. Named regions have the
	// scenario's order.
	ID int
	// Name is the name in the scenario, or the place of a cell; empty for a basin.
	Name string
	// Peak is the node of the largest density.
	Peak scenarios.Point
	// Mass is the target mass.
	Mass float64
	// Mean, VarX, VarY and CovXY are the moments of the target inside the region; Peak and
	// zeros if the region has no target mass.
	Mean              scenarios.Point
	VarX, VarY, CovXY float64
	// Middle is the mean if it lies in the region, otherwise the peak.
	Middle scenarios.Point
}

// Regions partition the grid into the basins of attraction of the smoothed target, into cells of
// these, or into the named regions of the scenario.
type Regions struct {
	grid grid.Grid
	List []Region
	// Labels are the index in List of every node, read only.
	Labels []uint16
	// Parts correct integrals over named regions, and over cells of a basin, for the squares of the
	// grid that a border cuts, read only; see CellPart. There are none for basins.
	Parts []CellPart
}

// CellPart corrects integrals for a cell, the square of one spacing around a node, of which a part
// belongs to another region than the node. An integral over a region is the sum over the nodes with
// its label, plus Share times the value at Node for each of its parts. Share is positive for the
// region that has the part, negative for that of the node.
type CellPart struct {
	Node   int
	Region int
	Share  float64
}

// At returns the index in List of the region of the node nearest to p.
func (r *Regions) At(p scenarios.Point) int { return int(r.Labels[r.grid.Nearest(p.X, p.Y)]) }

// OfEach writes At of points, which lie within the bounds of the grid, to dst, which is as long.
func (r *Regions) OfEach(dst []uint16, points []scenarios.Point) {
	var memory [128]int32
	for len(points) > 0 {
		nodes := memory[:min(len(memory), len(points))]
		r.grid.NearestOfEach(nodes, points[:len(nodes)])
		for k, i := range nodes {
			dst[k] = r.Labels[i]
		}
		dst, points = dst[len(nodes):], points[len(nodes):]
	}
}

// moments sets mean and covariance of every region.
func (r *Regions) moments(p []float64) {
	sum := make([]float64, len(r.List))
	each := func(add func(m *Region, weight, x, y float64)) {
		for i, v := range p {
			k := r.Labels[i]
			add(&r.List[k], v, r.grid.X(i%r.grid.NX), r.grid.Y(i/r.grid.NX))
		}
	}
	for i, v := range p {
		sum[r.Labels[i]] += v
	}
	for k := range r.List {
		if sum[k] == 0 {
			r.List[k].Mean, sum[k] = r.List[k].Peak, 1
		}
	}
	each(func(m *Region, v, x, y float64) {
		v /= sum[m.ID-1]
		m.Mean.X, m.Mean.Y = m.Mean.X+v*x, m.Mean.Y+v*y
	})
	each(func(m *Region, v, x, y float64) {
		v /= sum[m.ID-1]
		dx, dy := x-m.Mean.X, y-m.Mean.Y
		m.VarX, m.VarY, m.CovXY = m.VarX+v*dx*dx, m.VarY+v*dy*dy, m.CovXY+v*dx*dy
	})
	for k := range r.List {
		m := &r.List[k]
		if m.Middle = m.Mean; r.At(m.Mean) != k {
			m.Middle = m.Peak
		}
	}
}
