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

// compressionsByFormula writes compressionByFormula to dst, at the nodes of row iy from column first on, at most a block of
// them, where V has been evaluated. Without a tabulated weight it is left out where there is no mass.
func (f *field) compressionsByFormula(dst []float64, first, iy int) {
	start := iy*f.grid.NX + first
	if f.drift.table == nil {
		for k := range dst {
			if f.deposit.Mass[start+k] > 0 {
				dst[k] = f.compressionByFormula(first+k, iy)
			}
		}
		return
	}
	var vectors [block]grid.Vector
	var numbers [block]float64
	betas, laplacians := vectors[:len(dst)], numbers[:len(dst)]
	f.grid.Gradients(betas, f.logR, first, iy)
	f.grid.Laplacians(laplacians, f.logR, start)
	f.drift.slope.Values(dst, f.logR[start:start+len(dst)])
	for k, w := range f.weight[start : start+len(dst)] {
		dst[k] = -(dst[k]*betas[k].Dot(betas[k]) + w*laplacians[k])
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
	const edge = 2 * grid.Reach // within which V is not known around a node
	s := identitySums{}
	if iy >= edge && iy < f.grid.NY-edge {
		for first, last := max(f.deposit.First[iy], edge), min(f.deposit.Last[iy], f.grid.NX-edge-1); first <= last; first += block {
			f.addIdentity(&s, first, min(first+block, last+1), iy)
		}
	}
	f.identitySums[iy] = s
}

// addIdentity adds the columns from..to−1 of a row, at most a block of them, to its sums.
func (f *field) addIdentity(s *identitySums, from, to, iy int) {
	var a, b [block]float64
	lefts, rights, start := a[:to-from], b[:to-from], iy*f.grid.NX+from
	f.grid.Divergences(lefts, f.velocity, start)
	f.compressionsByFormula(rights, from, iy)
	// The square of a kernel that is wide enough covers all that V around its middle is computed from.
	wide := f.density.Radius() >= 2*grid.Reach
	for k, mass := range f.deposit.Mass[start : start+len(lefts)] {
		i := start + k
		if mass == 0 || !(wide || f.surrounded(i, from+k, iy)) || !f.unclipped(i) {
			continue
		}
		left, right := -lefts[k], rights[k]
		s.off += mass * math.Abs(left-right)
		s.size += mass * math.Abs(right)
	}
}

func (f *field) unclipped(i int) bool {
	l, up := f.logR, grid.Reach*f.grid.NX
	return max(math.Abs(l[i]), math.Abs(l[i-grid.Reach]), math.Abs(l[i+grid.Reach]), math.Abs(l[i-up]), math.Abs(l[i+up])) < ClipLogR
}
