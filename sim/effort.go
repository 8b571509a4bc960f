package sim

import "math"

// Band is a range of log r and its fraction of the effort.
type Band struct {
	Lo, Hi float64
	// Share is E[V·β] over the particles of the band divided by E|V·β| over all particles;
	// E[V·β] = E[w|β|²] is the decrease of reverse KL per unit of time. It is negative where V
	// points against β.
	Share float64
	// Taken is Share with the displacements that the limits of a step leave.
	Taken float64
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

// push is V·β, and what the limits of a step leave of it.
type push struct{ formula, taken float64 }

func (p *push) add(formula, left float64) {
	p.formula += formula
	p.taken += formula * left
}

// over returns the shares of a total size.
func (p push) over(size push) push {
	return push{quotient(p.formula, size.formula), quotient(p.taken, size.taken)}
}

// effort decomposes the velocities of the particles.
type effort struct {
	bands   [bandCount]push // E[V·β] by log r
	regions []push          // and by region
	size    push            // E|V·β|
	// wrong is the fraction of the particles with V·β < 0.
	wrong float64
	// energy is E|V|² and along its part along β; direct and bent are the energies of the
	// part Direct·β of V and of the rest, which is due to the reference.
	energy, along, direct, bent float64
}

// sum sums over the particles. The masses of an expectation are negative next to a lone particle: where
// parts would then be more than the whole, the masses are those deposited, which are less exact.
func (m *effort) sum(e *DrivenEstimator, x *expectation) {
	if m.addUp(e, x, x.mass); m.exceeds() {
		m.addUp(e, x, e.field.deposit.Mass)
	}
	m.wrong = e.field.wrongWay()
}

// addUp sums over the nodes with the given masses.
func (m *effort) addUp(e *DrivenEstimator, x *expectation, masses []float64) {
	*m = effort{regions: m.regions}
	if n := len(e.target.Regions.List); len(m.regions) != n {
		m.regions = make([]push, n)
	}
	clear(m.regions)
	f := e.field
	x.each(func(n *nodeMotion) {
		i := n.node
		mass := masses[i]
		along := n.velocity.Dot(n.beta)
		m.bands[bandOf(f.logR[i])].add(mass*along, n.left)
		m.regions[e.target.Regions.Labels[i]].add(mass*along, n.left)
		m.size.add(mass*math.Abs(along), n.left)
		m.energy += mass * n.velocity.Dot(n.velocity)
		if length := n.beta.Dot(n.beta); length > 0 {
			m.along += mass * along * along / length
		}
		bent := n.velocity.Plus(n.direct.Times(-1))
		m.direct += mass * n.direct.Dot(n.direct)
		m.bent += mass * bent.Dot(bent)
	})
}

// exceeds reports whether the parts are more than the whole.
func (m *effort) exceeds() bool {
	return m.size.lessThan(sizeOf(m.bands[:])) || m.size.lessThan(sizeOf(m.regions))
}

// lessThan reports whether one of two sizes is less than another, by more than rounding.
func (p push) lessThan(other push) bool {
	const rounding = 1e-9
	return !(other.formula <= p.formula*(1+rounding) && other.taken <= p.taken*(1+rounding))
}

// sizeOf is the sum of the sizes of parts.
func sizeOf(parts []push) (sum push) {
	for _, p := range parts {
		sum.formula += math.Abs(p.formula)
		sum.taken += math.Abs(p.taken)
	}
	return sum
}

// wrongWay is the fraction of the particles with V·β < 0.
func (f *field) wrongWay() (share float64) {
	f.deposit.EachOccupied(func(i int) {
		if f.velocity[i].Dot(f.grid.Gradient(f.logR, i%f.grid.NX, i/f.grid.NX)) < 0 {
			share += f.deposit.Mass[i]
		}
	})
	return share
}

// quotient is a/b, and 0 for b = 0.
func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
