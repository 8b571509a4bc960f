package sim

import (
	"sync/atomic"

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
	first, last []int // columns of deposited that may be non-zero
	workers     *grid.Workers
	sums        *grid.IntegerSums // in units of the longest displacement's 2⁻³⁴

	making struct { // input of the workers
		step    step
		points  []scenarios.Point
		deposit *grid.Deposit // of the points
		scale   float64       // of a displacement
		unit    float64       // of the sums
		moves   bool          // whether the points move
		clamped atomic.Int64
	}
	spread, fold func(worker, from, to int)
}

// displacementOne is the longest displacement as an integer. The sums of 2·10⁷ particles stay
// below 2⁶³.
const displacementOne = 1 << 34

func newRate(g grid.Grid, w *grid.Workers) *rate {
	r := &rate{change: make([]float64, g.Len()), deposited: make([]float64, g.Len()), workers: w, sums: grid.NewIntegerSums(g, w)}
	r.first, r.last = make([]int, g.NY), make([]int, g.NY)
	r.spread, r.fold = r.spreadRange, grid.OneByOne(r.foldRow)
	return r
}

// follow computes δq of the points of an estimator in a step.
func (r *rate) follow(e *density.Estimator, s step) {
	if s.longest == 0 {
		clear(r.change)
		return
	}
	r.sum(e, s, e.Inside(), false)
}

// move computes δq of the points of an estimator in a step of a mover, and moves them. It returns the number of those
// clamped to the edge of the padded window.
func (r *rate) move(m *mover, e *density.Estimator, s step, points []scenarios.Point) (met int) {
	if s.longest == 0 || s.blob != nil {
		r.follow(e, s)
		return m.move(s, points)
	}
	return r.sum(e, s, points, true)
}

// sum computes δq of points, whose deposit the estimator has, and moves them if they move.
func (r *rate) sum(e *density.Estimator, s step, points []scenarios.Point, moves bool) (met int) {
	m := &r.making
	m.step, m.points, m.deposit, m.moves = s, points, e.Deposit(), moves
	m.clamped.Store(0)
	m.scale = displacementOne / s.longest
	m.unit = s.longest / displacementOne / (s.grid.Spacing * float64(e.N()))
	r.sums.Each(len(m.points), r.spread)
	r.workers.Rows(s.grid.NY, r.fold)
	e.Smooth(r.change, r.deposited, r.first, r.last)
	return int(m.clamped.Load())
}

func (r *rate) spreadRange(worker, from, to int) {
	m, sums := &r.making, r.sums.Of(worker)
	g, points := m.step.grid, m.points[from:to]
	switch {
	case m.moves:
		if m.step.rates != nil {
			m.step.rates.draw(worker, from, to)
		}
		m.clamped.Add(int64(g.AdvanceWithChange(sums, points, m.step.shift, m.step.bounds, m.scale)))
		return
	case m.step.blob == nil:
		g.SpreadChange(sums, points, m.step.shift, m.step.bounds, m.scale)
		return
	}
	inv := 1 / g.Spacing
	for _, p := range points {
		u, v := (p.X-g.X0)*inv, (p.Y-g.Y0)*inv
		g.AddChange(sums, p, u, v, m.step.displacement(u, v), m.step.bounds, m.scale)
	}
}

// foldRow writes a row of the deposited changes. They are where the points are deposited; a point on the border of two
// cells may have been rounded to the one here and to the other there.
func (r *rate) foldRow(iy int) {
	sums := r.sums.Row(iy)
	r.first[iy], r.last[iy] = r.making.deposit.Around(iy, 1)
	row := r.deposited[iy*len(sums):]
	for ix, n := range sums {
		row[ix] = float64(n) * r.making.unit
	}
	clear(sums)
}
