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
}

func newRate(g grid.Grid) *rate {
	r := &rate{change: make([]float64, g.Len()), deposited: make([]float64, g.Len())}
	r.first, r.last = grid.AllColumns(g)
	return r
}

// follow computes δq of the points of an estimator in a step. It runs in one goroutine, so
// that its sums have one order.
func (r *rate) follow(e *density.Estimator, s step) {
	clear(r.deposited)
	g := s.grid
	nx, inv, scale := g.NX, 1/g.Spacing, 1/(g.Spacing*float64(e.N()))
	for _, p := range e.Inside() {
		u, v := (p.X-g.X0)*inv, (p.Y-g.Y0)*inv
		d := s.displacement(u, v)
		to, _ := grid.Clamp(scenarios.Point{X: p.X + d.X, Y: p.Y + d.Y}, s.bounds)
		dx, dy := (to.X-p.X)*scale, (to.Y-p.Y)*scale
		ix, iy := int(u), int(v)
		fx, fy := u-float64(ix), v-float64(iy)
		i := iy*nx + ix
		lower, upper := r.deposited[i:i+2:i+2], r.deposited[i+nx:i+nx+2:i+nx+2]
		lower[0] -= dx*(1-fy) + dy*(1-fx)
		lower[1] += dx*(1-fy) - dy*fx
		upper[0] += dy*(1-fx) - dx*fy
		upper[1] += dx*fy + dy*fx
	}
	e.Smooth(r.change, r.deposited, r.first, r.last)
}
