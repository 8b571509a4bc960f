package sim

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/divergences"
	"undercurrent/sim/grid"
)

// census is what one pass over the nodes measures of where the particles are. It holds
// until they are somewhere else.
type census struct {
	density    int // the flow's count of densities that it is of
	functional divergences.Functional
	shares     *shareTable
	lawful     bool // whether the law was taken too

	tv            float64   // ½∫|p − q| dx, beyond the grid included
	masses, under []float64 // by region: ∫ q dx and U
	law           *ratioLaw // of log r

	rows []float64 // by row of the grid: Σ|p − q|, then masses and U by region
}

// count takes a census of the present density, with the law of log r if asked for, and
// lists the ratios at the nodes.
func (f *Flow) count(u divergences.Functional, lawful bool) *census {
	f.refresh()
	c := &f.census
	if c.density == f.densities && c.functional == u && (c.lawful || !lawful) {
		return c
	}
	c.prepare(f, u, lawful)
	f.workers.Do(lawStripes, func(part, parts int) {
		from, to := grid.Partition(lawStripes, part, parts)
		for stripe := from; stripe < to; stripe++ {
			f.countStripe(c, stripe)
		}
	})
	c.addUp(f)
	return c
}

// prepare makes room.
func (c *census) prepare(f *Flow, u divergences.Functional, lawful bool) {
	if c.shares == nil || c.functional != u {
		c.shares = newShareTable(u)
	}
	if lawful && c.law == nil {
		c.law = &ratioLaw{}
	}
	c.density, c.functional, c.lawful = f.densities, u, lawful
	k := len(f.regions.List)
	if len(c.masses) != k {
		c.masses, c.under = make([]float64, k), make([]float64, k)
	}
	if n := f.grid.NY * (1 + 2*k); len(c.rows) != n {
		c.rows = make([]float64, n)
	}
	if len(f.nodes.q) != f.grid.Len() {
		f.nodes = ratios{make([]float64, f.grid.Len()), make([]float64, f.grid.Len())}
	}
}

// countStripe counts some rows. The stripes are the same however many workers there are.
func (f *Flow) countStripe(c *census, stripe int) {
	var law *[lawKnots]float64
	if c.lawful {
		law = &c.law.stripes[stripe]
		clear(law[:])
	}
	from, to := grid.Partition(f.grid.NY, stripe, lawStripes)
	width := 1 + 2*len(c.masses)
	for iy := from; iy < to; iy++ {
		f.countRow(c.rows[iy*width:(iy+1)*width], c.shares, law, iy)
	}
}

func (f *Flow) countRow(row []float64, shares *shareTable, law *[lawKnots]float64, iy int) {
	clear(row)
	k := len(row) / 2
	masses, under := row[1:1+k], row[1+k:]
	from, to := iy*f.grid.NX, (iy+1)*f.grid.NX
	ps, logs, qs, labels := f.target.P[from:to], f.target.LogP[from:to], f.field.q[from:to], f.regions.Labels[from:to]
	nodes := ratios{f.nodes.q[from:to], f.nodes.logR[from:to]}
	off, empty := 0.0, 0.0
	for i, p := range ps {
		q, region := qs[i], labels[i]
		off += math.Abs(p - q)
		masses[region] += q
		q, logR := ratioOf(p, logs[i], q)
		nodes.q[i], nodes.logR[i] = q, logR
		switch {
		case q == 0:
		case logR == emptyLogR:
			// Most places of most clouds: all of them are at one knot.
			under[region] += p * shares.empty
			empty += q
		default:
			knot, w := knotsAround(logR)
			under[region] += p * shares.between(logR, knot, &w)
			if law != nil {
				spread(law, q, knot, &w)
			}
		}
	}
	row[0] = off
	if law != nil {
		law[lawKnots-1] += empty
	}
}

// addUp adds the rows, and the stripes of the law, in their order.
func (c *census) addUp(f *Flow) {
	area, width := f.grid.Area(), 1+2*len(c.masses)
	c.tv = 0
	clear(c.masses)
	clear(c.under)
	for iy := range f.grid.NY {
		row := c.rows[iy*width : (iy+1)*width]
		c.tv += row[0]
		floats.Add(c.masses, row[1:1+len(c.masses)])
		floats.Add(c.under, row[1+len(c.masses):])
	}
	floats.Scale(area, c.masses)
	floats.Scale(area, c.under)
	c.tv = c.tv*area/2 + max(1-floats.Sum(c.masses), 0)/2
	if c.lawful {
		c.law.addUp(area)
		// Where the strays are there is no target: log r is as low as the knots go.
		c.law.mass()[0] += f.straying()
	}
}
