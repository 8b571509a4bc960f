package panel

import (
	"math"
	"slices"

	"undercurrent/sim"
	"undercurrent/ui/session"
)

// maxSamples bounds the history; when it is full every other sample goes.
const maxSamples = 1024

// History is the past of a flow, thinned as it grows.
type History struct {
	Samples []session.Sample
	stride  int // steps between samples
	// Unit is what is counted, "step" where it is empty.
	Unit string
}

// Add appends a report. A flow that has gone back loses what came after; one with
// other regions starts the history again.
func (h *History) Add(r *sim.Report, divergence string, m sim.Motion) {
	if n := len(h.Samples); n > 0 {
		last := h.Samples[n-1]
		if len(last.MassRatio) != len(r.Regions) {
			h.Samples, h.stride = h.Samples[:0], 0
		} else if r.Step < last.Step {
			h.Samples = slices.DeleteFunc(h.Samples, func(s session.Sample) bool { return s.Step >= r.Step })
		} else if r.Step-last.Step < h.stride || r.Step == last.Step && divergence == last.Divergence {
			return
		}
	}
	h.Samples = append(h.Samples, session.SampleOf(r, divergence, m))
	if len(h.Samples) >= maxSamples {
		h.thin()
	}
}

// ForgetCoverage marks the values of another coverage measure as unknown.
func (h *History) ForgetCoverage() {
	for i := range h.Samples {
		s := &h.Samples[i]
		s.Coverage, s.Predicted, s.Measured = math.NaN(), math.NaN(), math.NaN()
	}
}

// NewHistory is the past that a flow comes with.
func NewHistory(past []session.Sample) *History { return &History{Samples: slices.Clone(past)} }

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
