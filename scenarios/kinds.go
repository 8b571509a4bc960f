package scenarios

// Values of Scenario.Kind: first the kinds of the catalogue in its order, then the kinds of
// user-defined targets.
const (
	KindMixture = "mixture" // mixture of Gaussians
	KindCurved  = "curved"  // one formula: bent, ring-shaped, forked or rippled
	KindHeavy   = "heavy"   // scales that differ by orders of magnitude
	KindSampled = "sampled" // kernel density estimate of draws
	KindFormula = "formula"
	KindGrid    = "grid"
	KindSamples = "samples"
)
