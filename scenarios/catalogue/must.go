package catalogue

import "undercurrent/scenarios"

// mustIsotropic is Isotropic for numbers that are written in this package.
func mustIsotropic(means []scenarios.Point, sigma float64, weights []float64) *scenarios.Mixture {
	return must(scenarios.Isotropic(means, sigma, weights))
}

// must is for mixtures whose numbers are written in this package.
func must(m *scenarios.Mixture, err error) *scenarios.Mixture {
	if err != nil {
		panic(err)
	}
	return m
}
