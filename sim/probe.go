package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// Probe contains the values of a flow at one node of its grid.
type Probe struct {
	// Point is the position of the node.
	Point scenarios.Point
	// P, Q and LogR are the densities and log p − log q, unclipped, +Inf for q = 0.
	P, Q, LogR float64
	// Region is the index in the list of regions.
	Region int
	// Driven reports whether there are particles near enough for a velocity; otherwise the
	// coefficients and vectors are zero, Elasticity and Compression NaN.
	Driven bool
	// Coefficients are those of V = a·β + b·γ, the plug-in velocity, also if the flow uses
	// the blob velocity; see divergences.Drift.
	divergences.Coefficients
	// ByR is β = ∇log r and ByRho is γ = ∇log(ρ/q).
	ByR, ByRho, V scenarios.Point
	// Elasticity is d ln w/d ln r; NaN for a drift with a reference.
	Elasticity float64
	// Compression is −div V, NaN where V is not known at all nodes around.
	Compression float64
}

// ProbeAt returns the values at the node nearest to a point.
func (f *Flow) ProbeAt(at scenarios.Point) Probe { return f.driven.probeAt(at) }

func (e *DrivenEstimator) probeAt(at scenarios.Point) Probe {
	e.evaluate(solid)
	f, g := e.field, e.grid
	i := g.Nearest(at.X, at.Y)
	ix, iy := i%g.NX, i/g.NX
	p := Probe{Point: scenarios.Point{X: g.X(ix), Y: g.Y(iy)}, P: e.target.P[i], Q: f.q[i],
		LogR: e.target.LogP[i] - math.Log(f.q[i]), Region: int(e.target.Regions.Labels[i]), Elasticity: math.NaN(), Compression: math.NaN()}
	if !f.known(i, ix, iy) || !(p.LogR < ClipLogR) {
		return p
	}
	p.Driven = true
	p.Coefficients = f.drift.Velocity(f.logRatios(i))
	p.ByR, p.V = scenarios.Point(e.density.Beta(ix, iy)), scenarios.Point(f.velocity[i])
	if f.drift.rho != nil {
		p.ByRho = scenarios.Point(g.Gradient(f.logRho, ix, iy))
	}
	if !f.drift.hasReference() {
		p.Elasticity = p.Coefficients.BetaByR / p.Coefficients.Beta
	}
	p.Compression = f.compression(ix, iy)
	return p
}
