package grid

// Gradients writes Gradient at the nodes of row iy from column ix on to dst: the same bits, faster.
func (g Grid) Gradients(dst []Vector, values []float64, ix, iy int) {
	g.alongRow(dst, values, ix, iy, g.gradientsInVectors, g.Gradient)
}

// Derivatives writes Derivative at the nodes of row iy from column ix on to dst: the same bits, faster.
func (g Grid) Derivatives(dst []Vector, values []float64, ix, iy int) {
	g.alongRow(dst, values, ix, iy, g.derivativesInVectors, g.derivative)
}

// alongRow writes the values at the nodes of a row from column ix on: those in the interior as far as a vectorised path
// goes, which returns how far, and the others one by one.
func (g Grid) alongRow(dst []Vector, values []float64, ix, iy int, inVectors func(dst []Vector, values []float64, i int) (done int), single func(values []float64, ix, iy int) Vector) {
	_ = values[:g.Len()]
	from, to := max(Reach-ix, 0), min(len(dst), g.NX-Reach-ix)
	if iy < Reach || iy >= g.NY-Reach || from >= to {
		from, to = len(dst), len(dst)
	}
	for k := range from {
		dst[k] = single(values, ix+k, iy)
	}
	for k := from + inVectors(dst[from:to], values, iy*g.NX+ix+from); k < len(dst); k++ {
		dst[k] = single(values, ix+k, iy)
	}
}

// Laplacians writes Laplacian at nodes of a row from node i on to dst, all of them at least Reach from the border: the same
// bits, faster.
func (g Grid) Laplacians(dst, values []float64, i int) {
	_, _ = values[i-Reach*g.NX], values[i+len(dst)-1+Reach*g.NX]
	for k := g.laplaciansInVectors(dst, values, i); k < len(dst); k++ {
		dst[k] = g.Laplacian(values, i+k)
	}
}

// Divergences writes Divergence at nodes of a row from node i on to dst, all of them at least Reach from the border: the
// same bits, faster.
func (g Grid) Divergences(dst []float64, v []Vector, i int) {
	_, _ = v[i-Reach*g.NX], v[i+len(dst)-1+Reach*g.NX]
	for k := g.divergencesInVectors(dst, v, i); k < len(dst); k++ {
		dst[k] = g.Divergence(v, i+k)
	}
}
