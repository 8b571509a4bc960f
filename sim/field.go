package sim

import (
	"math"

	"undercurrent/divergences"
)

// field is the density of a cloud on the nodes and what follows from it where
// the particles are: log r, the weight and the velocity. A node is occupied
// when a particle lies in one of its four cells; only there, and for log r around
// it, values are computed.
type field struct {
	grid    Grid
	crew    *crew
	target  *table
	law     *law
	wide    bool // everything wherever there is q, not only at occupied nodes
	deposit *deposit
	kernel  *convolution

	least    float64   // density from which a node counts as holding particles
	q        []float64 // density of the particles, every node
	logR     []float64 // log p − log q, unclipped, around occupied nodes
	logRho   []float64 // log ρ − log q beside it, where ρ is a density of its own
	weight   []float64 // size of the coefficients of V, occupied nodes
	velocity []vector  // V, occupied nodes
	sums     []moments // a row each
	sides    []sides   // a row each

	ratio, mean, drift, weigh, steer, compare func(part, parts int)
}

// law is a drift made ready for the nodes of a grid.
type law struct {
	drift divergences.Drift
	ref   divergences.Reference
	rho   *reference
	table *weightTable // of a drift that depends on log r alone, otherwise nil
	// average is m = E_ρ[log r] of the present cloud, where there is a reference.
	average float64
	blob    *blob // nil for the plug-in velocity
}

func newField(g Grid, t *table, s Settings, c *crew) *field {
	n := g.Len()
	f := &field{grid: g, crew: c, target: t, kernel: newConvolution(g, c, kernelTaps(g, s), 1/g.Area()),
		q: make([]float64, n), logR: make([]float64, n), weight: make([]float64, n), velocity: make([]vector, n),
		sums: make([]moments, g.NY), sides: make([]sides, g.NY)}
	f.ratio, f.mean, f.drift, f.weigh = f.rows(f.ratioRow), f.rows(f.meanRow), f.rows(f.driftRow), f.rows(f.weighRow)
	f.steer, f.compare = f.rows(f.steerRow), f.rows(f.compareRow)
	f.resize(s)
	return f
}

// resize prepares the field for another number of particles.
func (f *field) resize(s Settings) {
	f.least, f.deposit = leastHeld(s.Bandwidth, s.Particles), newDeposit(f.grid, f.crew, s.Particles)
}

// kernelTaps is the kernel of the particles on the nodes.
func kernelTaps(g Grid, s Settings) []float64 {
	radius := int(math.Ceil(s.kernelReach() * s.Bandwidth / g.Spacing))
	return gaussianTaps(kernelVariance(s.Bandwidth, g.Spacing), g.Spacing, radius)
}

// rows is a task of the crew that visits the rows of its part.
func (f *field) rows(visit func(iy int)) func(part, parts int) {
	return func(part, parts int) {
		from, to := share(f.grid.NY, part, parts)
		for iy := from; iy < to; iy++ {
			visit(iy)
		}
	}
}

// each has the crew do one of the field's tasks.
func (f *field) each(task func(part, parts int)) { f.crew.do(f.crew.size(), task) }

// density brings q up to date with the deposit.
func (f *field) density() {
	d := f.deposit
	f.kernel.smooth(f.q, d.mass, d.first, d.last)
}

// evaluate computes log r, then V and its weight, at the occupied nodes, or where
// wide at every solid one.
func (f *field) evaluate(l *law, wide bool) {
	f.law, f.wide = l, wide
	if l.rho != nil && len(f.logRho) == 0 {
		f.logRho = make([]float64, f.grid.Len())
	}
	f.each(f.ratio)
	if l.table != nil {
		f.each(f.weigh)
	} else {
		f.each(f.mean)
		l.average = average(f.sums)
		f.each(f.drift)
	}
	if l.blob != nil {
		l.blob.smooth(f)
		f.each(f.steer)
	}
}

// ratioRow computes log r at the nodes of a row that the gradient at an occupied
// node reaches. The kernel is wider than that reach, so q > 0 there.
func (f *field) ratioRow(iy int) {
	first, last := f.spanAround(iy)
	row := iy * f.grid.NX
	for i := row + first; i <= row+last; i++ {
		q := f.q[i]
		if q <= 0 {
			continue
		}
		logQ := math.Log(q)
		f.logR[i] = f.target.logP[i] - logQ
		if f.law.rho != nil {
			f.logRho[i] = f.law.rho.log[i] - logQ
		}
	}
}

// spanAround bounds the columns of row iy that a gradient reaches, or all where
// more than the gradient is asked for.
func (f *field) spanAround(iy int) (first, last int) {
	if f.wide || f.law.table == nil || f.law.blob != nil {
		return 0, f.grid.NX - 1
	}
	d := f.deposit
	first, last = f.grid.NX, -1
	for jy := max(iy-gradientReach, 0); jy <= min(iy+gradientReach, f.grid.NY-1); jy++ {
		first, last = min(first, d.first[jy]-gradientReach), max(last, d.last[jy]+gradientReach)
	}
	return max(first, 0), min(last, f.grid.NX-1)
}

// span bounds the columns of row iy whose nodes are looked at.
func (f *field) span(iy int) (first, last int) {
	if f.wide {
		return 0, f.grid.NX - 1
	}
	return f.deposit.first[iy], f.deposit.last[iy]
}

// looked tells whether a node within the span is one of them.
func (f *field) looked(i, ix, iy int) bool {
	return f.deposit.mass[i] > 0 || f.wide && f.solid(i, ix, iy)
}

// solid tells whether q > 0 wherever the gradient at a node looks. The kernel's
// reach is a square, so its corners speak for all.
func (f *field) solid(i, ix, iy int) bool {
	const r = gradientReach
	if ix < r || iy < r || ix >= f.grid.NX-r || iy >= f.grid.NY-r {
		return false
	}
	up := r * f.grid.NX
	return min(f.q[i-up-r], f.q[i-up+r], f.q[i+up-r], f.q[i+up+r], f.q[i]) > 0
}

// weighRow is V = w(r)·β in a row.
func (f *field) weighRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.looked(i, ix, iy) {
			w := f.law.table.at(f.logR[i])
			f.weight[i], f.velocity[i] = w, f.grid.gradient(f.logR, ix, iy).times(w)
		}
	}
}

// driftRow is V = a·β + b·γ in a row, its weight |a| + |b|.
func (f *field) driftRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		i := iy*f.grid.NX + ix
		if !f.looked(i, ix, iy) {
			continue
		}
		c := f.law.drift.Velocity(f.place(i))
		v := f.grid.gradient(f.logR, ix, iy).times(c.Beta)
		if f.law.rho != nil {
			v = v.plus(f.grid.gradient(f.logRho, ix, iy).times(c.Gamma))
		}
		f.weight[i], f.velocity[i] = math.Abs(c.Beta)+math.Abs(c.Gamma), v
	}
}

// steerRow replaces V by the gradient of the smoothed potential, and the weight.
func (f *field) steerRow(iy int) {
	first, last := f.span(iy)
	for ix := first; ix <= last; ix++ {
		if i := iy*f.grid.NX + ix; f.looked(i, ix, iy) {
			f.velocity[i], f.weight[i] = f.grid.gradient(f.law.blob.smoothed, ix, iy), edge*f.law.blob.stiffness[i]
		}
	}
}

// place is what the drift sees of a node with q > 0.
func (f *field) place(i int) divergences.Place {
	at := divergences.Place{LogR: f.logR[i], Mean: f.law.average}
	if f.law.rho != nil {
		at.LogRho = f.logRho[i]
	} else {
		at.LogRho = f.law.ref.LogRho(at.LogR)
	}
	return at
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
