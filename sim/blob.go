package sim

import (
	"math"

	"undercurrent/sim/density"
	"undercurrent/sim/grid"
)

// blob computes the velocity V = ∇(K_h * Φ), Φ = −δD/δq. With F the objective of the
// smoothed density q_h = K_h * (1/N)Σδ(x − xᵢ), V = −N ∂F/∂xᵢ: a short enough step along
// it never raises F, which the plug-in velocity does not guarantee. The weight, which bounds
// the step of a particle, is edge·(K_h * w): Φ at a distance of d bandwidths contributes
// with d² times the stiffness.
type blob struct {
	*smoothedPotential
	weight, stiffness []float64
	weigh             func(worker, from, to int)
}

// smoothedPotential is K_h * Φ at the nodes, whose gradient at a particle is the steepest descent
// of the objective of the smoothed density.
type smoothedPotential struct {
	kernel              *grid.Convolution
	potential, smoothed []float64
	first, last         []int

	field  *field                   // input of the workers
	curves *density.ObjectiveCurves // of a drift without a reference
	fill   func(worker, from, to int)
}

func newSmoothedPotential(g grid.Grid, k density.Kernel, w *grid.Workers) *smoothedPotential {
	p := &smoothedPotential{kernel: grid.NewConvolution(g, w, k.Taps(g), 1),
		potential: make([]float64, g.Len()), smoothed: make([]float64, g.Len())}
	p.first, p.last = grid.AllColumns(g)
	p.fill = grid.OneByOne(p.fillRow)
	return p
}

// smooth updates K_h * Φ from Φ.
func (p *smoothedPotential) smooth() { p.kernel.Smooth(p.smoothed, p.potential, p.first, p.last) }

// follow updates K_h * Φ from a field after a wide evaluation.
func (p *smoothedPotential) follow(f *field) {
	if p.field = f; f.drift.table != nil {
		p.curves = f.drift.curves()
	}
	f.workers.Rows(f.grid.NY, p.fill)
	p.smooth()
}

// fillRow computes Φ in a row. A node with q = 0 is out of reach of every particle's kernel.
func (p *smoothedPotential) fillRow(iy int) {
	f := p.field
	from := iy * f.grid.NX
	if f.drift.table != nil {
		f.density.Potentials(p.curves, p.potential[from:from+f.grid.NX], from)
	}
	for i := from; i < from+f.grid.NX; i++ {
		switch {
		case !(f.q[i] > 0):
			p.potential[i] = 0
		case f.drift.table == nil:
			p.potential[i], _ = f.potential(i)
		}
	}
}

// edge is a quarter of the square of the distance at which the kernel is truncated, in
// bandwidths.
const edge = density.DefaultReach * density.DefaultReach / 4

func newBlob(g grid.Grid, k density.Kernel, w *grid.Workers) *blob {
	b := &blob{smoothedPotential: newSmoothedPotential(g, k, w),
		weight: make([]float64, g.Len()), stiffness: make([]float64, g.Len())}
	b.weigh = grid.OneByOne(b.weighRow)
	return b
}

// follow updates the smoothed potential and weight from the field.
func (b *blob) follow(f *field) {
	b.field = f
	f.workers.Rows(f.grid.NY, b.weigh)
	b.smooth()
	b.kernel.Smooth(b.stiffness, b.weight, b.first, b.last)
}

// weighRow computes Φ and its weight in a row.
func (b *blob) weighRow(iy int) {
	f := b.field
	for i := iy * f.grid.NX; i < (iy+1)*f.grid.NX; i++ {
		b.potential[i], b.weight[i] = 0, 0
		if f.q[i] > 0 {
			b.potential[i], b.weight[i] = f.potential(i)
		}
	}
}

// potential is Φ at a node with q > 0 and the size of the coefficients of its gradient. With a
// reference both are those of ρ times the support of the particles.
func (f *field) potential(i int) (potential, weight float64) {
	l, support := f.logRatios(i), 1.0
	if f.drift.hasReference() {
		if support = f.density.Support(i); support == 0 {
			return 0, 0
		}
	}
	c := f.drift.Descent(l)
	return support * f.drift.Potential(l), support * (math.Abs(c.Beta) + math.Abs(c.Gamma))
}
