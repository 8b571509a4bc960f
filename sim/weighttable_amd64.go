package sim

import "golang.org/x/sys/cpu"

// pieceConstants are what piecesAVX2 computes with, in the order in which it reads them.
type pieceConstants struct {
	low, high, perUnit [4]float64
	last               [4]int32
}

// piecesAVX2 writes the values of a table at groups > 0 of four numbers.
//
//go:noescape
func piecesAVX2(dst, logR *float64, pieces *cubic, groups int, by *pieceConstants)

// valuesInVectors writes the first values, as many as a vectorised path takes, and returns their number.
func (t *weightTable) valuesInVectors(dst, logR []float64) (done int) {
	groups := len(logR) / 4
	if groups == 0 || !cpu.X86.HasAVX2 {
		return 0
	}
	const c, n, last = ClipLogR, 1 / tableStep, tableIntervals - 1
	by := pieceConstants{[4]float64{-c, -c, -c, -c}, [4]float64{c, c, c, c}, [4]float64{n, n, n, n}, [4]int32{last, last, last, last}}
	_ = dst[4*groups-1]
	piecesAVX2(&dst[0], &logR[0], &t.pieces[0], groups, &by)
	return 4 * groups
}
