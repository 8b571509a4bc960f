//go:build !amd64

package grid

import "undercurrent/scenarios"

// nearestInVectors is the part of NearestOfEach that a vectorised path does: none.
func (g Grid) nearestInVectors([]int32, []scenarios.Point) (done int) { return 0 }
