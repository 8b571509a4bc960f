package density

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/internal/portable"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// The bandwidth for n points balances the noise of the estimate against its smoothing. With
// C(h) = ∫p_h², the typical density of a place of the smoothed target, n exact draws estimate that
// density with a relative standard error of about
//
//	ε(h) = (4πh²n C(h))^(−½),
//
// since the variance of q_h is p/(4πh²n) where p varies little over h.
const (
	// TypicalError is ε(h) up to which a bandwidth is wide enough.
	TypicalError = 0.15
	// leastConcentration bounds the smoothing: C(h) is at least this part of what it is at the least
	// bandwidth. A round mode then has twice its area.
	leastConcentration = 0.5
	// widest bounds the bandwidth, in units of the least one; narrowings is the number of bisections.
	widest     = 16
	narrowings = 8
)

// BandwidthFor returns the bandwidth for n points: the smallest one, from that of the kernel on,
// whose typical relative error is at most TypicalError, or the largest one that keeps half of the
// concentration ∫p_h² where that is smaller. It is found to 1 % and rounded to three digits. The
// bandwidth of a kernel that does not smooth the target is kept: the comparison would be biased
// by a wider one. The error says what is invalid in the kernel or the target.
func BandwidthFor(s scenarios.Scenario, k Kernel, n int) (h float64, err error) {
	if k.Smoothing != target.Matched {
		return k.Bandwidth, nil
	}
	w := grid.NewWorkers()
	least, err := concentration(s, k.Bandwidth, w)
	if err != nil {
		return 0, err
	}
	// wide reports whether a bandwidth needs no widening.
	wide := func(h, c float64) bool {
		return c <= leastConcentration*least || 4*math.Pi*h*h*float64(n)*c >= 1/(TypicalError*TypicalError)
	}
	if wide(k.Bandwidth, least) {
		return k.Bandwidth, nil
	}
	low, high := 0.0, math.Log2(widest) // of log₂ h/k.Bandwidth
	for range narrowings {
		middle := (low + high) / 2
		h := portable.Pow(2, middle) * k.Bandwidth
		// A kernel too wide for the grid is too wide.
		if c, err := concentration(s, h, w); err != nil || wide(h, c) {
			high = middle
		} else {
			low = middle
		}
	}
	h = portable.Pow(2, low) * k.Bandwidth
	scale := portable.Pow(10, 2-math.Floor(math.Log10(h)))
	return max(math.Round(h*scale)/scale, k.Bandwidth), nil
}

// concentration is ∫p_h² over the grid.
func concentration(s scenarios.Scenario, h float64, w *grid.Workers) (c float64, err error) {
	g, err := grid.New(s.Window, h, 0)
	if err != nil {
		return 0, divergences.SettingError{Name: "bandwidth", Problem: err.Error()}
	}
	t, err := target.Tabulate(s.Target, g, h, target.Matched, w)
	if err != nil {
		return 0, err
	}
	for _, p := range t.P {
		c += p * p
	}
	return c * g.Area(), nil
}
