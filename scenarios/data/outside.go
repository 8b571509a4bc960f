package data

import (
	"math"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

var (
	_ scenarios.MassOutsider = (*Sampled)(nil)
	_ scenarios.MassOutsider = (*Gridded)(nil)
)

// MassOutside is the weighted mean over the points of their kernels' mass outside the window, and
// with weight 10⁻³ that of the wide Gaussian. It is the mass of what Sample draws from.
func (s *Sampled) MassOutside(w scenarios.Window) float64 {
	sum := 0.0
	for i, p := range s.points {
		x := scenarios.OutsideInterval(w.XMin, w.XMax, p.X, s.kernel.X)
		outside := x + (1-x)*scenarios.OutsideInterval(w.YMin, w.YMax, p.Y, s.kernel.Y)
		if s.weights != nil {
			outside *= s.weights.Share(i) * float64(len(s.points))
		}
		sum += outside
	}
	return min((1-wideShare)*sum/float64(len(s.points))+wideShare*s.wide.MassOutside(w), 1)
}

// MassOutside sums ∫ exp(bilinear) over the parts of the cells outside the window, and over
// all cells. It is 0 for a window that contains the grid: there is nothing beyond it.
func (g *Gridded) MassOutside(w scenarios.Window) float64 {
	lo, hi := g.position(w.XMin, w.YMin), g.position(w.XMax, w.YMax)
	if lo.X <= 0 && lo.Y <= 0 && hi.X >= float64(g.nx-1) && hi.Y >= float64(g.ny-1) {
		return 0
	}
	top := math.Inf(-1)
	for _, l := range g.logs {
		top = max(top, l)
	}
	outside, total := 0.0, 0.0
	for j := range g.ny - 1 {
		for i := range g.nx - 1 {
			c := g.corners(i, j, top)
			all := c.mass(0, 1, 0, 1)
			total += all
			outside += all - c.mass(part(lo.X, i), part(hi.X, i), part(lo.Y, j), part(hi.Y, j))
		}
	}
	return max(outside/total, 0)
}

// position returns (x, y) in units of the spacings from the first node.
func (g *Gridded) position(x, y float64) scenarios.Point {
	return scenarios.Point{X: (x - g.window.XMin) / g.dx(), Y: (y - g.window.YMin) / g.dy()}
}

// part is a position in units of cell k, clamped to it.
func part(at float64, k int) float64 { return max(0, min(1, at-float64(k))) }

// corners are the log-densities at the corners of a cell, less a constant.
type corners struct{ lowerLeft, lowerRight, upperLeft, upperRight float64 }

func (g *Gridded) corners(i, j int, zero float64) corners {
	k := j*g.nx + i
	return corners{g.logs[k] - zero, g.logs[k+1] - zero, g.logs[k+g.nx] - zero, g.logs[k+g.nx+1] - zero}
}

const (
	// cellNats is the largest change of the log-density across a panel of the rule below, for
	// a relative error below 1e-8; maxPanels bounds their number.
	cellNats  = 2
	maxPanels = 400
)

// mass is the integral of the density over u₀ ≤ u ≤ u₁, v₀ ≤ v ≤ v₁, the unit square being
// the cell: along u in closed form, along v by Gauss–Legendre panels.
func (c corners) mass(u0, u1, v0, v1 float64) (sum float64) {
	if !(u0 < u1 && v0 < v1) || math.IsInf(c.lowerLeft+c.lowerRight+c.upperLeft+c.upperRight, -1) {
		return 0
	}
	steepest := max(math.Abs(c.upperLeft-c.lowerLeft), math.Abs(c.upperRight-c.lowerRight)) * (v1 - v0)
	panels := int(min(1+steepest/cellNats, maxPanels))
	height := (v1 - v0) / float64(panels)
	for k := range panels {
		from := v0 + float64(k)*height
		sum += quad.Fixed(func(v float64) float64 { return c.row(u0, u1, v) }, from, from+height, 4, quad.Legendre{}, 0)
	}
	return sum
}

// row is ∫ exp(a + (b − a) u) du over u₀ ≤ u ≤ u₁ at height v.
func (c corners) row(u0, u1, v float64) float64 {
	a, b := c.lowerLeft+v*(c.upperLeft-c.lowerLeft), c.lowerRight+v*(c.upperRight-c.lowerRight)
	rise := (b - a) * (u1 - u0)
	if rise == 0 {
		return (u1 - u0) * portable.Exp(a)
	}
	return (u1 - u0) * portable.Exp(a+(b-a)*u0) * math.Expm1(rise) / rise
}
