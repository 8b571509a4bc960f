package sim

import (
	"math"
	"undercurrent/sim/grid"
)

// Band is a range of log r and its share of the effort.
type Band struct {
	Lo, Hi float64
	// Share of E_q[V·β] = E_q[w|β|²], the fall of reverse KL under the drift: who
	// is driving the motion. It is negative where the drift goes the wrong way, and
	// then the shares are of the sum of the absolute values.
	Share float64
}

const (
	// outerBand is where the last band on each side begins; it ends at the clip.
	outerBand = 6
	bandCount = 2*outerBand + 2
)

// bandOf is the index of the band of a log r.
func bandOf(logR float64) int {
	return min(max(int(math.Floor(logR))+outerBand+1, 0), bandCount-1)
}

// bandEdges bound a band.
func bandEdges(b int) (lo, hi float64) {
	lo, hi = float64(b-outerBand-1), float64(b-outerBand)
	if b == 0 {
		lo = -ClipLogR
	}
	if b == bandCount-1 {
		hi = ClipLogR
	}
	return lo, hi
}

// effort is what the particles' displacements in a step are made of.
type effort struct {
	bands   [bandCount]float64 // V·β by log r
	regions []float64          // and by region
	size    float64            // Σ|V·β|
	// wrong is the share of the particles with V·β < 0.
	wrong float64
	// energy is E|V|², along its part along β; straight and bent are the energies
	// of V without the reference's bend and of the bend alone.
	energy, along, straight, bent float64
}

// sum adds up over the particles what moves them in a step, caps included.
func (m *effort) sum(e *DrivenEstimator, s step) {
	*m = effort{regions: m.regions}
	if n := len(e.target.Regions.List); len(m.regions) != n {
		m.regions = make([]float64, n)
	}
	clear(m.regions)
	f, g := e.field, e.grid
	f.deposit.EachOccupied(func(i int) {
		mass, shift := f.deposit.Mass[i], s.shift[i]
		beta := e.density.Beta(i%g.NX, i/g.NX)
		push := shift.Dot(beta)
		m.bands[bandOf(f.logR[i])] += mass * push
		m.regions[e.target.Regions.Labels[i]] += mass * push
		m.size += mass * math.Abs(push)
		if push < 0 {
			m.wrong += mass
		}
		m.energy += mass * shift.Dot(shift)
		if length := beta.Dot(beta); length > 0 {
			m.along += mass * push * push / length
		}
		m.split(f, i, mass, shift, beta)
	})
}

// split takes the bend of the reference off a displacement.
func (m *effort) split(f *field, i int, mass float64, shift, beta grid.Vector) {
	v := f.velocity[i]
	size := v.Dot(v)
	if size == 0 {
		return
	}
	cut := math.Sqrt(shift.Dot(shift) / size)
	straight := beta.Times(cut * f.drift.Velocity(f.place(i)).Direct)
	bent := grid.Vector{X: shift.X - straight.X, Y: shift.Y - straight.Y}
	m.straight += mass * straight.Dot(straight)
	m.bent += mass * bent.Dot(bent)
}

// quotient is a/b, zero for none of nothing.
func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
