//go:build !amd64

package sim

// valuesInVectors is the part of values that a vectorised path does: none.
func (t *weightTable) valuesInVectors(_, _ []float64) (done int) { return 0 }
