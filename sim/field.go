package sim

import (
	"math"
)

// field is the density of a cloud on the nodes and what follows from it where
// the particles are: log r, the weight and the velocity. A node is occupied
// when a particle lies in one of its four cells; only there, and for log r around
// it, values are computed.
type field struct {
	grid    Grid
	crew    *crew
	target  *table
	weights *weightTable
	deposit *deposit
	kernel  *convolution

	q      []float64 // density of the particles, every node
	logR   []float64 // log p − log q, unclipped, around occupied nodes
	weight []float64 // w(r), occupied nodes
	beta   []vector  // ∇log r, occupied nodes

	ratio, weigh func(part, parts int)
}

func newField(g Grid, t *table, bandwidth float64, particles int, c *crew) *field {
	n := g.Len()
	radius := int(math.Ceil(kernelBandwidths * bandwidth / g.Spacing))
	taps := gaussianTaps(kernelVariance(bandwidth, g.Spacing), g.Spacing, radius)
	f := &field{grid: g, crew: c, target: t,
		deposit: newDeposit(g, c, particles), kernel: newConvolution(g, c, taps, 1/g.Area()),
		q: make([]float64, n), logR: make([]float64, n), weight: make([]float64, n), beta: make([]vector, n)}
	f.ratio, f.weigh = f.ratioPart, f.weighPart
	return f
}

// density brings q up to date with the deposit.
func (f *field) density() {
	d := f.deposit
	f.kernel.smooth(f.q, d.mass, d.first, d.last)
}

// evaluate computes log r, then β and w, at the occupied nodes.
func (f *field) evaluate(w *weightTable) {
	f.weights = w
	f.crew.do(f.crew.size(), f.ratio)
	f.crew.do(f.crew.size(), f.weigh)
}

func (f *field) ratioPart(part, parts int) {
	from, to := share(f.grid.NY, part, parts)
	for iy := from; iy < to; iy++ {
		f.ratioRow(iy)
	}
}

// ratioRow computes log r at the nodes of a row that the gradient at an occupied
// node reaches. The kernel is wider than that reach, so q > 0 there.
func (f *field) ratioRow(iy int) {
	first, last := f.spanAround(iy)
	row := iy * f.grid.NX
	for i := row + first; i <= row+last; i++ {
		if q := f.q[i]; q > 0 {
			f.logR[i] = f.target.logP[i] - math.Log(q)
		}
	}
}

// spanAround bounds the columns of row iy that a gradient reaches.
func (f *field) spanAround(iy int) (first, last int) {
	d := f.deposit
	first, last = f.grid.NX, -1
	for jy := max(iy-gradientReach, 0); jy <= min(iy+gradientReach, f.grid.NY-1); jy++ {
		first, last = min(first, d.first[jy]-gradientReach), max(last, d.last[jy]+gradientReach)
	}
	return max(first, 0), min(last, f.grid.NX-1)
}

func (f *field) weighPart(part, parts int) {
	from, to := share(f.grid.NY, part, parts)
	for iy := from; iy < to; iy++ {
		for ix := f.deposit.first[iy]; ix <= f.deposit.last[iy]; ix++ {
			i := iy*f.grid.NX + ix
			if f.deposit.mass[i] > 0 {
				f.beta[i] = f.grid.gradient(f.logR, ix, iy)
				f.weight[i] = f.weights.at(f.logR[i])
			}
		}
	}
}

// gradientReach is how many nodes away the gradient looks.
const gradientReach = 2

// gradient is the gradient at a node such that its bilinear value between the
// nodes is right on average. Central differences alone are off by dx²/6·∂³ along
// their axis, and bilinear interpolation broadens by dx²/12·Δ; subtracting both
// on the nodes,
//
//	∂ₓ ≈ Dₓ(1 − δₓ²/4 − δᵧ²/12),
//
// Dₓ the central difference and δ² the second difference, leaves a quarter of
// the error at no cost to the particles. At the border it is a plain difference.
func (g Grid) gradient(values []float64, ix, iy int) vector {
	if ix < gradientReach || iy < gradientReach || ix >= g.NX-gradientReach || iy >= g.NY-gradientReach {
		return g.borderGradient(values, ix, iy)
	}
	const near, far, diagonal = 5. / 6, 1. / 8, 1. / 24
	i, nx := iy*g.NX+ix, g.NX
	here := values[i-2 : i+3 : i+3]
	above, below := values[i+nx-1:i+nx+2:i+nx+2], values[i-nx-1:i-nx+2:i-nx+2]
	inv := 1 / g.Spacing
	return vector{
		x: inv * (near*(here[3]-here[1]) - far*(here[4]-here[0]) - diagonal*(above[2]-above[0]+below[2]-below[0])),
		y: inv * (near*(above[1]-below[1]) - far*(values[i+2*nx]-values[i-2*nx]) - diagonal*(above[2]-below[2]+above[0]-below[0])),
	}
}

// borderGradient is the central difference, one-sided at the border.
func (g Grid) borderGradient(values []float64, ix, iy int) vector {
	left, right := max(ix-1, 0), min(ix+1, g.NX-1)
	below, above := max(iy-1, 0), min(iy+1, g.NY-1)
	row := iy * g.NX
	return vector{
		x: (values[row+right] - values[row+left]) / (float64(right-left) * g.Spacing),
		y: (values[above*g.NX+ix] - values[below*g.NX+ix]) / (float64(above-below) * g.Spacing),
	}
}

// clipLog bounds log r to ±ClipLogR.
func clipLog(logR float64) float64 { return min(max(logR, -ClipLogR), ClipLogR) }
