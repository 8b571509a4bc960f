package target

import (
	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// gaussians returns a mixture of Gaussians and its mass outside a grid, and reports whether it can
// be tabulated in closed form: if no more than MaxOutside is outside. The closed form is that of
// the whole plane; where more of the target is cut off, its mass beyond the edge would be
// smoothed into the grid.
func gaussians(t scenarios.Target, g grid.Grid) (m *scenarios.Mixture, outside float64, ok bool) {
	m, ok = t.(*scenarios.Mixture)
	if !ok {
		return nil, 0, false
	}
	outside = m.MassOutside(g.Bounds())
	return m, outside, outside <= MaxOutside
}

// widened is the mixture smoothed by the Gaussian of bandwidth h: Σ wₖ N(μₖ, Σₖ + h²I).
func widened(m *scenarios.Mixture, h float64) *scenarios.Mixture {
	list := m.Components()
	for k := range list {
		list[k].Cov.XX += h * h
		list[k].Cov.YY += h * h
	}
	wide, err := scenarios.NewMixture(list)
	if err != nil {
		panic(err) // wider components are valid
	}
	return wide
}
