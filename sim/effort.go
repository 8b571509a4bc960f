package sim

import (
	"math"
	"undercurrent/sim/grid"
)

// Band is a range of log r and its fraction of the effort.
type Band struct {
	Lo, Hi float64
	// Share is Σ V·β over the particles of the band divided by Σ|V·β| over all particles;
	// E_q[V·β] = E_q[w|β|²] is the decrease of reverse KL per unit of time. It is negative
	// where V points against β.
	Share float64
}

const (
	// outerBand is |log r| at the inner end of the outermost bands, which end at ClipLogR.
	outerBand = 6
	bandCount = 2*outerBand + 2
)

// bandOf returns the index of the band of a log r.
func bandOf(logR float64) int {
	return min(max(int(math.Floor(logR))+outerBand+1, 0), bandCount-1)
}

// bandEdges returns the ends of a band.
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

// effort decomposes the displacements of the particles in a step.
type effort struct {
	bands   [bandCount]float64 // V·β by log r
	regions []float64          // and by region
	size    float64            // Σ|V·β|
	// wrong is the fraction of the particles with V·β < 0.
	wrong float64
	// energy is E|V|² and along its part along β; direct and bent are the energies of the
	// part Direct·β of V and of the rest, which is due to the reference.
	energy, along, direct, bent float64
}

// sum sums over the particles, with the displacements of the step including its limits.
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

// split splits a displacement into its direct part and the part due to the reference.
func (m *effort) split(f *field, i int, mass float64, shift, beta grid.Vector) {
	v := f.velocity[i]
	size := v.Dot(v)
	if size == 0 {
		return
	}
	cut := math.Sqrt(shift.Dot(shift) / size)
	direct := beta.Times(cut * f.drift.Velocity(f.logRatios(i)).Direct)
	bent := grid.Vector{X: shift.X - direct.X, Y: shift.Y - direct.Y}
	m.direct += mass * direct.Dot(direct)
	m.bent += mass * bent.Dot(bent)
}

// quotient is a/b, and 0 for b = 0.
func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
