package scenarios

// Kinds of scenarios, as Scenario.Kind has them: the catalogue's in the order in which it
// offers them, then those of a user's own.
const (
	KindMixture = "mixture" // of Gaussians
	KindCurved  = "curved"  // one formula: bent, ring-shaped, forked or rippled
	KindHeavy   = "heavy"   // scales that differ by orders of magnitude
	KindSampled = "sampled" // known by draws alone, which are smoothed
	KindFormula = "formula"
	KindGrid    = "grid"
	KindSamples = "samples"
)
