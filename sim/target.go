package sim

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

// table is a target on the nodes of a grid.
type table struct {
	// logZ is log ∫ exp(LogDensity) over the grid, by quadrature.
	logZ float64
	// logP and p are the normalised target the particles are compared with.
	logP, p []float64
	// logSmooth is the normalised smoothed target whatever the comparison, for
	// regions and bumps: its maxima are those a cloud of this bandwidth can show.
	logSmooth []float64
}

// tabulate evaluates the target on the grid. It works from nodes at half the
// spacing, where the trapezoid rule is exact to rounding for any feature that is
// wider than half a spacing.
func tabulate(t scenarios.Target, g grid.Grid, bandwidth float64, s Smoothing, c *grid.Workers) (*table, error) {
	fine := g.Fine()
	d, err := densitiesOf(t, g, fine, c)
	if err != nil {
		return nil, err
	}
	tab := &table{logZ: math.Log(d.sum*fine.Area()) + d.zero, p: make([]float64, g.Len())}
	tab.logSmooth = logSmoothed(d.values, g, bandwidth, c)
	tab.logP = tab.logSmooth
	var sharp []float64
	if s == Sharp || slices.Contains(tab.logSmooth, math.Inf(-1)) {
		sharp = d.sharp(t, g, c)
	}
	if s == Sharp {
		tab.logP = sharp
	}
	c.Ranges(g.Len(), func(from, to int) {
		for i := from; i < to; i++ {
			if tab.logSmooth[i] += d.zero; math.IsInf(tab.logSmooth[i], -1) {
				tab.logSmooth[i] = sharp[i]
			}
			if tab.logSmooth[i] -= tab.logZ; s == Sharp {
				sharp[i] -= tab.logZ
			}
			tab.p[i] = math.Exp(tab.logP[i])
		}
	})
	return tab, nil
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

// noDensity tells a value that no log-density has.
func noDensity(l float64) bool { return math.IsNaN(l) || math.IsInf(l, 1) }

// logSmoothed is the logarithm of the density passed through the cloud-in-cell
// deposit and the particles' kernel, on the nodes of g.
func logSmoothed(density []float64, g grid.Grid, bandwidth float64, c *grid.Workers) []float64 {
	deposited := g.DepositDensity(density, c)
	radius := min(int(math.Ceil(targetBandwidths*bandwidth/g.Spacing)), max(g.NX, g.NY))
	taps := grid.KernelTaps(bandwidth, g.Spacing, radius)
	out := make([]float64, g.Len())
	first, last := grid.AllColumns(g)
	grid.NewConvolution(g, c, taps, 1).Smooth(out, deposited, first, last)
	c.Ranges(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = math.Log(out[i])
		}
	})
	return out
}
