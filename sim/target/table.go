package target

import (
	"math"
	"slices"

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
// half a spacing. It returns a DensityError if the target is not a density there.
func Tabulate(t scenarios.Target, g grid.Grid, bandwidth float64, s Smoothing, w *grid.Workers) (*Table, error) {
	table := &Table{Grid: g, P: make([]float64, g.Len())}
	var sharp []float64
	if m, outside, ok := gaussians(t, g); ok {
		table.LogZ, table.LogSmooth = math.Log1p(-outside), make([]float64, g.Len())
		logDensities(table.LogSmooth, widened(m, bandwidth), g, w)
	} else {
		d, err := newDensities(t, g, w)
		if err != nil {
			return nil, err
		}
		table.LogZ, table.LogSmooth = d.logZ(), d.logSmoothed(bandwidth, w)
		sharp = g.Coarsen(d.logs)
	}
	table.LogP = table.LogSmooth
	if s == Sharp {
		if sharp == nil {
			sharp = make([]float64, g.Len())
			logDensities(sharp, t, g, w)
		}
		table.LogP = lowest(sharp)
	}
	table.normalise(w)
	return table, nil
}

// normalise subtracts LogZ from the logarithms and computes P.
func (t *Table) normalise(w *grid.Workers) {
	separate := &t.LogP[0] != &t.LogSmooth[0]
	w.Ranges(len(t.P), func(from, to int) {
		for i := from; i < to; i++ {
			t.LogSmooth[i] -= t.LogZ
			if separate {
				t.LogP[i] -= t.LogZ
			}
			t.P[i] = portable.Exp(t.LogP[i])
		}
	})
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
	if math.IsInf(top, -1) {
		return 0, &DensityError{}
	}
	return top, nil
}

// invalidLogDensity reports whether a value is NaN or +Inf.
func invalidLogDensity(l float64) bool { return math.IsNaN(l) || math.IsInf(l, 1) }
