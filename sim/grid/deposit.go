package grid

import "undercurrent/scenarios"

// Cloud-in-cell weights are integers: the four weights of a particle are products of two
// fractions in units of 2⁻¹⁸ and sum to 2³⁶ exactly. Integer sums do not depend on their
// order, so the bits of the mass at the nodes do not depend on the number of workers, and the
// total is exact: 2·10⁷ particles at one node stay below 2⁶³.
const (
	fractionBits = 18
	fractionOne  = 1 << fractionBits
	fractionMask = fractionOne - 1
	particleOne  = fractionOne * fractionOne
)

// Deposit spreads particles on the four nodes around each (cloud in cell).
type Deposit struct {
	grid    Grid
	workers *Workers
	sums    *IntegerSums // in units of a particle's 2⁻³⁶

	points []scenarios.Point
	shares []float64 // of the points in the mass, nil if all are equal
	unit   float64   // of the sums
	// Mass is the share of the particles' mass at each node, read only.
	Mass []float64
	// First and Last bound the columns with mass in each row; Last < First in an empty row.
	First, Last []int

	spread, fold func(worker, from, to int)
}

// NewDeposit returns a deposit on a grid, without particles.
func NewDeposit(g Grid, w *Workers) *Deposit {
	d := &Deposit{grid: g, workers: w, sums: NewIntegerSums(g, w), Mass: make([]float64, g.Len()), First: make([]int, g.NY), Last: make([]int, g.NY)}
	d.spread, d.fold = d.spreadRange, OneByOne(d.foldRow)
	return d
}

// Set deposits points, all of which lie inside the bounds of the grid, each with mass 1/n.
func (d *Deposit) Set(points []scenarios.Point, n int) {
	d.points, d.shares, d.unit = points, nil, 1/(particleOne*float64(n))
	d.add()
}

// SetShares deposits points, all of which lie inside the bounds of the grid, each with its share of
// the mass: positive numbers that sum to 1 at most. A share is rounded to a multiple of 2⁻⁶⁰, by at most
// 5·2⁻⁶⁰.
func (d *Deposit) SetShares(points []scenarios.Point, shares []float64) {
	d.points, d.shares, d.unit = points, shares, 1./shareOne
	d.add()
}

func (d *Deposit) add() {
	d.sums.Each(len(d.points), d.spread)
	d.workers.Rows(d.grid.NY, d.fold)
}

func (d *Deposit) spreadRange(worker, from, to int) {
	if d.shares != nil {
		d.grid.spreadShares(d.sums.Of(worker), d.points[from:to], d.shares[from:to])
		return
	}
	d.grid.spread(d.sums.Of(worker), d.points[from:to])
}

// spread adds points, which lie inside the bounds of the grid, to the sums at the nodes.
func (g Grid) spread(nodes []int64, points []scenarios.Point) {
	_ = nodes[g.Len()-1]
	g.spreadEach(nodes, points[g.spreadInVectors(nodes, points):])
}

// spreadEach is spread without vectors.
func (g Grid) spreadEach(nodes []int64, points []scenarios.Point) {
	nx, x0, y0, inv := g.NX, g.X0, g.Y0, fractionOne/g.Spacing
	for _, p := range points {
		u, v := int64((p.X-x0)*inv), int64((p.Y-y0)*inv)
		// Never 0, so that all four nodes around a particle are occupied.
		fx, fy := u&fractionMask|1, v&fractionMask|1
		i := int(v>>fractionBits)*nx + int(u>>fractionBits)
		lower, upper := nodes[i:i+2:i+2], nodes[i+nx:i+nx+2:i+nx+2]
		both := fx * fy
		upper[1] += both
		upper[0] += fy<<fractionBits - both
		lower[1] += fx<<fractionBits - both
		lower[0] += (fractionOne-fx-fy)<<fractionBits + both
	}
}

// foldRow writes a row of Mass, and its First and Last.
func (d *Deposit) foldRow(iy int) {
	start, nx, scale := iy*d.grid.NX, d.grid.NX, d.unit
	sum := d.sums.Row(iy)
	row := d.Mass[start : start+nx : start+nx]
	d.First[iy], d.Last[iy] = nonZero(sum)
	for ix, v := range sum {
		row[ix] = float64(v) * scale
	}
	clear(sum)
}

// nonZero are the first and the last index of what is not 0; the last is before the first where everything is 0.
func nonZero(list []int64) (first, last int) {
	last = len(list) - 1
	for last >= 0 && list[last] == 0 {
		last--
	}
	if last < 0 {
		return len(list), last
	}
	for list[first] == 0 {
		first++
	}
	return first, last
}

// Span is the range first..end−1 of the nodes of a row from the first to the last with mass.
func (d *Deposit) Span(iy int) (first, end int) {
	row := iy * d.grid.NX
	if d.Last[iy] < d.First[iy] {
		return row, row
	}
	return row + d.First[iy], row + d.Last[iy] + 1
}

// Around bounds the columns of row iy that are at most reach columns and rows from those with mass; last < first if there
// are none.
func (d *Deposit) Around(iy, reach int) (first, last int) {
	first, last = d.grid.NX, -1
	for jy := max(iy-reach, 0); jy <= min(iy+reach, d.grid.NY-1); jy++ {
		if d.First[jy] <= d.Last[jy] {
			first, last = min(first, d.First[jy]-reach), max(last, d.Last[jy]+reach)
		}
	}
	return max(first, 0), min(last, d.grid.NX-1)
}

// EachOccupied visits the occupied nodes in the order of the grid.
func (d *Deposit) EachOccupied(visit func(i int)) {
	for iy := range d.grid.NY {
		row := iy * d.grid.NX
		for i := row + d.First[iy]; i <= row+d.Last[iy]; i++ {
			if d.Mass[i] > 0 {
				visit(i)
			}
		}
	}
}
