package sim

import (
	"undercurrent/scenarios"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// rate is the change of the smoothed density by a step, to first order: with dxᵢ
// the displacement of particle i and K the kernel, deposit included,
//
//	δq(node) = (1/N) Σᵢ dxᵢ·∇ₓᵢ K(node − xᵢ),
//
// the exact derivative of the density at the nodes. For any functional F of that density,
// dF = ∫ (δF/δq) δq dx = (1/N) Σᵢ dxᵢ·∇(K * δF/δq)(xᵢ), so one field δq gives the change of
// every functional in every region.
type rate struct {
	change      []float64 // δq at the nodes
	deposited   []float64
	first, last []int
	workers     *grid.Workers
	sums        *grid.IntegerSums // in units of the longest displacement's 2⁻³⁴

	making struct { // input of the workers
		step   step
		points []scenarios.Point
		scale  float64 // of a displacement
		unit   float64 // of the sums
	}
	spread, fold func(worker, from, to int)
}

// displacementOne is the longest displacement as an integer. The sums of 2·10⁷ particles stay
// below 2⁶³.
const displacementOne = 1 << 34

func newRate(g grid.Grid, w *grid.Workers) *rate {
	r := &rate{change: make([]float64, g.Len()), deposited: make([]float64, g.Len()), workers: w, sums: grid.NewIntegerSums(g, w)}
	r.first, r.last = grid.AllColumns(g)
	r.spread, r.fold = r.spreadRange, grid.OneByOne(r.foldRow)
	return r
}

// follow computes δq of the points of an estimator in a step.
func (r *rate) follow(e *density.Estimator, s step) {
	if s.longest == 0 {
		clear(r.change)
		return
	}
	m := &r.making
	m.step, m.points = s, e.Inside()
	m.scale = displacementOne / s.longest
	m.unit = s.longest / displacementOne / (s.grid.Spacing * float64(e.N()))
	r.sums.Each(len(m.points), r.spread)
	r.workers.Rows(s.grid.NY, r.fold)
	e.Smooth(r.change, r.deposited, r.first, r.last)
}

func (r *rate) spreadRange(worker, from, to int) {
	m, sums := &r.making, r.sums.Of(worker)
	g, points := m.step.grid, m.points[from:to]
	if m.step.blob == nil {
		g.SpreadChange(sums, points, m.step.shift, m.step.bounds, m.scale)
		return
	}
	inv := 1 / g.Spacing
	for _, p := range points {
		u, v := (p.X-g.X0)*inv, (p.Y-g.Y0)*inv
		g.AddChange(sums, p, u, v, m.step.displacement(u, v), m.step.bounds, m.scale)
	}
}

// foldRow writes a row of the deposited changes.
func (r *rate) foldRow(iy int) {
	sums := r.sums.Row(iy)
	row := r.deposited[iy*len(sums):]
	for ix, n := range sums {
		row[ix] = float64(n) * r.making.unit
	}
	clear(sums)
}
