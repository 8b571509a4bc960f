package target

import (
	"math"
	"slices"

	"gonum.org/v1/gonum/floats"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Smoothing selects the target with which the density of the particles is compared.
type Smoothing int

const (
	// Matched smooths the target by the deposit and the kernel of the particles, so that r ≡ 1
	// exactly when q matches p.
	Matched Smoothing = iota
	// Sharp is the target without smoothing, which shows the bias of the kernel.
	Sharp
)

func (s Smoothing) String() string { return [...]string{"matched", "sharp"}[s] }

const (
	// topLog is the logarithm to which the largest density is scaled before smoothing: the
	// range between it and underflow is 1300 nats.
	topLog = 600
	// directBandwidths is where the kernel is truncated for the target, in bandwidths: the
	// smoothed value in a steep tail comes from far away. Beyond, its weights underflow.
	directBandwidths = 37
)

// Table is a density at the nodes of a grid. Its slices are read only.
type Table struct {
	Grid grid.Grid
	// LogZ is log ∫ exp(LogDensity) over the grid, by quadrature, or of a mixture in closed form.
	LogZ float64
	// LogP and P are the normalised target the particles are compared with.
	LogP, P []float64
	// LogSmooth is the normalised smoothed target for every Smoothing, used for regions: its
	// maxima are those that a density estimate of this bandwidth resolves.
	LogSmooth []float64
}

// Tabulate evaluates a target on a grid, smoothed by a kernel of the given bandwidth. A mixture
// of Gaussians inside the grid is smoothed in closed form. Other targets are evaluated at nodes
// at half the spacing, where the trapezoidal rule is exact to rounding for features wider than
// half a spacing. It returns a DensityError if the target is not a density there, and a
// CostError if its formula takes too long.
func Tabulate(t scenarios.Target, g grid.Grid, bandwidth float64, s Smoothing, w *grid.Workers) (*Table, error) {
	b, err := NewBlurrer(t, g, w)
	if err != nil {
		return nil, err
	}
	if s == Sharp {
		return b.Sharp(bandwidth)
	}
	return b.Smoothed(bandwidth), nil
}

// shift subtracts a number from logarithms.
func shift(logs []float64, by float64, w *grid.Workers) {
	w.Ranges(len(logs), func(from, to int) {
		for i := from; i < to; i++ {
			logs[i] -= by
		}
	})
}

// exponentiate computes P. The part of a Gaussian that lies beyond the edge may be smoothed into
// the grid: a mass above one is scaled to one.
func (t *Table) exponentiate(w *grid.Workers) {
	fill := func() {
		w.Ranges(len(t.P), func(from, to int) {
			for i := from; i < to; i++ {
				t.P[i] = portable.Exp(t.LogP[i])
			}
		})
	}
	fill()
	if mass := floats.Sum(t.P) * t.Grid.Area(); mass > 1+massTolerance {
		shift(t.LogP, math.Log(mass), w)
		fill()
	}
}

// massTolerance is the rounding error of a mass of one.
const massTolerance = 1e-9

// logSum is log Σ exp(lᵢ) of logarithms of which one is finite.
func logSum(logs []float64) float64 {
	top, sum := slices.Max(logs), 0.0
	for _, l := range logs {
		sum += portable.Exp(l - top)
	}
	return top + math.Log(sum)
}

// lowest raises log-densities in place to the range of a density relative to the highest.
func lowest(logs []float64) []float64 {
	floor := slices.Max(logs) - 2*topLog
	for i, l := range logs {
		logs[i] = max(l, floor)
	}
	return logs
}

// Evaluations is the number of evaluations of a target for its tabulation on a grid.
func Evaluations(g grid.Grid) int { return g.Fine().Len() }

// MaxLogP is the highest log-density.
func (t *Table) MaxLogP() float64 {
	top := math.Inf(-1)
	for _, l := range t.LogP {
		top = max(top, l)
	}
	return top
}

// highest returns the largest log-density, or a DensityError if the target is not a density.
func highest(logs []float64, g grid.Grid) (float64, error) {
	top := math.Inf(-1)
	for _, l := range logs {
		if invalidLogDensity(l) {
			return 0, &DensityError{logs: logs, grid: g}
		}
		top = max(top, l)
	}
	switch {
	case math.IsInf(top, -1):
		return 0, &DensityError{}
	case math.Abs(top) > maxTop:
		return 0, &DensityError{logs: logs, grid: g, coarse: true}
	}
	return top, nil
}

// maxTop bounds the highest log-density of a target: neighbouring floating-point numbers above are
// 1e-3 apart, so that the shape of the density is lost in the constant.
const maxTop = 1 << 43

// invalidLogDensity reports whether a value is NaN or +Inf.
func invalidLogDensity(l float64) bool { return math.IsNaN(l) || math.IsInf(l, 1) }
