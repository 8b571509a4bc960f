package sim

import (
	"math"

	"undercurrent/sim/grid"
)

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

func (p *push) plus(o push) {
	p.formula += o.formula
	p.taken += o.taken
}

// over returns the shares of a total size.
func (p push) over(size push) push {
	return push{quotient(p.formula, size.formula), quotient(p.taken, size.taken)}
}

// effort decomposes the velocities of the particles.
type effort struct {
	effortSums
	stripes [grid.Stripes]effortSums
}

// effortSums are sums over particles.
type effortSums struct {
	bands   [bandCount]push // E[V·β] by log r
	regions []push          // and by region
	size    push            // E|V·β|
	// wrong is the fraction of the particles with V·β < 0.
	wrong float64
	// energy is E|V|² and along its part along β; direct and bent are the energies of the
	// part Direct·β of V and of the rest, which is due to the reference.
	energy, along, direct, bent float64
}

// clear sets the sums to zero, for a number of regions.
func (m *effortSums) clear(regions int) {
	*m = effortSums{regions: m.regions}
	if len(m.regions) != regions {
		m.regions = make([]push, regions)
	}
	clear(m.regions)
}

// plus adds other sums.
func (m *effortSums) plus(o *effortSums) {
	for b := range m.bands {
		m.bands[b].plus(o.bands[b])
	}
	for k := range m.regions {
		m.regions[k].plus(o.regions[k])
	}
	m.size.plus(o.size)
	m.wrong += o.wrong
	m.energy += o.energy
	m.along += o.along
	m.direct += o.direct
	m.bent += o.bent
}

// begin sets the sums of the stripes to zero, for a number of regions.
func (m *effort) begin(regions int) {
	for k := range m.stripes {
		m.stripes[k].clear(regions)
	}
}

// addUp adds up the stripes.
func (m *effort) addUp() {
	m.clear(len(m.stripes[0].regions))
	for k := range m.stripes {
		m.plus(&m.stripes[k])
	}
}

// addRow adds the nodes of a row, with the masses of an expectation or those deposited.
func (m *effortSums) addRow(e *DrivenEstimator, row []nodeMotion, deposited bool) {
	f, labels := e.field, e.target.Regions.Labels
	for k := range row {
		n := &row[k]
		lies, mass := f.deposit.Mass[n.node], n.mass
		if deposited {
			mass = lies
		}
		m.add(n, mass, bandOf(f.logR[n.node]), int(labels[n.node]))
		if lies > 0 && f.isWrongWay(n.node) {
			m.wrong += lies
		}
	}
}

// add adds a node.
func (m *effortSums) add(n *nodeMotion, mass float64, band, region int) {
	along := n.velocity.Dot(n.beta)
	m.bands[band].add(mass*along, n.left)
	m.regions[region].add(mass*along, n.left)
	m.size.add(mass*math.Abs(along), n.left)
	m.energy += mass * n.velocity.Dot(n.velocity)
	if length := n.beta.Dot(n.beta); length > 0 {
		m.along += mass * along * along / length
	}
	bent := n.velocity.Plus(n.direct.Times(-1))
	m.direct += mass * n.direct.Dot(n.direct)
	m.bent += mass * bent.Dot(bent)
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

// isWrongWay reports whether V·β < 0 at an occupied node.
func (f *field) isWrongWay(i int) bool {
	// V = wβ with the same β.
	if f.drift.table != nil && f.drift.blob == nil && f.weight[i] >= 0 {
		return false
	}
	return f.velocity[i].Dot(f.grid.Gradient(f.logR, i%f.grid.NX, i/f.grid.NX)) < 0
}

// quotient is a/b, and 0 for b = 0.
func quotient(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}
