package panel

import (
	"math"
	"slices"

	"undercurrent/sim"
)

// maxSamples bounds the history; when it is full every other sample goes.
const maxSamples = 1024

// Sample is what the time charts keep of a moment.
type Sample struct {
	Step       int
	TV, Active float64
	// Coverage is the value of the coverage measure.
	Coverage float64
	// Predicted and Measured are the change of the coverage measure in the step
	// that led here; NaN where it was not measured.
	Predicted, Measured float64
	// Divergence is the id of the one that drove the flow then.
	Divergence string
	// MassRatio is each region's mass over its target's, NaN where the target has none.
	MassRatio []float64
}

// History is the past of a flow, thinned as it grows.
type History struct {
	Samples []Sample
	stride  int // steps between samples
	// Unit is what is counted, "step" where it is empty.
	Unit string
}

// Add appends a report. A flow that has gone back loses what came after; one with
// other regions starts the history again.
func (h *History) Add(r *sim.Report, divergence string) {
	if n := len(h.Samples); n > 0 {
		last := h.Samples[n-1]
		if len(last.MassRatio) != len(r.Regions) {
			h.Samples, h.stride = h.Samples[:0], 0
		} else if r.Step < last.Step {
			h.Samples = slices.DeleteFunc(h.Samples, func(s Sample) bool { return s.Step >= r.Step })
		} else if r.Step-last.Step < h.stride || r.Step == last.Step && divergence == last.Divergence {
			return
		}
	}
	s := Sample{Step: r.Step, TV: r.TV, Active: r.Active, Coverage: r.UnderCoverage, Predicted: math.NaN(), Measured: math.NaN(), Divergence: divergence}
	if c := r.UnderCoverageChange; !r.Ahead && c != (sim.Change{}) {
		s.Predicted, s.Measured = c.FirstOrder, c.Measured
	}
	for _, k := range r.Regions {
		s.MassRatio = append(s.MassRatio, k.MassRatio())
	}
	h.Samples = append(h.Samples, s)
	if len(h.Samples) >= maxSamples {
		h.thin()
	}
}

// Clone is a copy that shares nothing that is written.
func (h *History) Clone() *History { return &History{slices.Clone(h.Samples), h.stride, h.Unit} }

func (h *History) thin() {
	kept := h.Samples[:0]
	for i, s := range h.Samples {
		if i%2 == 0 {
			kept = append(kept, s)
		}
	}
	h.Samples = kept
	h.stride = max(2*h.stride, (kept[len(kept)-1].Step-kept[0].Step)/len(kept))
}

// Steps is the range of steps, at least ten long.
func (h *History) Steps() (lo, hi float64) {
	if len(h.Samples) == 0 {
		return 0, 10
	}
	lo, hi = float64(h.Samples[0].Step), float64(h.Samples[len(h.Samples)-1].Step)
	return lo, max(hi, lo+10)
}
