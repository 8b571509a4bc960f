package density

import (
	"math"

	"undercurrent/sim/grid"
	"undercurrent/sim/target"
)

// DefaultReach is the default Kernel.Reach.
const DefaultReach = 4

// Kernel configures a density estimate and the target that it is compared with.
type Kernel struct {
	// Bandwidth is h, the standard deviation of the kernel in units of the window.
	Bandwidth float64
	// Spacing is that of the grid; 0 derives it from the window and the bandwidth.
	Spacing   float64
	Smoothing target.Smoothing
	// Reach is where the kernel is truncated, in bandwidths; 0 is DefaultReach.
	Reach float64
}

// Taps returns the weights of the kernel at the nodes of a grid.
func (k Kernel) Taps(g grid.Grid) []float64 {
	reach := k.Reach
	if reach == 0 {
		reach = DefaultReach
	}
	return grid.KernelTaps(k.Bandwidth, g.Spacing, int(math.Ceil(reach*k.Bandwidth/g.Spacing)))
}
