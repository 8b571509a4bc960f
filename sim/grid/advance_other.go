//go:build !amd64

package grid

import "undercurrent/scenarios"

// advanceInVectors is the part of Advance that a vectorised path does: nothing.
func (g Grid) advanceInVectors([]scenarios.Point, []Vector, scenarios.Window) (done, clamped int) {
	return 0, 0
}
