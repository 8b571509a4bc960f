// Package divergences defines the drifts of the flow: f-divergences, each a convex f
// with f(1) = 0 and its scalar weight on a common field, and Log-Variance divergences.
//
// Throughout, p is the target density, q the density of the particles,
// r = p/q and β = ∇log r. For
//
//	D_f(p‖q) = ∫ q f(p/q) dx
//
// the first variation is δD/δq = f(r) − r f′(r) = −Φ(r), and the Wasserstein
// gradient flow moves particles with
//
//	V(x) = ∇Φ(r(x)) = w(r(x)) β(x),   w(r) = r² f″(r) = r Φ′(r).
//
// β is the same for all f-divergences; they differ in w. Every function takes ln r
// (dimensionless) instead of r, which keeps it finite far beyond the clipping bound
// |ln r| ≤ ln 1e6 of the simulation.
//
// The package depends on the standard library alone.
package divergences

// Divergence is one f-divergence. Implementations are immutable and safe for
// concurrent use.
type Divergence interface {
	// Info returns the id, name, formulas and description.
	Info() Info
	// F is f(r) at r = exp(logR). It may include a term c(r − 1), which adds
	// nothing to D_f between normalized densities and a constant to Potential.
	F(logR float64) float64
	// Potential is Φ(r) = r f′(r) − f(r), minus the first variation of D_f.
	Potential(logR float64) float64
	// Weight is w(r) = r² f″(r) > 0.
	Weight(logR float64) float64
	// Elasticity is e(r) = d ln w / d ln r, the relative change of the weight per
	// relative change of r.
	Elasticity(logR float64) float64
}

// Info describes a divergence or a drift.
type Info struct {
	// ID names the member on the command line, such as "reverse-kl".
	ID string `json:"id"`
	// Name is the usual name, such as "reverse KL".
	Name string `json:"name"`
	// Definition is the divergence as an integral, such as "KL(q‖p)".
	Definition string `json:"definition"`
	// Formula is f as text, such as "−ln r".
	Formula string `json:"f"`
	// WeightFormula is w as text, with the current values of the parameters.
	WeightFormula string `json:"w"`
	// Character describes in at most 60 characters where the weight concentrates.
	Character string `json:"character"`
	// NeedsZ reports whether the particles' paths depend on the normalizing
	// constant Z of p. Among the f-divergences it is false only for the power laws
	// w ∝ r^a, where a wrong Z rescales time.
	NeedsZ bool `json:"needs_z"`
	// Citation names the source, such as "Lin 1991".
	Citation string `json:"reference"`
}
