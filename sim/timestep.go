package sim

import "math"

// Bins of log₂ w, from 2⁻¹²⁸ to 2¹²⁸: wide enough for r^±3 at the clip.
const (
	binsPerOctave = 32
	octaves       = 256
)

// weights is the distribution of w over the particles.
type weights struct {
	share [octaves * binsPerOctave]float64
}

func (h *weights) bin(w float64) int {
	b := int((math.Log2(w) + octaves/2) * binsPerOctave)
	return min(max(b, 0), len(h.share)-1)
}

// quantile is where the given share of the particles has a smaller weight,
// interpolated inside its bin.
func (h *weights) quantile(level float64) float64 {
	below := 0.0
	for b, s := range h.share {
		if s > 0 && below+s >= level {
			u := (float64(b)+(level-below)/s)/binsPerOctave - octaves/2
			return math.Exp2(u)
		}
		below += s
	}
	return math.Inf(1)
}

// meanEffort is E_q[min(w, w₉₈)]: the mean of the weight over the particles,
// winsorised at its 98th percentile. A particle's weight is that of its nodes,
// in proportion to its deposit.
func (f *field) meanEffort(h *weights) float64 {
	clear(h.share[:])
	f.eachOccupied(func(i int) { h.share[h.bin(f.weight[i])] += f.deposit.mass[i] })
	most := h.quantile(effortQuantile)
	mean := 0.0
	f.eachOccupied(func(i int) { mean += f.deposit.mass[i] * min(f.weight[i], most) })
	return mean
}

// eachOccupied visits the occupied nodes in the order of the grid.
func (f *field) eachOccupied(visit func(i int)) {
	for iy := range f.grid.NY {
		row := iy * f.grid.NX
		for i := row + f.deposit.first[iy]; i <= row+f.deposit.last[iy]; i++ {
			if f.deposit.mass[i] > 0 {
				visit(i)
			}
		}
	}
}
