package catalogue

import "undercurrent/scenarios"

// mustIsotropic is scenarios.Isotropic for constants; it panics on an error.
func mustIsotropic(means []scenarios.Point, sigma float64, weights []float64) *scenarios.Mixture {
	return must(scenarios.Isotropic(means, sigma, weights))
}

// must returns m and panics on an error.
func must(m *scenarios.Mixture, err error) *scenarios.Mixture {
	if err != nil {
		panic(err)
	}
	return m
}
