package streams

import "math"

// TrialsAtOnce is the number of trials of one draw.
const TrialsAtOnce = 1 << trialBits

// trialBits are the random bits of the place of a trial, and placesOfWord the places of a word of them.
const (
	trialBits    = 9
	placesOfWord = 64 / trialBits
)

// Outcomes are those of TrialsAtOnce trials, a bit each, from the lowest bit of the first word on.
type Outcomes [TrialsAtOnce / 64]uint64

// Trials draws independent trials of one probability of success: first how many of TrialsAtOnce succeed, by
// inversion of the binomial law, and then which, as a uniformly random set of that size. This takes some tenth of the random
// bits of one number for each trial.
type Trials struct {
	// The law is that of the rarer outcome: failures, where a success is likelier than ½.
	failures bool
	// atMost[k]/2⁶⁴ is the probability of k or fewer.
	atMost []uint64
	mean   int // an index of atMost, near which to look
}

// Set sets the probability of a success. The error of the probability of a number of successes is below 10⁻¹³.
func (t *Trials) Set(p float64) {
	if t.failures = p > 0.5; t.failures {
		p = 1 - p
	}
	if !(p > 0) {
		p = 0
	}
	odds := p / (1 - p)
	// The probability of none, (1 − p)^TrialsAtOnce, is at least 2^−TrialsAtOnce.
	probability := 1 - p
	for range trialBits {
		probability *= probability
	}
	mean := TrialsAtOnce * p
	t.atMost = t.atMost[:0]
	for k, sum := 0, 0.0; ; k++ {
		sum = min(sum+float64(probability), 1)
		t.atMost = append(t.atMost, fraction(sum))
		probability = float64(probability*(TrialsAtOnce-float64(k))) / float64(k+1) * odds
		if float64(k) >= mean && probability < 1e-20 {
			break
		}
	}
	t.mean = min(int(mean), len(t.atMost)-1)
}

// fraction is the number of 2⁻⁶⁴ in a probability.
func fraction(p float64) uint64 {
	if p >= 1 {
		return math.MaxUint64
	}
	return uint64(p * (1 << 64))
}

// Draw draws the trials of a block of particles, independent of those of another block and of the bits of Of: the k-th outcome
// is that of the particle with the index TrialsAtOnce·block + k.
func (t *Trials) Draw(s Stream, block int) (o Outcomes) {
	// The words are those of particles TrialsAtOnce·block and following in a stream of their own; a block needs fewer
	// than it has particles.
	state := Scrambled(uint64(s)) + uint64(TrialsAtOnce*block)*goldenRatio
	state += goldenRatio
	left := t.number(Scrambled(state))
	for left > 0 {
		state += goldenRatio
		word := Scrambled(state)
		for range min(left, placesOfWord) {
			place := word % TrialsAtOnce
			word >>= trialBits
			bit := uint64(1) << (place % 64)
			if o[place/64]&bit == 0 {
				o[place/64] |= bit
				left--
			}
		}
	}
	if t.failures {
		for k := range o {
			o[k] = ^o[k]
		}
	}
	return o
}

// number is that of the rarer outcomes whose probability a uniformly random word has.
func (t *Trials) number(word uint64) int {
	k := t.mean
	for k > 0 && word < t.atMost[k-1] {
		k--
	}
	for k < len(t.atMost)-1 && word >= t.atMost[k] {
		k++
	}
	return k
}
