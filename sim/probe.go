package sim

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/scenarios"
)

// Probe is what a flow is at one node of its grid.
type Probe struct {
	// Point is the node, the nearest to where was asked.
	Point scenarios.Point
	// P, Q and LogR are the densities and log p − log q, unclipped: +Inf where there
	// is no q.
	P, Q, LogR float64
	// Region is the index in the list of regions.
	Region int
	// Driven reports that there are particles near enough for a velocity; what follows
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

// ProbeAt is what the flow is at the node nearest to a point.
func (f *Flow) ProbeAt(at scenarios.Point) Probe { return f.driven.probeAt(at) }

func (e *DrivenEstimator) probeAt(at scenarios.Point) Probe {
	e.evaluate(true)
	f, g := e.field, e.grid
	i := g.Nearest(at.X, at.Y)
	ix, iy := i%g.NX, i/g.NX
	p := Probe{Point: scenarios.Point{X: g.X(ix), Y: g.Y(iy)}, P: e.target.P[i], Q: f.q[i],
		LogR: e.target.LogP[i] - math.Log(f.q[i]), Region: int(e.target.Regions.Labels[i]), Elasticity: math.NaN(), Compression: math.NaN()}
	if !f.known(i, ix, iy) || !(p.LogR < ClipLogR) {
		return p
	}
	p.Driven = true
	p.Coefficients = f.drift.Velocity(f.place(i))
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
