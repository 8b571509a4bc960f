// Package divergences holds the f-divergences that drive the flow: each is a
// convex f with f(1) = 0 and the scalar weight it puts on the shared field.
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
// So β is shared by all and w is the divergence. Every function takes log r
// (natural logarithm, no unit) instead of r, which keeps it finite far beyond
// the range |log r| ≤ ln 1e6 that the engine clips to.
//
// The package draws nothing, stores nothing and depends on the standard
// library alone.
package divergences

// Divergence is one f-divergence. Implementations are immutable and safe for
// concurrent use.
type Divergence interface {
	// Info describes the member to people and to the command line.
	Info() Info
	// F is f(r) at r = exp(logR). It may carry a term c(r − 1), which adds
	// nothing to D_f between normalized densities and a constant to Potential.
	F(logR float64) float64
	// Potential is Φ(r) = r f′(r) − f(r), minus the first variation of D_f.
	Potential(logR float64) float64
	// Weight is w(r) = r² f″(r) > 0.
	Weight(logR float64) float64
	// Elasticity is e(r) = d ln w / d ln r: how much faster a place is
	// repaired when it is one per cent more under-covered.
	Elasticity(logR float64) float64
}

// Info is what a member says of itself.
type Info struct {
	// ID names the member on the command line, such as "reverse-kl".
	ID string `json:"id"`
	// Name is the usual name, such as "reverse KL".
	Name string `json:"name"`
	// Definition is the divergence as an integral, such as "KL(q‖p)".
	Definition string `json:"definition"`
	// Formula is f as text, such as "−ln r".
	Formula string `json:"f"`
	// WeightFormula is w as text, with the parameter's present value filled in.
	WeightFormula string `json:"w"`
	// Character says in at most 60 characters where the divergence sends mass first.
	Character string `json:"character"`
	// NeedsZ reports whether the particles' paths depend on the normalizing
	// constant of p. It is false for the power laws w ∝ r^a alone: there a
	// wrong constant only rescales time.
	NeedsZ bool `json:"needs_z"`
	// Reference is where the divergence comes from.
	Reference string `json:"reference"`
}
