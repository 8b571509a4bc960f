package vectors

import "golang.org/x/sys/cpu"

// Numbers of sums that the vectorised paths take.
const (
	wide   = 32
	widest = 64
)

// weightedSumsAVX2 writes the first 32 sums of WeightedSums.
//
//go:noescape
func weightedSumsAVX2(dst, src, taps *float64, stride, count int)

// weightedSumsAVX512 writes the first 64 sums of WeightedSums.
//
//go:noescape
func weightedSumsAVX512(dst, src, taps *float64, stride, count int)

// weightedSumsInVectors writes the sums that a vectorised path takes, from the first on, and
// returns their number.
func weightedSumsInVectors(dst, src []float64, stride int, taps []float64) (done int) {
	// The last vectors overlap those before: the same sums twice are faster than single ones, or than more vectors.
	for cpu.X86.HasAVX512F && len(dst) >= widest && len(dst)-done > wide {
		done = min(done, len(dst)-widest)
		weightedSumsAVX512(&dst[done], &src[done], &taps[0], stride, len(taps))
		done += widest
	}
	if !cpu.X86.HasAVX2 || len(dst) < wide {
		return done
	}
	for done < len(dst) {
		done = min(done, len(dst)-wide)
		weightedSumsAVX2(&dst[done], &src[done], &taps[0], stride, len(taps))
		done += wide
	}
	return done
}
