package divergences

import "math"

// centred is a divergence without the linear term of f: with s = f′(1) = Φ(1),
//
//	f(r) − s(r − 1) ≥ 0,   Φ(r) − s.
//
// It gives the same D_f between normalised densities. On a part of the plane p and q have different
// masses in general: there it is still a divergence, never negative, where the other differs by
// s(∫p − ∫q) and may have any sign.
type centred struct {
	Divergence
	slope float64
}

// Centre returns the divergence without the linear term of f.
func Centre(d Divergence) Divergence {
	slope := d.Potential(0)
	if slope == 0 {
		return d
	}
	return centred{d, slope}
}

// F is f(r) − f′(1)(r − 1); only by rounding could it be below 0.
func (d centred) F(logR float64) float64 {
	return max(d.Divergence.F(logR)-d.slope*math.Expm1(logR), 0)
}

// Potential is Φ(r) − Φ(1).
func (d centred) Potential(logR float64) float64 { return d.Divergence.Potential(logR) - d.slope }
