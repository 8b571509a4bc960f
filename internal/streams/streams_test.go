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
