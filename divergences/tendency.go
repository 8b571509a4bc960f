package divergences

// Tendency is the textbook's distinction of divergences by what they cannot tolerate. It is read off
// the weight w = r² f″ at both ends, by its elasticity e = d ln w/d ln r:
//
//	f(r)/r → ∞ as r → ∞   if e(∞) ≥ 1: mass-covering (zero-avoiding),
//	f(r) → ∞ as r → 0     if e(0) ≤ 0: mode-seeking (zero-forcing).
//
// For f(r)/r → f′(∞) = f′(1) + ∫₁^∞ w/r² dr, and f(0) = ∫₀¹ w/r dr for f(1) = f′(1) = 0. An
// infinite f(r)/r makes target mass without particles infinitely expensive, and the weight grows
// at least as fast as r where coverage is lacking. An infinite f(0) makes particles without target mass infinitely
// expensive, and the weight does not vanish where they are in excess.
//
// Minka (2005), Divergence measures and message passing, Microsoft Research TR-2005-173.
type Tendency struct {
	MassCovering, ModeSeeking bool
}

// end is |ln r| where the elasticity has reached its limit, to tolerance. It is below the
// overflow of r³.
const (
	end       = 200
	tolerance = 1e-9
)

// TendencyOf returns the tendency of an f-divergence.
func TendencyOf(d Divergence) Tendency {
	return Tendency{
		MassCovering: d.Elasticity(end) >= 1-tolerance,
		ModeSeeking:  d.Elasticity(-end) <= tolerance,
	}
}

// String is the textbook's word: both for Jeffreys' divergence, neither for one that tolerates
// either fault, such as Hellinger's.
func (t Tendency) String() string {
	switch t {
	case Tendency{MassCovering: true}:
		return "mass-covering"
	case Tendency{ModeSeeking: true}:
		return "mode-seeking"
	case Tendency{true, true}:
		return "both"
	}
	return "neither"
}
