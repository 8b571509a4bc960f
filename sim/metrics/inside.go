package metrics

import (
	"math/rand/v2"

	"undercurrent/scenarios"
)

// inside draws from the part of a target that lies within a window.
type inside struct {
	whole  scenarios.Sampler
	window scenarios.Window
}

// Sample fills dst with draws: those outside are drawn again.
func (s inside) Sample(dst []scenarios.Point, rng *rand.Rand) {
	s.whole.Sample(dst, rng)
	for i := range dst {
		for !s.window.Contains(dst[i]) {
			s.whole.Sample(dst[i:i+1], rng)
		}
	}
}

const (
	// trialDraws is the number of draws by which the share outside is estimated.
	trialDraws = 10_000
	// negligibleOutside is the share outside up to which samples are those of the whole target,
	// maxOutside that from which so few draws are inside that there is no exact sampler.
	negligibleOutside, maxOutside = 0.001, 0.95
)

// exactWithin is the exact sampler of a target, nil for none, within a window. Where the window cuts a
// part of the target off, everything is measured relative to the part inside, and so are exact samples.
func exactWithin(whole scenarios.Sampler, window scenarios.Window) scenarios.Sampler {
	if whole == nil {
		return nil
	}
	points, outside := make([]scenarios.Point, trialDraws), 0
	whole.Sample(points, rand.New(rand.NewPCG(trialDraws, sampleStream)))
	for _, p := range points {
		if !window.Contains(p) {
			outside++
		}
	}
	switch share := float64(outside) / trialDraws; {
	case share <= negligibleOutside:
		return whole
	case share > maxOutside:
		return nil
	}
	return inside{whole, window}
}
