package sim

import (
	"math"

	"undercurrent/sim/grid"
)

// compression is −div V at a node by fourth-order central differences of V, NaN where V is
// not known around it. It is d log q/dt along a trajectory.
func (f *field) compression(ix, iy int) float64 {
	i := iy*f.grid.NX + ix
	if !f.surrounded(i, ix, iy) {
		return math.NaN()
	}
	return -f.grid.Divergence(f.velocity, i)
}

// surrounded reports whether V is known at the nodes around one that its divergence
// reads.
func (f *field) surrounded(i, ix, iy int) bool {
	const r = grid.Reach
	e, up := f.density, r*f.grid.NX
	return ix >= r && iy >= r && ix < f.grid.NX-r && iy < f.grid.NY-r &&
		e.Solid(i-r, ix-r, iy) && e.Solid(i+r, ix+r, iy) && e.Solid(i-up, ix, iy-r) && e.Solid(i+up, ix, iy+r)
}

// compressionByFormula is −div(aβ + bγ) from the coefficients, gradients and
// Laplacians of log r and log(ρ/q): for V = w β it is
//
//	−div V = −w·[e|β|² + Δ log r],   e = d ln w/d ln r.
func (f *field) compressionByFormula(ix, iy int) float64 {
	i := iy*f.grid.NX + ix
	c := f.drift.Velocity(f.logRatios(i))
	beta := f.grid.Gradient(f.logR, ix, iy)
	sum := c.BetaByR*beta.Dot(beta) + c.Beta*f.grid.Laplacian(f.logR, i)
	if f.drift.rho != nil {
		gamma := f.grid.Gradient(f.logRho, ix, iy)
		sum += (c.BetaByRho+c.GammaByR)*beta.Dot(gamma) + c.GammaByRho*gamma.Dot(gamma) + c.Gamma*f.grid.Laplacian(f.logRho, i)
	}
	return -sum
}

// compressionsByFormula writes compressionByFormula for V = w β, of a tabulated w, to dst: at the nodes of row iy from
// column first on, at most a block of them, where V has been evaluated. At nodes next to the border it means nothing.
func (f *field) compressionsByFormula(dst []float64, first, iy int) {
	var memory [block]grid.Vector
	betas, start := memory[:len(dst)], iy*f.grid.NX+first
	f.grid.Gradients(betas, f.logR, first, iy)
	f.drift.slope.Values(dst, f.logR[start:start+len(dst)])
	for k, beta := range betas {
		if f.grid.Interior(first+k, iy) {
			dst[k] = -(dst[k]*beta.Dot(beta) + f.weight[start+k]*f.grid.Laplacian(f.logR, start+k))
		}
	}
}

// identityResidual is E_q|L − R| / E_q|R| of the compression–elasticity identity: L by finite
// differences of V on the grid, R by the formula. It is NaN if every node is left out, and
// for the blob velocity, which is not of the form aβ + bγ. V is known near the occupied nodes.
func (f *field) identityResidual() float64 {
	if f.drift.blob != nil {
		return math.NaN()
	}
	if f.drift.table != nil {
		f.drift.slopes() // tabulated before the workers read it
	}
	f.workers.Rows(f.grid.NY, f.tasks.identity)
	off, size := 0.0, 0.0
	for _, s := range f.identitySums {
		off += s.off
		size += s.size
	}
	if size == 0 {
		return math.NaN()
	}
	return off / size
}

// identitySums are the sums of |L − R| and |R| over the particles of a row.
type identitySums struct{ off, size float64 }

// identityRow sums over a row. It omits nodes with a clipped log r among their neighbours:
// there the weight has a kink and no elasticity.
func (f *field) identityRow(iy int) {
	s := identitySums{}
	var memory [block]float64
	first, end := f.deposit.Span(iy)
	for from := first; from < end; from += block {
		to := min(from+block, end)
		rights := memory[:to-from]
		if f.drift.table != nil {
			f.compressionsByFormula(rights, from-iy*f.grid.NX, iy)
		}
		for k, mass := range f.deposit.Mass[from:to] {
			i := from + k
			ix := i - iy*f.grid.NX
			if mass == 0 || !f.surrounded(i, ix, iy) || !f.unclipped(i) {
				continue
			}
			right := rights[k]
			if f.drift.table == nil {
				right = f.compressionByFormula(ix, iy)
			}
			s.off += mass * math.Abs(f.compression(ix, iy)-right)
			s.size += mass * math.Abs(right)
		}
	}
	f.identitySums[iy] = s
}

func (f *field) unclipped(i int) bool {
	l, up := f.logR, grid.Reach*f.grid.NX
	return max(math.Abs(l[i]), math.Abs(l[i-grid.Reach]), math.Abs(l[i+grid.Reach]), math.Abs(l[i-up]), math.Abs(l[i+up])) < ClipLogR
}
