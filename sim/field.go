package sim

import (
	"math"
)

// field is the density of a cloud on the nodes and what follows from it where
// the particles are: log r, the weight and the velocity. A node is occupied
// when a particle lies in one of its four cells; only there, and for log r at
// the four neighbours, values are computed.
type field struct {
	grid    Grid
	crew    *crew
	target  *table
	weights *weightTable
	deposit *deposit
	kernel  *convolution

	q      []float64 // density of the particles, every node
	logR   []float64 // log p − log q, unclipped, occupied nodes and neighbours
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

// ratioRow computes log r at the nodes of a row that are occupied or next to
// one that is.
func (f *field) ratioRow(iy int) {
	nx, mass := f.grid.NX, f.deposit.mass
	below, above := max(iy-1, 0)*nx, min(iy+1, f.grid.NY-1)*nx
	first, last := f.spanAround(iy)
	for ix := first; ix <= last; ix++ {
		i := iy*nx + ix
		near := mass[i] + mass[i-min(ix, 1)] + mass[i+min(nx-1-ix, 1)] + mass[below+ix] + mass[above+ix]
		if near > 0 {
			f.logR[i] = f.target.logP[i] - math.Log(f.q[i])
		}
	}
}

// spanAround bounds the columns of row iy that are occupied or next to one.
func (f *field) spanAround(iy int) (first, last int) {
	d := f.deposit
	first, last = f.grid.NX, -1
	for jy := max(iy-1, 0); jy <= min(iy+1, f.grid.NY-1); jy++ {
		first, last = min(first, d.first[jy]-1), max(last, d.last[jy]+1)
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

// gradient is the central difference of a field at a node, one-sided at the border.
func (g Grid) gradient(values []float64, ix, iy int) vector {
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
