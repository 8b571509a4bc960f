package target

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// densities are the densities of a target at the nodes of a fine grid, relative to the highest: a
// constant of the log-density then costs the others no digits.
type densities struct {
	grid   grid.Grid // that they are tabulated for
	fine   grid.Grid // of logs and values
	top    float64   // highest log p
	logs   []float64 // log p − top
	values []float64 // e^(logs + topLog)
	sum    float64
}

// newDensities evaluates a target at the fine nodes of a grid. It returns a DensityError if
// the target is not a density.
func newDensities(t scenarios.Target, g grid.Grid, w *grid.Workers) (*densities, error) {
	fine := g.Fine()
	d := &densities{grid: g, fine: fine, logs: make([]float64, fine.Len()), values: make([]float64, fine.Len())}
	logDensities(d.logs, t, fine, w)
	top, err := highest(d.logs, fine)
	if err != nil {
		return nil, err
	}
	d.top = top
	sums := make([]float64, fine.NY)
	w.Ranges(fine.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			row := d.values[iy*fine.NX : (iy+1)*fine.NX]
			for i := range row {
				k := iy*fine.NX + i
				d.logs[k] -= top
				row[i] = portable.Exp(d.logs[k] + topLog)
			}
			sums[iy] = floats.Sum(row)
		}
	})
	d.sum = floats.Sum(sums)
	return d, nil
}

// logMass is log ∫ exp(LogDensity − top) over the fine nodes.
func (d *densities) logMass() float64 { return math.Log(d.sum*d.fine.Area()) - topLog }

// logSmoothed is the logarithm of the density relative to the highest, smoothed by the kernel at
// the nodes of the grid.
func (d *densities) logSmoothed(bandwidth float64, w *grid.Workers) []float64 {
	direct, out := d.grid.SmoothFine(d.values, bandwidth, directBandwidths, w), make([]float64, d.grid.Len())
	w.Ranges(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = math.Log(direct[i]) - topLog
		}
	})
	if slices.Min(direct) < minDirect {
		smoothFar(out, direct, d.logs, d.grid, bandwidth, w)
	}
	return out
}

// logDensities writes the log-densities of the target at the nodes to dst.
func logDensities(dst []float64, t scenarios.Target, g grid.Grid, w *grid.Workers) {
	w.Ranges(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			scenarios.LogDensityRow(t, dst[iy*g.NX:(iy+1)*g.NX], g.X(0), g.Spacing, g.Y(iy))
		}
	})
}
