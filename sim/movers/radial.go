package movers

import "undercurrent/internal/portable"

// radial is a kernel k(r) with its potential G, where G′ = −r k:
//
//	Σⱼ k(|x − yⱼ|)(yⱼ − x) = ∇ₓ Σⱼ G(|x − yⱼ|).
type radial struct {
	// logKernel is log k.
	logKernel func(r float64) float64
	// potential is G; nil for that of a Gaussian, which is h²k.
	potential func(r float64) float64
	// levels are the grids on which sums are computed. One whose sums are lost, far from all points,
	// leaves them to the next.
	levels []level
}

// level is a grid of sums.
type level struct {
	nodes float64 // per bandwidth
	reach float64 // where k counts as zero, in bandwidths; 0 is the size of the grid
	faint float64 // smallest sum whose interpolation is accurate
}

// kernel is k.
func (k radial) kernel(r float64) float64 { return portable.Exp(k.logKernel(r)) }

// gaussianKernel is exp(−r²/2h²), with G = h²k.
func gaussianKernel(h float64) radial {
	return radial{
		logKernel: func(r float64) float64 { return -r * r / (2 * h * h) },
		levels:    []level{{nodes: 6, reach: 7, faint: 2e-5}},
	}
}

// laplaceKernel is exp(−r/h), with G = h(h + r)k. Its cusp needs a fine grid, and its tail a large one.
func laplaceKernel(h float64) radial {
	k := radial{
		logKernel: func(r float64) float64 { return -r / h },
		levels:    []level{{nodes: 6, reach: 18}, {nodes: 2}},
	}
	k.potential = func(r float64) float64 { return h * (h + r) * k.kernel(r) }
	return k
}
