package streams

import (
	"math"
	"math/bits"
	"testing"
)

// The first outputs of SplitMix64 from the state 0, as in the test of java.util.SplittableRandom
// and of the reference program https://prng.di.unimi.it/splitmix64.c.
func TestScrambledIsSplitMix64(t *testing.T) {
	state := uint64(0)
	for k, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		state += goldenRatio
		if got := Scrambled(state); got != want {
			t.Errorf("output %d is %#x, expected %#x", k, got, want)
		}
	}
}

// A change of seed, step or particle by one changes half of the bits on average.
func TestNeighboursShareHalfOfTheirBits(t *testing.T) {
	const n = 2000
	var seed, step, particle int
	for k := range n {
		here := New(uint64(k), k).Of(k)
		seed += bits.OnesCount64(here ^ New(uint64(k+1), k).Of(k))
		step += bits.OnesCount64(here ^ New(uint64(k), k+1).Of(k))
		particle += bits.OnesCount64(here ^ New(uint64(k), k).Of(k+1))
	}
	for name, changed := range map[string]int{"seed": seed, "step": step, "particle": particle} {
		if mean := float64(changed) / n; math.Abs(mean-32) > 5*4/math.Sqrt(n) {
			t.Errorf("another %s changes %.2f bits, expected 32", name, mean)
		}
	}
}

// Every trial compares the bits of its own column of the words, first to last, with the threshold.
func TestATrialComparesUniformBitsWithTheThreshold(t *testing.T) {
	thresholds := []uint64{0, 1, 1 << 20, 1 << 60, 1 << 63, 0xdeadbeefcafebabe, math.MaxUint64}
	s := New(5, 3)
	words := Stream(Scrambled(uint64(s)))
	for block := range 50 {
		for _, threshold := range thresholds {
			got := s.Bernoulli(block, threshold)
			for lane := range BernoulliAtOnce {
				var uniform uint64
				for k := range 64 {
					uniform = uniform<<1 | words.Of(64*block+k)>>lane&1
				}
				if success := got>>lane&1 == 1; success != (uniform < threshold) {
					t.Fatalf("block %d, trial %d: %v for %#x below %#x", block, lane, success, uniform, threshold)
				}
			}
		}
	}
}

// Successes have the binomial law of independent trials: mean and variance of their number in blocks, and
// pairs of trials in one block, are within five standard errors.
func TestTrialsAreIndependent(t *testing.T) {
	const blocks = 20_000
	for _, p := range []float64{0.001, 0.05, 0.37, 0.9} {
		var sum, squares, neighbours float64
		for block := range blocks {
			x := New(1, 2).Bernoulli(block, uint64(p*(1<<64)))
			n := float64(bits.OnesCount64(x))
			sum, squares = sum+n, squares+n*n
			neighbours += float64(bits.OnesCount64(x & (x >> 1)))
		}
		mean, variance := 64*p, 64*p*(1-p)
		if got := sum / blocks; math.Abs(got-mean) > 5*math.Sqrt(variance/blocks) {
			t.Errorf("p %g: %g successes a block, expected %g", p, got, mean)
		}
		// The fourth central moment of a binomial number is variance·(1 + (3n−6)/n·variance).
		fourth := variance * (1 + (3*64.0-6)/64*variance)
		if got := squares/blocks - 2*mean*sum/blocks + mean*mean; math.Abs(got-variance) > 5*math.Sqrt((fourth-variance*variance)/blocks) {
			t.Errorf("p %g: variance %g, expected %g", p, got, variance)
		}
		pairs := 63 * p * p
		if got := neighbours / blocks; math.Abs(got-pairs) > 5*math.Sqrt(63*(p*p*(1-p*p)+2*p*p*p*(1-p))/blocks) {
			t.Errorf("p %g: %g pairs of neighbours, expected %g", p, got, pairs)
		}
	}
}
