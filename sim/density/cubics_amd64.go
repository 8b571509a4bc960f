package density

import (
	"math"

	"golang.org/x/sys/cpu"
)

// cubicConstants are what cubicsAVX2 computes with, in the order in which it reads them.
type cubicConstants struct {
	step, centre, one, two, three, six, largest, sign, sixth [4]float64
	// The last first of four knots, and the intervals before and at the kinks.
	last, beforeLower, lower, beforeUpper, upper [4]int32
}

// constants of knotsAround; never written again.
var constants = cubicConstants{
	step: four(knotStep), centre: four(centreKnot), one: four(1), two: four(2), three: four(3), six: four(6),
	largest: four(EmptyLogR), sign: four(math.Copysign(0, -1)), sixth: four(1. / 6),
	last: fourOf(knots - 3), beforeLower: fourOf(lowerKnee - 1), lower: fourOf(lowerKnee), beforeUpper: fourOf(upperKnee - 1), upper: fourOf(upperKnee),
}

func four(v float64) [4]float64 { return [4]float64{v, v, v, v} }

func fourOf(v int32) [4]int32 { return [4]int32{v, v, v, v} }

// cubicsAVX2 interpolates a table at groups of four numbers. It returns the number of groups before the first that has a
// number below the second knot, above the last one, or that is not a number.
//
//go:noescape
func cubicsAVX2(dst, logR, table *float64, groups int, by *cubicConstants) (done int)

// cubicsAVX512 is cubicsAVX2 with groups of eight numbers.
//
//go:noescape
func cubicsAVX512(dst, logR, table *float64, groups int, by *cubicConstants) (done int)

// knotsAVX2 writes the knots around groups of four numbers. It returns the number of groups before the first that
// cubicsAVX2 ends at.
//
//go:noescape
func knotsAVX2(dst *aroundKnots, logR *float64, groups int, by *cubicConstants) (done int)

// knotsInVectors writes the knots around the first numbers, as far as a vectorised path goes, and returns how far.
func knotsInVectors(dst []aroundKnots, logR []float64) (done int) {
	groups := len(logR) / 4
	if groups == 0 || !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return 0
	}
	_ = dst[4*groups-1]
	return 4 * knotsAVX2(&dst[0], &logR[0], groups, &constants)
}

// cubicsInVectors interpolates a table of all knots at the first numbers, as far as a vectorised path goes, and returns
// how far.
func cubicsInVectors(dst, logR, table []float64) (done int) {
	if !cpu.X86.HasAVX2 || !cpu.X86.HasFMA {
		return 0
	}
	_ = table[knots-1]
	if groups := len(logR) / 8; groups > 0 && cpu.X86.HasAVX512F && cpu.X86.HasAVX512VL {
		_ = dst[8*groups-1]
		done = 8 * cubicsAVX512(&dst[0], &logR[0], &table[0], groups, &constants)
	}
	if groups := (len(logR) - done) / 4; groups > 0 {
		_ = dst[done+4*groups-1]
		done += 4 * cubicsAVX2(&dst[done], &logR[done], &table[0], groups, &constants)
	}
	return done
}
