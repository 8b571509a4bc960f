package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// Reading is what a flow is at one node of its grid.
type Reading struct {
	// Point is the node, the nearest to where was asked.
	Point scenarios.Point
	// P, Q and LogR are the densities and log p − log q, unclipped: +Inf where there
	// is no q.
	P, Q, LogR float64
	// Region is the index in the list of regions.
	Region int
	// Driven tells that there are particles near enough for a velocity; what follows
	// is zero elsewhere.
	Driven bool
	// Coefficients of V = a·β + b·γ; see divergences.Drift. They are those of the
	// plug-in velocity also where the blob's moves the particles.
	divergences.Coefficients
	// ByR is β = ∇log r and ByRho is γ = ∇log(ρ/q).
	ByR, ByRho, V scenarios.Point
	// Elasticity is d ln w/d ln r; NaN for a drift with a reference.
	Elasticity float64
	// Compression is −div V, NaN where V is not known all around.
	Compression float64
}

// ReadingAt reads the node nearest to a point.
func (f *Flow) ReadingAt(at scenarios.Point) Reading {
	f.evaluateOver(true)
	d, g := f.field, f.grid
	i := g.Nearest(at.X, at.Y)
	ix, iy := i%g.NX, i/g.NX
	r := Reading{Point: scenarios.Point{X: g.X(ix), Y: g.Y(iy)}, P: f.target.P[i], Q: d.q[i],
		LogR: f.target.LogP[i] - math.Log(d.q[i]), Region: int(f.regions.Labels[i]), Elasticity: math.NaN(), Compression: math.NaN()}
	if !d.looked(i, ix, iy) || !(r.LogR < ClipLogR) {
		return r
	}
	r.Driven = true
	r.Coefficients = d.law.drift.Velocity(d.place(i))
	r.ByR, r.V = point(g.Gradient(d.logR, ix, iy)), point(d.velocity[i])
	if d.law.rho != nil {
		r.ByRho = point(g.Gradient(d.logRho, ix, iy))
	}
	if d.law.ref.Kind == divergences.NoReference {
		r.Elasticity = r.Coefficients.BetaByR / r.Coefficients.Beta
	}
	r.Compression = d.compression(ix, iy)
	return r
}

func point(v grid.Vector) scenarios.Point { return scenarios.Point{X: v.X, Y: v.Y} }
