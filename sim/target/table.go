package target

import (
	"math"
	"slices"

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
	// range between it and underflow is 1300 nats, more than any relevant tail in a window.
	topLog = 600
	// targetBandwidths is where the kernel is truncated for the target, in bandwidths. The
	// smoothed value in a steep tail comes from further away than for particles.
	targetBandwidths = 12
)

// Table is a density at the nodes of a grid. Its slices are read only.
type Table struct {
	Grid grid.Grid
	// LogZ is log ∫ exp(LogDensity) over the grid, by quadrature.
	LogZ float64
	// LogP and P are the normalised target the particles are compared with.
	LogP, P []float64
	// LogSmooth is the normalised smoothed target for every Smoothing, used for regions: its
	// maxima are those that a density estimate of this bandwidth resolves.
	LogSmooth []float64
}

// Tabulate evaluates a target on a grid, smoothed by a kernel of the given bandwidth. It
// uses nodes at half the spacing, where the trapezoidal rule is exact to rounding for features
// wider than half a spacing. It returns a DensityError if the target is not a density there.
func Tabulate(t scenarios.Target, g grid.Grid, bandwidth float64, s Smoothing, w *grid.Workers) (*Table, error) {
	d, err := newDensities(t, g, w)
	if err != nil {
		return nil, err
	}
	table := &Table{Grid: g, LogZ: d.logZ(), P: make([]float64, g.Len())}
	table.LogSmooth = logSmoothed(d.values, g, bandwidth, w)
	table.LogP = table.LogSmooth
	var sharp []float64
	if s == Sharp || slices.Contains(table.LogSmooth, math.Inf(-1)) {
		sharp = d.sharp(t, w)
	}
	if s == Sharp {
		table.LogP = sharp
	}
	w.Ranges(g.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			if table.LogSmooth[i] += d.zero; math.IsInf(table.LogSmooth[i], -1) {
				table.LogSmooth[i] = sharp[i]
			}
			if table.LogSmooth[i] -= table.LogZ; s == Sharp {
				sharp[i] -= table.LogZ
			}
			table.P[i] = math.Exp(table.LogP[i])
		}
	})
	return table, nil
}

// LogZ returns the logarithm of a scenario's normalizing constant over a grid, as Table.LogZ.
func LogZ(s scenarios.Scenario, g grid.Grid, w *grid.Workers) (float64, error) {
	d, err := newDensities(s.Target, g, w)
	if err != nil {
		return 0, within(s, err)
	}
	return d.logZ(), nil
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

// logSmoothed is the logarithm of the density smoothed by the cloud-in-cell deposit and the
// kernel of the particles, at the nodes of g.
func logSmoothed(density []float64, g grid.Grid, bandwidth float64, w *grid.Workers) []float64 {
	deposited := g.DepositDensity(density, w)
	radius := min(int(math.Ceil(targetBandwidths*bandwidth/g.Spacing)), max(g.NX, g.NY))
	taps := grid.KernelTaps(bandwidth, g.Spacing, radius)
	out := make([]float64, g.Len())
	first, last := grid.AllColumns(g)
	grid.NewConvolution(g, w, taps, 1).Smooth(out, deposited, first, last)
	w.Ranges(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = math.Log(out[i])
		}
	})
	return out
}
