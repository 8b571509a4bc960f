//go:build !amd64

package grid

// gradientsInVectors and derivativesInVectors are the parts of Gradients and Derivatives that a vectorised path does: none.
func (g Grid) gradientsInVectors([]Vector, []float64, int) (done int) { return 0 }

func (g Grid) derivativesInVectors([]Vector, []float64, int) (done int) { return 0 }
