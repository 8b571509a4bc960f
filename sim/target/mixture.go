package target

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/sim/grid"
)

// maxCut is the mass outside a grid up to which a mixture is tabulated in closed form. The
// closed form is that of the whole plane; where more of the target is cut off, its mass beyond
// the edge would be smoothed into the grid.
const maxCut = 1e-3

// gaussians returns the mixture if it can be tabulated in closed form on a grid: if it is a sum
// of Gaussians of which at most maxCut is outside.
func gaussians(t scenarios.Target, g grid.Grid) (m *scenarios.Mixture, outside float64, ok bool) {
	m, ok = t.(*scenarios.Mixture)
	if !ok {
		return nil, 0, false
	}
	outside = outsideBound(m, g)
	return m, outside, outside <= maxCut
}

// outsideBound is an upper bound of the mass of a mixture outside a grid: the sum of its masses
// beyond each of the four sides.
func outsideBound(m *scenarios.Mixture, g grid.Grid) (mass float64) {
	beyond := func(distance, variance float64) float64 { return math.Erfc(distance/math.Sqrt(2*variance)) / 2 }
	for _, c := range m.Components() {
		mass += c.Weight * (beyond(c.Mean.X-g.X(0), c.Cov.XX) + beyond(g.X(g.NX-1)-c.Mean.X, c.Cov.XX) +
			beyond(c.Mean.Y-g.Y(0), c.Cov.YY) + beyond(g.Y(g.NY-1)-c.Mean.Y, c.Cov.YY))
	}
	return min(mass, 1)
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
