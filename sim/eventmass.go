package sim

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// eventMass is the deposited mass of the particles, each times its probability to die, or that to
// double.
type eventMass struct {
	deaths  bool
	grid    grid.Grid
	workers *grid.Workers
	sums    *grid.IntegerSums // in units of 1/probabilityOne
	mass    []float64         // at the nodes, of all particles together 1
	rows    []float64         // of mass
	total   float64           // of mass: the expected number of events over N

	making struct { // input of the workers
		rates  *birthDeath
		points []scenarios.Point
		unit   float64
	}
	spread, fold func(worker, from, to int)
}

// probabilityOne is the probability 1 as an integer. The sums of 2·10⁷ particles stay below 2⁶³.
const probabilityOne = 1 << 36

func newEventMass(g grid.Grid, w *grid.Workers, deaths bool) *eventMass {
	m := &eventMass{deaths: deaths, grid: g, workers: w, sums: grid.NewIntegerSums(g, w), mass: make([]float64, g.Len()), rows: make([]float64, g.NY)}
	m.spread, m.fold = m.spreadRange, grid.OneByOne(m.foldRow)
	return m
}

// follow deposits the points of an estimator.
func (m *eventMass) follow(e *density.Estimator, b *birthDeath) {
	m.making.rates, m.making.points = b, e.Inside()
	m.making.unit = 1 / (probabilityOne * float64(e.N()))
	m.sums.Each(len(m.making.points), m.spread)
	m.workers.Rows(m.grid.NY, m.fold)
	m.total = 0
	for _, sum := range m.rows {
		m.total += sum
	}
}

func (m *eventMass) spreadRange(worker, from, to int) {
	b, sums := m.making.rates, m.sums.Of(worker)
	g, at := m.grid, nodesOf(m.grid)
	inv := 1 / g.Spacing
	for _, p := range m.making.points[from:to] {
		signed := b.signed(b.potential[at.nearest(p)])
		if signed == 0 || signed > 0 != m.deaths {
			continue
		}
		u, v := (p.X-g.X0)*inv, (p.Y-g.Y0)*inv
		ix, iy := int(u), int(v)
		fx, fy := u-float64(ix), v-float64(iy)
		i, one := iy*g.NX+ix, math.Abs(signed)*probabilityOne
		sums[i] += int64(one * (1 - fx) * (1 - fy))
		sums[i+1] += int64(one * fx * (1 - fy))
		sums[i+g.NX] += int64(one * (1 - fx) * fy)
		sums[i+g.NX+1] += int64(one * fx * fy)
	}
}

// foldRow writes a row of the mass.
func (m *eventMass) foldRow(iy int) {
	sums := m.sums.Row(iy)
	row, total := m.mass[iy*len(sums):], 0.0
	for ix, n := range sums {
		row[ix] = float64(n) * m.making.unit
		total += row[ix]
	}
	clear(sums)
	m.rows[iy] = total
}
