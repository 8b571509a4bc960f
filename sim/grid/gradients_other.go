//go:build !amd64

package grid

// What a vectorised path does: nothing.
func (g Grid) gradientsInVectors([]Vector, []float64, int) (done int) { return 0 }

func (g Grid) derivativesInVectors([]Vector, []float64, int) (done int) { return 0 }

func (g Grid) laplaciansInVectors([]float64, []float64, int) (done int) { return 0 }

func (g Grid) divergencesInVectors([]float64, []Vector, int) (done int) { return 0 }
