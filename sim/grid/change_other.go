//go:build !amd64

package grid

import "undercurrent/scenarios"

// spreadChangeInVectors is the part of spreadChange that a vectorised path does: nothing.
func (g Grid) spreadChangeInVectors([]int64, []scenarios.Point, []Vector, scenarios.Window, float64, bool) (done, clamped int) {
	return 0, 0
}
