package data

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/internal/portable"
)

const (
	// nodesPerKernel is the standard deviation of the kernel in spacings of the lattice.
	nodesPerKernel = 3
	// kernelReach is where the kernel is truncated, in standard deviations: e⁻⁵⁰ of its peak.
	kernelReach = 10
	// latticeMargin is the distance from the points to the edge of the lattice, in standard
	// deviations of the kernel, so that the edge is out of every kernel's reach.
	latticeMargin = kernelReach + 1
	// maxNodes bounds the nodes of the lattice along an axis, and maxKernels the distance
	// between the outermost points in standard deviations of the kernel.
	maxNodes   = 1024
	maxKernels = (maxNodes-4)/nodesPerKernel - 2*latticeMargin
)

// axisOver returns the axis of the lattice for points from lo to hi. Its outermost nodes are
// used by the spline alone.
func axisOver(lo, hi, kernel float64) axis {
	spacing := kernel / nodesPerKernel
	n := int(math.Ceil((hi-lo)/spacing)) + 2*latticeMargin*nodesPerKernel + 3
	return axis{first: lo - latticeMargin*kernel - spacing, spacing: spacing, n: n}
}

// kernelDensity returns the weighted mean of Gaussians of standard deviations kernel.X and kernel.Y
// about the points, at the nodes of a lattice. A point is deposited on the nine nodes about it
// (triangular shaped cloud), which adds spacing²/4 to the variance along each axis,
// independently of its position in the cell; a convolution along each axis with a Gaussian
// of the remaining variance completes the kernel.
func (s *Sampled) kernelDensity(x, y axis) []float64 {
	deposited := make([]float64, x.n*y.n)
	mass := 1 / (float64(len(s.points)) * x.spacing * y.spacing)
	for n, p := range s.points {
		if s.weights != nil {
			mass = s.weights.Share(n) / (x.spacing * y.spacing)
		}
		i, wx := x.spread(p.X)
		j, wy := y.spread(p.Y)
		from := deposited[(j-1)*x.n+i-1:]
		wx.add((*[3]float64)(from), mass*wy.before)
		wx.add((*[3]float64)(from[x.n:]), mass*wy.nearest)
		wx.add((*[3]float64)(from[2*x.n:]), mass*wy.after)
	}
	return convolve(deposited, x.n, taps(s.kernel.X, x.spacing), taps(s.kernel.Y, y.spacing))
}

// shape is the weights of the node nearest to a point and of its two neighbours. They are no array, so that the compiler
// keeps them in registers.
type shape struct{ before, nearest, after float64 }

// add adds mass to three nodes, by their weights.
func (s shape) add(to *[3]float64, mass float64) {
	to[0] += mass * s.before
	to[1] += mass * s.nearest
	to[2] += mass * s.after
}

// spread returns the node nearest to v, and the weights for a point at v, which is away from the edge.
func (a axis) spread(v float64) (nearest int, weights shape) {
	u := (v - a.first) / a.spacing
	node := math.Ceil(u - 0.5)
	t := u - node
	return int(node), shape{square(0.5-t) / 2, 0.75 - t*t, square(0.5+t) / 2}
}

// taps are the weights of the Gaussian kernel less the variance of the deposit, truncated
// and scaled to sum to one.
func taps(kernel, spacing float64) []float64 {
	const radius = kernelReach * nodesPerKernel
	variance := kernel*kernel - spacing*spacing/4
	weights := make([]float64, 2*radius+1)
	for k := range weights {
		weights[k] = portable.Exp(-square(float64(k-radius)*spacing) / (2 * variance))
	}
	floats.Scale(1/floats.Sum(weights), weights)
	return weights
}

// convolve smooths rows of width values along x, then along y. The field vanishes within the
// radius of the kernel from its edge.
func convolve(field []float64, width int, alongX, alongY []float64) []float64 {
	height := len(field) / width
	rows, out := make([]float64, len(field)), make([]float64, len(field))
	inStripes(height, func(from, to int) {
		for i := from * width; i < to*width; i++ {
			if v := field[i]; v != 0 {
				floats.AddScaled(rows[i-len(alongX)/2:i+len(alongX)/2+1], v, alongX)
			}
		}
	})
	inStripes(height, func(from, to int) {
		for j := from; j < to; j++ {
			for k, w := range alongY {
				if from := j + k - len(alongY)/2; from >= 0 && from < height {
					floats.AddScaled(out[j*width:(j+1)*width], w, rows[from*width:(from+1)*width])
				}
			}
		}
	})
	return out
}

func square(v float64) float64 { return v * v }
