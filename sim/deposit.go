package sim

import "undercurrent/scenarios"

// Cloud-in-cell weights are held as integers: a particle's four weights are
// products of two fractions in units of 2⁻¹⁸ and sum to 2³⁶ exactly. Integer
// sums do not depend on their order, so the mass on the nodes has the same bits
// whatever the number of workers, and the total is exact: 2·10⁷ particles on
// one node stay below 2⁶³.
const (
	fractionBits = 18
	fractionOne  = 1 << fractionBits
	fractionMask = fractionOne - 1
	particleOne  = fractionOne * fractionOne
	// particlesPerWorker is how many particles make another worker worthwhile.
	particlesPerWorker = 8192
)

// MostParticles is the largest number of particles a flow takes.
const MostParticles = scenarios.MaxParticles

// deposit spreads particles on the four nodes around each (cloud in cell).
type deposit struct {
	grid    Grid
	crew    *crew
	private [][]int64 // one grid a worker

	points []scenarios.Point
	parts  int
	of     int
	// mass is the share of the particles on each node: it sums to one if all are there.
	mass []float64
	// first and last bound the columns that hold mass in each row; last < first
	// in an empty row.
	first, last []int

	spread, fold func(part, parts int)
}

func newDeposit(g Grid, c *crew, particles int) *deposit {
	d := &deposit{grid: g, crew: c, mass: make([]float64, g.Len()), first: make([]int, g.NY), last: make([]int, g.NY)}
	d.parts = min(c.size(), 1+particles/particlesPerWorker)
	for range d.parts {
		d.private = append(d.private, make([]int64, g.Len()))
	}
	d.spread, d.fold = d.spreadPart, d.foldPart
	return d
}

// set deposits the points, all of which lie inside the grid's bounds, out of so many
// particles.
func (d *deposit) set(points []scenarios.Point, of int) {
	d.points, d.of = points, of
	d.crew.do(d.parts, d.spread)
	d.crew.do(d.crew.size(), d.fold)
}

func (d *deposit) spreadPart(part, parts int) {
	from, to := share(len(d.points), part, parts)
	nodes, nx := d.private[part], d.grid.NX
	x0, y0, inv := d.grid.X0, d.grid.Y0, fractionOne/d.grid.Spacing
	for _, p := range d.points[from:to] {
		u, v := int64((p.X-x0)*inv), int64((p.Y-y0)*inv)
		// Never none, so that all four nodes a particle gathers from are occupied.
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

// foldPart adds the private grids into shares, clears them for the next step,
// and notes which columns of its rows hold mass.
func (d *deposit) foldPart(part, parts int) {
	from, to := share(d.grid.NY, part, parts)
	scale := 1 / (particleOne * float64(d.of))
	for iy := from; iy < to; iy++ {
		d.foldRow(iy, scale)
	}
}

func (d *deposit) foldRow(iy int, scale float64) {
	at, nx := iy*d.grid.NX, d.grid.NX
	sum := d.private[0][at : at+nx]
	for _, other := range d.private[1:] {
		for ix, v := range other[at : at+nx] {
			sum[ix] += v
		}
		clear(other[at : at+nx])
	}
	row := d.mass[at : at+nx]
	first, last := nx, -1
	for ix, v := range sum {
		row[ix] = float64(v) * scale
		if v != 0 {
			first, last = min(first, ix), ix
		}
	}
	clear(sum)
	d.first[iy], d.last[iy] = first, last
}
