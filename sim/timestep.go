package sim

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/sim/grid"
)

// Bins of w: 32 equal parts of every octave from 2⁻¹²⁸ to 2¹²⁸, enough for r^±3 at the
// clipping bound. The bin is given by the leading bits of the float64.
const (
	binBits      = 5
	octaves      = 256
	lowestBin    = (1023 - octaves/2) << binBits
	mantissaBits = 52
)

// weights is the distribution of w over the particles: by bin, their fraction in units of
// 2⁻⁶⁰. Integers have the same sums in any order.
type weights struct {
	mass [octaves << binBits]uint64
	used bins // all others are 0
}

// bins are those from first up to end, none of them in the zero value.
type bins struct{ first, end int }

// with are the fewest bins that have all of both.
func (b bins) with(o bins) bins {
	switch {
	case b.end == 0:
		return o
	case o.end == 0:
		return b
	}
	return bins{min(b.first, o.first), max(b.end, o.end)}
}

// massUnit is one particle's fraction of all, in the units of weights.
const massUnit = 1 << 60

// add adds a weight with its mass.
func (h *weights) add(w, mass float64) { h.addEach([]float64{w}, []float64{mass}, 1) }

// addEach adds weights, in a unit, with their masses, 0 for none.
func (h *weights) addEach(w, mass []float64, unit float64) {
	w, first, last := w[:len(mass)], len(h.mass), -1
	for k, m := range mass {
		if m > 0 {
			b := int(math.Float64bits(w[k]/unit)>>(mantissaBits-binBits)) - lowestBin
			b = min(max(b, 0), len(h.mass)-1)
			first, last = min(first, b), max(last, b)
			h.mass[b] += uint64(int64(m * massUnit))
		}
	}
	if first <= last {
		h.used = h.used.with(bins{first, last + 1})
	}
}

// clear empties the distribution.
func (h *weights) clear() {
	clear(h.mass[h.used.first:h.used.end])
	h.used = bins{}
}

// merge adds other distributions.
func (h *weights) merge(others []weights) {
	for k := range others {
		used := others[k].used
		for b := used.first; b < used.end; b++ {
			h.mass[b] += others[k].mass[b]
		}
		h.used = h.used.with(used)
	}
}

// edge is the smallest number of bin b.
func (h *weights) edge(b int) float64 {
	return math.Float64frombits(uint64(b+lowestBin) << (mantissaBits - binBits))
}

// quantile returns the weight below which the given fraction of the particles lies,
// interpolated within its bin.
func (h *weights) quantile(level float64) float64 {
	below := 0.0
	for b := h.used.first; b < h.used.end; b++ {
		n := h.mass[b]
		if n == 0 {
			continue
		}
		share := float64(n) / massUnit
		if below+share >= level {
			lo, hi := h.edge(b), h.edge(b+1)
			return lo + (hi-lo)*(level-below)/share
		}
		below += share
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

// effortMean computes the mean weight over the particles.
type effortMean struct {
	field         *field
	unit, bound   float64
	distributions []weights // by worker
	rows          []float64 // by row of the grid

	collect, sum func(worker, from, to int)
}

func newEffortMean(f *field) *effortMean {
	m := &effortMean{field: f, distributions: make([]weights, f.workers.Size()), rows: make([]float64, f.grid.NY)}
	m.collect, m.sum = m.collectRows, grid.OneByOne(m.sumRow)
	return m
}

// mean is E_q[min(w, w₉₈)], the mean of the weight over the particles, winsorised at
// its 98th percentile. Each node counts with its deposited mass. The percentile is taken of the
// weight in units of that at r = 1, so that it does not depend on a constant factor of w.
func (m *effortMean) mean() float64 {
	f := m.field
	for k := range m.distributions {
		m.distributions[k].clear()
	}
	if m.unit = 1; f.drift.table != nil {
		m.unit = f.drift.table.value(0)
	}
	f.workers.Rows(f.grid.NY, m.collect)
	all := &m.distributions[0]
	all.merge(m.distributions[1:])
	m.bound = m.unit * all.quantile(EffortQuantile)
	f.workers.Rows(f.grid.NY, m.sum)
	return floats.Sum(m.rows)
}

// collectRows adds the weights of rows to the distribution of a worker.
func (m *effortMean) collectRows(worker, from, to int) {
	h := &m.distributions[worker]
	for iy := from; iy < to; iy++ {
		first, end := m.field.deposit.Span(iy)
		h.addEach(m.field.weight[first:end], m.field.deposit.Mass[first:end], m.unit)
	}
}

// sumRow sums the bounded weights of a row.
func (m *effortMean) sumRow(iy int) {
	first, end := m.field.deposit.Span(iy)
	weight, sum := m.field.weight[first:end], 0.0
	for k, mass := range m.field.deposit.Mass[first:end] {
		if mass > 0 {
			sum += mass * min(weight[k], m.bound)
		}
	}
	m.rows[iy] = sum
}
