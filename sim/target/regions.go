package target

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Region is a basin of attraction of the smoothed target, or a region that the scenario
// names.
type Region struct {
	// ID counts from 1, basins in the order of mass; equal masses go counter-clockwise
	// from the right of the window's centre. Named regions have the scenario's order.
	ID int
	// Name is the scenario's, empty for a basin.
	Name string
	// Peak is the place of the largest density.
	Peak scenarios.Point
	// Mass is the share of the target.
	Mass float64
	// Mean, VarX, VarY and CovXY are the moments of the target inside the region; Peak
	// and zeros where there is none of it.
	Mean              scenarios.Point
	VarX, VarY, CovXY float64
	// Middle is the mean where the region holds it, otherwise the peak.
	Middle scenarios.Point
}

// Regions divide the grid into the basins of attraction of the smoothed target, or into
// the regions that the scenario names.
type Regions struct {
	grid grid.Grid
	List []Region
	// Labels are the index in List of every node, not to be written to.
	Labels []uint16
}

// At is the index in List of the region of the nearest node.
func (r *Regions) At(p scenarios.Point) int { return int(r.Labels[r.grid.Nearest(p.X, p.Y)]) }

// moments fills in mean and covariance of every region.
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
