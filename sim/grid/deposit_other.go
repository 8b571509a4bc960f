//go:build !amd64

package grid

import "undercurrent/scenarios"

// spreadInVectors is the part of spread that a vectorised path does: nothing.
func (g Grid) spreadInVectors([]int64, []scenarios.Point) (done int) { return 0 }
