package grid

// Gradients writes Gradient at the nodes of row iy from column ix on to dst: the same bits, faster.
func (g Grid) Gradients(dst []Vector, values []float64, ix, iy int) {
	from, to := g.InteriorColumns(ix, iy, len(dst))
	for k := range from {
		dst[k] = g.Gradient(values, ix+k, iy)
	}
	for k := from + g.gradientsInVectors(dst[from:to], values, iy*g.NX+ix+from); k < len(dst); k++ {
		dst[k] = g.Gradient(values, ix+k, iy)
	}
}

// Derivatives writes Derivative at the nodes of row iy from column ix on to dst: the same bits, faster.
func (g Grid) Derivatives(dst []Vector, values []float64, ix, iy int) {
	from, to := g.InteriorColumns(ix, iy, len(dst))
	for k := range from {
		dst[k] = g.derivative(values, ix+k, iy)
	}
	for k := from + g.derivativesInVectors(dst[from:to], values, iy*g.NX+ix+from); k < len(dst); k++ {
		dst[k] = g.derivative(values, ix+k, iy)
	}
}

// Laplacians writes Laplacian at nodes of a row from node i on to dst, all of them at least Reach from the border: the same
// bits, faster.
func (g Grid) Laplacians(dst, values []float64, i int) {
	for k := g.laplaciansInVectors(dst, values, i); k < len(dst); k++ {
		dst[k] = g.Laplacian(values, i+k)
	}
}

// Divergences writes Divergence at nodes of a row from node i on to dst, all of them at least Reach from the border: the
// same bits, faster.
func (g Grid) Divergences(dst []float64, v []Vector, i int) {
	for k := g.divergencesInVectors(dst, v, i); k < len(dst); k++ {
		dst[k] = g.Divergence(v, i+k)
	}
}

// InteriorColumns are those of n columns from ix on, counted from 0, that are at least Reach from the border, from up to
// to. In a row next to the border there are none, and from is n.
func (g Grid) InteriorColumns(ix, iy, n int) (from, to int) {
	from, to = max(Reach-ix, 0), min(n, g.NX-Reach-ix)
	if iy < Reach || iy >= g.NY-Reach || from >= to {
		return n, n
	}
	return from, to
}
