//go:build !amd64

package grid

import "undercurrent/scenarios"

// spreadChangeInVectors is the part of SpreadChange that a vectorised path does: none.
func (g Grid) spreadChangeInVectors([]int64, []scenarios.Point, []Vector, scenarios.Window, float64) (done int) {
	return 0
}
