package target

import (
	"math"
	"slices"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Smoothing says which target the density of the particles is compared with.
type Smoothing int

const (
	// Matched passes the target through the particles' own deposit and kernel,
	// so that r ≡ 1 exactly when q matches p.
	Matched Smoothing = iota
	// Sharp keeps the target itself and shows the bias of the kernel.
	Sharp
)

func (s Smoothing) String() string { return [...]string{"matched", "sharp"}[s] }

const (
	// topLog is the logarithm that the largest density is scaled to before the
	// kernel is applied: exp spans 1300 nats between it and underflow, further
	// than any window reaches into a tail that matters.
	topLog = 600
	// targetBandwidths is where the kernel is cut for the target. A tail needs
	// a wider kernel than a cloud: its smoothed value comes from far up the slope.
	targetBandwidths = 12
)

// Table is a density on the nodes of a grid. Its slices are not to be written to.
type Table struct {
	Grid grid.Grid
	// LogZ is log ∫ exp(LogDensity) over the grid, by quadrature.
	LogZ float64
	// LogP and P are the normalised target the particles are compared with.
	LogP, P []float64
	// LogSmooth is the normalised smoothed target whatever the comparison, for
	// regions and bumps: its maxima are those a cloud of this bandwidth can show.
	LogSmooth []float64
}

// Tabulate evaluates a target on a grid, smoothed by a kernel of the given bandwidth. It
// works from nodes at half the spacing, where the trapezoid rule is exact to rounding for
// any feature that is wider than half a spacing. It is a DensityError where the target is
// no density there.
func Tabulate(t scenarios.Target, g grid.Grid, bandwidth float64, s Smoothing, w *grid.Workers) (*Table, error) {
	d, err := newDensities(t, g, w)
	if err != nil {
		return nil, err
	}
	tab := &Table{Grid: g, LogZ: d.logZ(), P: make([]float64, g.Len())}
	tab.LogSmooth = logSmoothed(d.values, g, bandwidth, w)
	tab.LogP = tab.LogSmooth
	var sharp []float64
	if s == Sharp || slices.Contains(tab.LogSmooth, math.Inf(-1)) {
		sharp = d.sharp(t, w)
	}
	if s == Sharp {
		tab.LogP = sharp
	}
	w.Ranges(g.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			if tab.LogSmooth[i] += d.zero; math.IsInf(tab.LogSmooth[i], -1) {
				tab.LogSmooth[i] = sharp[i]
			}
			if tab.LogSmooth[i] -= tab.LogZ; s == Sharp {
				sharp[i] -= tab.LogZ
			}
			tab.P[i] = math.Exp(tab.LogP[i])
		}
	})
	return tab, nil
}

// LogZ is the logarithm of a scenario's normalising constant over a grid: that of a Table
// on it.
func LogZ(s scenarios.Scenario, g grid.Grid, w *grid.Workers) (float64, error) {
	d, err := newDensities(s.Target, g, w)
	if err != nil {
		return 0, within(s, err)
	}
	return d.logZ(), nil
}

// Evaluations is how often a target is evaluated to tabulate it on a grid.
func Evaluations(g grid.Grid) int { return g.Fine().Len() }

// MaxLogP is the highest log-density.
func (t *Table) MaxLogP() float64 {
	top := math.Inf(-1)
	for _, l := range t.LogP {
		top = max(top, l)
	}
	return top
}

// highest is the largest log-density, and a DensityError where the target is not a
// density at all.
func highest(logs []float64, g grid.Grid) (float64, error) {
	top := math.Inf(-1)
	for _, l := range logs {
		if noDensity(l) {
			return 0, &DensityError{logs: logs, grid: g}
		}
		top = max(top, l)
	}
	if math.IsInf(top, -1) {
		return 0, &DensityError{}
	}
	return top, nil
}

// noDensity reports whether a value is one that no log-density has.
func noDensity(l float64) bool { return math.IsNaN(l) || math.IsInf(l, 1) }

// logSmoothed is the logarithm of the density passed through the cloud-in-cell
// deposit and the particles' kernel, on the nodes of g.
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
