package target

import (
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Blurrer smooths one target on one grid by kernels of several bandwidths. The target is evaluated
// once. It is not safe for concurrent use.
type Blurrer struct {
	grid    grid.Grid
	workers *grid.Workers
	target  scenarios.Target

	// A mixture of Gaussians inside the grid with its mass outside, or else the densities.
	mixture   *scenarios.Mixture
	outside   float64
	densities *densities
}

// NewBlurrer evaluates a target at the nodes of a grid. It returns a DensityError if the target is not
// a density there, and a CostError if its formula takes too long.
func NewBlurrer(t scenarios.Target, g grid.Grid, w *grid.Workers) (*Blurrer, error) {
	if err := checkCost(t, g); err != nil {
		return nil, err
	}
	b := &Blurrer{grid: g, workers: w, target: t}
	if m, outside, ok := gaussians(t, g); ok {
		b.mixture, b.outside = m, outside
		return b, nil
	}
	d, err := newDensities(t, g, w)
	b.densities = d
	return b, err
}

// logMass is the logarithm of the mass of the values that logSmoothed returns.
func (b *Blurrer) logMass() float64 {
	if b.mixture != nil {
		return math.Log1p(-b.outside)
	}
	return b.densities.logMass()
}

// logZ is log ∫ exp(LogDensity) over the grid.
func (b *Blurrer) logZ() float64 {
	if b.mixture != nil {
		return b.logMass()
	}
	return b.logMass() + b.densities.top
}

// logSmoothed is the logarithm of the smoothed target at the nodes of the grid, up to a constant.
func (b *Blurrer) logSmoothed(bandwidth float64) []float64 {
	if b.mixture == nil {
		return b.densities.logSmoothed(bandwidth, b.workers)
	}
	logs := make([]float64, b.grid.Len())
	logDensities(logs, widened(b.mixture, bandwidth), b.grid, b.workers)
	return logs
}

// sharp is the logarithm of the target at the nodes of the grid, up to a constant.
func (b *Blurrer) sharp() []float64 {
	if b.mixture == nil {
		return b.grid.Coarsen(b.densities.logs)
	}
	logs := make([]float64, b.grid.Len())
	logDensities(logs, b.target, b.grid, b.workers)
	return logs
}

// Smoothed is the target smoothed by a kernel of the given bandwidth, as Tabulate with Matched.
func (b *Blurrer) Smoothed(bandwidth float64) *Table {
	t := b.table(bandwidth)
	t.LogP = t.LogSmooth
	shift(t.LogSmooth, b.logMass(), b.workers)
	t.exponentiate(b.workers)
	return t
}

// Sharp is the target itself, with the smoothed one for the regions. It returns a DensityError if no
// node has a density.
func (b *Blurrer) Sharp(bandwidth float64) (*Table, error) {
	t, sharp := b.table(bandwidth), b.sharp()
	if math.IsInf(slices.Max(sharp), -1) {
		return nil, &DensityError{}
	}
	t.LogP = lowest(sharp)
	// The nodes of the grid are not those of the mass: where they do not resolve the target,
	// that of the values at them may be any number.
	shift(sharp, logSum(sharp)+math.Log(b.grid.Area()), b.workers)
	shift(t.LogSmooth, b.logMass(), b.workers)
	t.exponentiate(b.workers)
	return t, nil
}

func (b *Blurrer) table(bandwidth float64) *Table {
	return &Table{Grid: b.grid, LogZ: b.logZ(), P: make([]float64, b.grid.Len()), LogSmooth: b.logSmoothed(bandwidth)}
}
