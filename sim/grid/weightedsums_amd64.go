package grid

import "golang.org/x/sys/cpu"

// wide is the number of sums that weightedSumsAVX2 takes.
const wide = 32

// weightedSumsAVX2 writes the first 32 sums of weightedSums.
//
//go:noescape
func weightedSumsAVX2(dst, src, taps *float64, stride, count int)

// weightedSumsInVectors writes the sums that a vectorised path takes, from the first on, and
// returns their number.
func weightedSumsInVectors(dst, src []float64, stride int, taps []float64) (done int) {
	if !cpu.X86.HasAVX2 || len(dst) < wide {
		return 0
	}
	for {
		weightedSumsAVX2(&dst[done], &src[done], &taps[0], stride, len(taps))
		switch done += wide; {
		case done == len(dst):
			return done
		case done > len(dst)-wide:
			// The last vectors overlap those before: the same sums twice are faster than single ones.
			done = len(dst) - wide
		}
	}
}
