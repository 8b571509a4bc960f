package frames

import "undercurrent/scenarios"

// Frame is one cloud of somebody else's particles.
type Frame struct {
	Number  int
	Points  []scenarios.Point
	Lost    int
	Ordered bool
}
