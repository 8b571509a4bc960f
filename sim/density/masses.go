package density

import (
	"gonum.org/v1/gonum/floats"

	"undercurrent/sim/grid"
)

// regionMasses are the masses by region without the other totals, at a small part of their cost.
type regionMasses struct {
	masses []float64
	rows   []float64 // by row of the grid and region
	sum    func(worker, from, to int)
	of     int // version of the points
}

// Masses returns ∫ q dx by region, the same bits as Totals.Masses. It is valid until the points are
// set again.
func (e *Estimator) Masses() []float64 {
	if e.totals.of.version == e.version && e.totals.Masses != nil {
		return e.totals.Masses
	}
	m := &e.regionMasses
	if m.of == e.version && m.masses != nil {
		return m.masses
	}
	k := len(e.target.Regions.List)
	if m.sum == nil {
		m.masses, m.rows = make([]float64, k), make([]float64, e.grid.NY*k)
		m.sum = grid.OneByOne(func(iy int) { e.sumMasses(m.rows[iy*k:(iy+1)*k], iy) })
	}
	m.of = e.version
	e.workers.Rows(e.grid.NY, m.sum)
	clear(m.masses)
	for iy := range e.grid.NY {
		floats.Add(m.masses, m.rows[iy*k:(iy+1)*k])
	}
	for _, c := range e.target.Regions.Parts {
		m.masses[c.Region] += c.Share * e.q[c.Node]
	}
	floats.Scale(e.grid.Area(), m.masses)
	return m.masses
}

// sumMasses sums q by region in a row of the grid.
func (e *Estimator) sumMasses(masses []float64, iy int) {
	clear(masses)
	from, to := iy*e.grid.NX, (iy+1)*e.grid.NX
	addByRegion(masses, e.q[from:to], e.target.Regions.Labels[from:to])
}

// addByRegion adds values to the sums of their regions, in their order. Most neighbours are of one region, whose sum does
// not go through memory from one to the next.
func addByRegion(sums, values []float64, labels []uint16) {
	labels = labels[:len(values)]
	region := labels[0]
	sum := sums[region]
	for i, v := range values {
		if k := labels[i]; k != region {
			sums[region] = sum
			region, sum = k, sums[k]
		}
		sum += v
	}
	sums[region] = sum
}
