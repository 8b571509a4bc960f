package metrics

import "math/rand/v2"

// The random streams of an evaluator. They begin far from the small numbers of the streams
// that other parts of the program draw from with the same seed, such as the initial cloud, so
// that no comparison depends on the particles that are measured.
const (
	widthStream = 0x6d65_7472_6963_0000 + iota
	sampleStream
	floorStream // the first of two for each draw, see pairStream
)

// pairStream returns the stream of sample 0 or 1 of a draw of the floor.
func pairStream(seed uint64, draw, sample int) *rand.Rand {
	return rand.New(rand.NewPCG(seed, floorStream+uint64(2*draw+sample)))
}
