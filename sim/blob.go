package sim

import (
	"math"
	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// blob makes the velocity V = ∇(K_h * Φ), Φ = −δD/δq. With F the objective of the
// smoothed density q_h = K_h * (1/N)Σδ(x − xᵢ), it is −N ∂F/∂xᵢ: a step along it
// that is short enough never raises F, which the plug-in cannot promise. A particle
// feels Φ as far as its kernel reaches, and so its weight, which says how long a step
// it takes, is K_h * w, and more by the factor edge: what lies d bandwidths away is
// d² times as stiff.
type blob struct {
	kernel              *grid.Convolution
	potential, smoothed []float64
	weight, stiffness   []float64
	first, last         []int
	field               *field
	fill                func(part, parts int)
}

// edge is a quarter of the square of the distance at which the kernel is cut.
const edge = density.DefaultReach * density.DefaultReach / 4

func newBlob(g grid.Grid, k density.Kernel, w *grid.Workers) *blob {
	b := &blob{kernel: grid.NewConvolution(g, w, k.Taps(g), 1),
		potential: make([]float64, g.Len()), smoothed: make([]float64, g.Len()),
		weight: make([]float64, g.Len()), stiffness: make([]float64, g.Len())}
	b.first, b.last = grid.AllColumns(g)
	b.fill = b.fillPart
	return b
}

// smooth brings the smoothed potential and weight up to date with the field.
func (b *blob) smooth(f *field) {
	b.field = f
	f.workers.All(b.fill)
	b.kernel.Smooth(b.smoothed, b.potential, b.first, b.last)
	b.kernel.Smooth(b.stiffness, b.weight, b.first, b.last)
}

func (b *blob) fillPart(part, parts int) {
	f := b.field
	from, to := grid.Partition(len(b.potential), part, parts)
	for i := from; i < to; i++ {
		b.potential[i], b.weight[i] = 0, 0
		// Where q = 0 no particle's kernel reaches, and none feels the potential.
		if f.q[i] > 0 {
			at := f.place(i)
			c := f.drift.Descent(at)
			b.potential[i], b.weight[i] = f.drift.Potential(at), math.Abs(c.Beta)+math.Abs(c.Gamma)
		}
	}
}
