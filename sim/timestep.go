package sim

import "math"

// Bins of w: 32 equal parts of every octave from 2⁻¹²⁸ to 2¹²⁸, enough for r^±3 at the
// clipping bound. The bin is given by the leading bits of the float64.
const (
	binBits      = 5
	octaves      = 256
	lowestBin    = (1023 - octaves/2) << binBits
	mantissaBits = 52
)

// weights is the distribution of w over the particles.
type weights struct{ mass [octaves << binBits]float64 }

func (h *weights) add(w, mass float64) {
	b := int(math.Float64bits(w)>>(mantissaBits-binBits)) - lowestBin
	h.mass[min(max(b, 0), len(h.mass)-1)] += mass
}

// edge is the smallest number of bin b.
func (h *weights) edge(b int) float64 {
	return math.Float64frombits(uint64(b+lowestBin) << (mantissaBits - binBits))
}

// quantile returns the weight below which the given fraction of the particles lies,
// interpolated within its bin.
func (h *weights) quantile(level float64) float64 {
	below := 0.0
	for b, s := range h.mass {
		if s > 0 && below+s >= level {
			lo, hi := h.edge(b), h.edge(b+1)
			return lo + (hi-lo)*(level-below)/s
		}
		below += s
	}
	return math.Inf(1)
}

// longestStep bounds dt so that the sum of all steps is a number.
const longestStep = 1e290

// unitEffort is dt = c·h²/mean, and 0 for a mean that is 0 or so small that dt is hardly a number:
// where the weight vanishes at the particles, nothing moves them.
func unitEffort(bandwidth, mean float64) float64 {
	if dt := Effort * bandwidth * bandwidth / mean; dt <= longestStep {
		return dt
	}
	return 0
}

// meanEffort is E_q[min(w, w₉₈)], the mean of the weight over the particles, winsorised at
// its 98th percentile. Each node counts with its deposited mass. The percentile is taken of the
// weight in units of that at r = 1, so that it does not depend on a constant factor of w.
func (f *field) meanEffort(h *weights) float64 {
	clear(h.mass[:])
	unit := 1.0
	if f.drift.table != nil {
		unit = f.drift.table.value(0)
	}
	f.deposit.EachSpan(func(from, to int) {
		weight := f.weight[from:to]
		for i, m := range f.deposit.Mass[from:to] {
			if m > 0 {
				h.add(weight[i]/unit, m)
			}
		}
	})
	bound, mean := unit*h.quantile(EffortQuantile), 0.0
	f.deposit.EachSpan(func(from, to int) {
		weight := f.weight[from:to]
		for i, m := range f.deposit.Mass[from:to] {
			if m > 0 {
				mean += m * min(weight[i], bound)
			}
		}
	})
	return mean
}
