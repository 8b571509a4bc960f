package sim

import (
	"math"
	"slices"

	"undercurrent/scenarios"
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
func tabulate(t scenarios.Target, g Grid, bandwidth float64, s Smoothing, c *crew) (*table, error) {
	fine := fineGrid(g)
	d, err := densitiesOf(t, g, fine, c)
	if err != nil {
		return nil, err
	}
	tab := &table{logZ: math.Log(d.sum*fine.Area()) + d.zero, p: make([]float64, g.Len())}
	tab.logSmooth = logSmoothed(d.values, fine, g, bandwidth, c)
	tab.logP = tab.logSmooth
	var sharp []float64
	if s == Sharp || slices.Contains(tab.logSmooth, math.Inf(-1)) {
		sharp = d.sharp(t, g, c)
	}
	if s == Sharp {
		tab.logP = sharp
	}
	c.spans(g.Len(), func(from, to int) {
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

// fineGrid has half the spacing and reaches two of its nodes further on each side.
func fineGrid(g Grid) Grid {
	d := g.Spacing / 2
	return Grid{X0: g.X0 - 2*d, Y0: g.Y0 - 2*d, Spacing: d, NX: 2*g.NX + 3, NY: 2*g.NY + 3}
}

// highest is the largest log-density, and a DensityError where the target is not a
// density at all.
func highest(logs []float64, g Grid) (float64, error) {
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

// coarse picks the values at the nodes of g.
func coarse(values []float64, fine, g Grid) []float64 {
	out := make([]float64, g.Len())
	for iy := range g.NY {
		for ix := range g.NX {
			out[iy*g.NX+ix] = values[(2*iy+2)*fine.NX+2*ix+2]
		}
	}
	return out
}

// logSmoothed is the logarithm of the density passed through the cloud-in-cell
// deposit and the particles' kernel, on the nodes of g.
func logSmoothed(density []float64, fine, g Grid, bandwidth float64, c *crew) []float64 {
	deposited := depositDensity(density, fine, g, c)
	radius := min(int(math.Ceil(targetBandwidths*bandwidth/g.Spacing)), max(g.NX, g.NY))
	taps := gaussianTaps(kernelVariance(bandwidth, g.Spacing), g.Spacing, radius)
	out := make([]float64, g.Len())
	first, last := everyColumn(g)
	newConvolution(g, c, taps, 1).smooth(out, deposited, first, last)
	c.spans(len(out), func(from, to int) {
		for i := from; i < to; i++ {
			out[i] = math.Log(out[i])
		}
	})
	return out
}

// depositDensity is ∫ p(x) Λ(x − xᵢ) dx / dx² for the hat function Λ of the
// deposit. On fine nodes the hat is sampled as (¼, ½, ¼), which lacks a quarter
// of its variance dx²/6; convolving with (1, 10, 1)/12 restores it.
func depositDensity(density []float64, fine, g Grid, c *crew) []float64 {
	taps := [5]float64{1. / 48, 1. / 4, 11. / 24, 1. / 4, 1. / 48}
	rows := make([]float64, fine.NY*g.NX)
	c.spans(fine.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			row := rows[iy*g.NX : (iy+1)*g.NX]
			for ix := range row {
				at := density[iy*fine.NX+2*ix:][:len(taps)]
				row[ix] = taps[0]*(at[0]+at[4]) + taps[1]*(at[1]+at[3]) + taps[2]*at[2]
			}
		}
	})
	out := make([]float64, g.Len())
	c.spans(g.NY, func(from, to int) {
		for iy := from; iy < to; iy++ {
			for j, t := range taps {
				axpy(t, rows[(2*iy+j)*g.NX:(2*iy+j+1)*g.NX], out[iy*g.NX:(iy+1)*g.NX])
			}
		}
	})
	return out
}
