package scenarios

// Kinds of scenarios: the catalogue's in the order in which it offers them, then those
// of a user's own.
const (
	mixtureKind = "mixture" // of Gaussians
	curvedKind  = "curved"  // one formula: bent, ring-shaped, forked or rippled
	heavyKind   = "heavy"   // scales that differ by orders of magnitude
	sampledKind = "sampled" // known by draws alone, which are smoothed
	formulaKind = "formula"
	gridKind    = "grid"
	samplesKind = "samples"
)
