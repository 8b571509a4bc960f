package data

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
)

const (
	// nodesPerKernel is how many nodes of the lattice a kernel's standard deviation has.
	nodesPerKernel = 3
	// kernelReach is where the kernel is cut, in standard deviations: e⁻⁵⁰ of its peak.
	kernelReach = 10
	// latticeMargin is how far the lattice reaches beyond the points, so that its rim
	// is out of every kernel's reach.
	latticeMargin = kernelReach + 1
	// mostNodes bounds the lattice along either axis, and mostKernels what it holds
	// between the outermost points.
	maxNodes   = 1024
	maxKernels = (maxNodes-4)/nodesPerKernel - 2*latticeMargin
)

// axisOver is the axis for points from lo to hi under a kernel. Its outermost nodes are
// for the spline alone.
func axisOver(lo, hi, kernel float64) axis {
	spacing := kernel / nodesPerKernel
	n := int(math.Ceil((hi-lo)/spacing)) + 2*latticeMargin*nodesPerKernel + 3
	return axis{first: lo - latticeMargin*kernel - spacing, spacing: spacing, n: n}
}

// kernelDensity is the mean of Gaussians of standard deviations kernel.X and kernel.Y
// about the points, at the nodes of a lattice. A point is spread on the nine nodes about it
// (triangular shaped cloud), which adds spacing²/4 to the variance along an axis wherever
// in its cell it lies; a convolution along either axis with a Gaussian of the rest
// makes it up.
func kernelDensity(points []scenarios.Point, x, y axis, kernel scenarios.Point) []float64 {
	deposited := make([]float64, x.n*y.n)
	share := 1 / (float64(len(points)) * x.spacing * y.spacing)
	for _, p := range points {
		i, wx := x.spread(p.X)
		j, wy := y.spread(p.Y)
		for k, w := range wy {
			row := deposited[(j-1+k)*x.n+i-1:]
			for l, v := range wx {
				row[l] += share * w * v
			}
		}
	}
	return convolve(deposited, x.n, taps(kernel.X, x.spacing), taps(kernel.Y, y.spacing))
}

// spread is the node nearest to v, and what it and those beside it have of a point there.
func (a axis) spread(v float64) (nearest int, weights [3]float64) {
	k, t := a.cell(v)
	if t > 0.5 {
		k, t = k+1, t-1
	}
	return k, [3]float64{square(0.5-t) / 2, 0.75 - t*t, square(0.5+t) / 2}
}

// taps are the Gaussian kernel without the deposit's variance, cut and scaled to sum to
// one.
func taps(kernel, spacing float64) []float64 {
	const radius = kernelReach * nodesPerKernel
	variance := kernel*kernel - spacing*spacing/4
	weights := make([]float64, 2*radius+1)
	for k := range weights {
		weights[k] = math.Exp(-square(float64(k-radius)*spacing) / (2 * variance))
	}
	floats.Scale(1/floats.Sum(weights), weights)
	return weights
}

// convolve smooths rows of so many values along x, then along y. The field vanishes on a
// rim as wide as the kernel.
func convolve(field []float64, width int, alongX, alongY []float64) []float64 {
	height := len(field) / width
	rows, out := make([]float64, len(field)), make([]float64, len(field))
	for at, v := range field {
		if v != 0 {
			floats.AddScaled(rows[at-len(alongX)/2:at+len(alongX)/2+1], v, alongX)
		}
	}
	for j := range height {
		for k, w := range alongY {
			if from := j + k - len(alongY)/2; from >= 0 && from < height {
				floats.AddScaled(out[j*width:(j+1)*width], w, rows[from*width:(from+1)*width])
			}
		}
	}
	return out
}

func square(v float64) float64 { return v * v }
