package target

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// densities are the densities of a target at the nodes of a fine grid, scaled to the range of
// a float64.
type densities struct {
	grid   grid.Grid // that they are tabulated for
	fine   grid.Grid // of the values
	values []float64 // p·e^(−zero)
	zero   float64
	sum    float64
	logs   []float64 // log p at the nodes of grid, nil if not computed
}

// minTop is the smallest logarithm of the highest scaled density for which scaling by its
// bound leaves enough range below it.
const minTop = topLog - 100

// newDensities evaluates a target at the fine nodes of a grid. It returns a DensityError if
// the target is not a density.
func newDensities(t scenarios.Target, g grid.Grid, w *grid.Workers) (*densities, error) {
	fine := g.Fine()
	d := &densities{grid: g, fine: fine, values: make([]float64, fine.Len())}
	if m, ok := t.(*scenarios.Mixture); ok {
		d.zero = m.LogBound() - topLog
		top := d.rows(w, func(row []float64, iy int) {
			m.DensityRow(row, fine.X(0), fine.Spacing, fine.Y(iy), d.zero)
		})
		// Far from every mode the bound may be so large that all values underflow.
		if math.Log(top) >= minTop {
			return d, nil
		}
	}
	logDensities(d.values, t, fine, w)
	top, err := highest(d.values, fine)
	if err != nil {
		return nil, err
	}
	d.logs = g.Coarsen(d.values)
	d.zero = top - topLog
	d.rows(w, func(row []float64, _ int) {
		for i := range row {
			row[i] = math.Exp(row[i] - d.zero)
		}
	})
	return d, nil
}

// rows computes the values row by row, sums them in an order that does not depend on the
// number of workers, and returns the highest.
func (d *densities) rows(w *grid.Workers, fill func(row []float64, iy int)) (top float64) {
	g := d.fine
	sums, tops := make([]float64, g.NY), make([]float64, g.NY)
	w.Ranges(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			row := d.values[iy*g.NX : (iy+1)*g.NX]
			fill(row, iy)
			sums[iy], tops[iy] = floats.Sum(row), floats.Max(row)
		}
	})
	d.sum = floats.Sum(sums)
	return floats.Max(tops)
}

// logZ is log ∫ exp(LogDensity) over the fine nodes.
func (d *densities) logZ() float64 { return math.Log(d.sum*d.fine.Area()) + d.zero }

// sharp is log p at the nodes of the grid, no lower than the scaled densities reach.
func (d *densities) sharp(t scenarios.Target, w *grid.Workers) []float64 {
	if d.logs == nil {
		d.logs = make([]float64, d.grid.Len())
		logDensities(d.logs, t, d.grid, w)
	}
	for i, l := range d.logs {
		d.logs[i] = max(l, d.zero-topLog)
	}
	return d.logs
}

// logDensities writes the log-densities of the target at the nodes to dst.
func logDensities(dst []float64, t scenarios.Target, g grid.Grid, w *grid.Workers) {
	w.Ranges(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			scenarios.LogDensityRow(t, dst[iy*g.NX:(iy+1)*g.NX], g.X(0), g.Spacing, g.Y(iy))
		}
	})
}
