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

// BernoulliAtOnce is the number of trials of one call of Bernoulli.
const BernoulliAtOnce = 64

// Bernoulli are the trials of a block of particles, each a success with probability threshold/2⁶⁴,
// independent of each other and of the bits of Of: bit k is that of the particle with the index
// BernoulliAtOnce·block + k.
//
// A trial succeeds if its uniform random bits are below those of the threshold. They are compared from the
// first bit on, for all trials at once, until none is open: some eight words of random bits, whatever the threshold.
func (s Stream) Bernoulli(block int, threshold uint64) (successes uint64) {
	// The words are those of particles BernoulliAtOnce·block and following in a stream of their own.
	state := Scrambled(uint64(s)) + uint64(BernoulliAtOnce*block)*goldenRatio
	for open := ^uint64(0); open != 0 && threshold != 0; threshold <<= 1 {
		state += goldenRatio
		if word := Scrambled(state); threshold>>63 == 1 {
			successes |= open &^ word
			open &= word
		} else {
			open &^= word
		}
	}
	return successes
}
