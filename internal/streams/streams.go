// Package streams has random bits that depend on a seed, a step and the index of a particle alone,
// so that a step that is taken again, by any number of workers, draws the same numbers.
package streams

// Stream is the key of the random numbers of one step.
type Stream uint64

// New returns the stream of a step.
func New(seed uint64, step int) Stream {
	return Stream(Scrambled(Scrambled(seed+goldenRatio) + uint64(step)*goldenRatio))
}

// Of are the random bits of a particle.
func (s Stream) Of(particle int) uint64 {
	return Scrambled(uint64(s) + uint64(particle+1)*goldenRatio)
}

// goldenRatio is 2⁶⁴ divided by the golden ratio, the increment of SplitMix64.
const goldenRatio = 0x9e3779b97f4a7c15

// Scrambled is the output function of SplitMix64 (Steele, Lea and Flood 2014).
func Scrambled(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
