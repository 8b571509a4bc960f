//go:build !amd64

package density

// cubicsInVectors is the part of Curve.Values that a vectorised path does: none.
func cubicsInVectors(_, _, _ []float64) (done int) { return 0 }

// knotsInVectors is the part of knotsOfEach that a vectorised path does: none.
func knotsInVectors([]aroundKnots, []float64) (done int) { return 0 }
