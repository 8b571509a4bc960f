package catalogue

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// zOf is the normalizing constant that is known, otherwise that by quadrature.
func zOf(s scenarios.Scenario) float64 {
	if math.IsNaN(s.Truth.LogZ) {
		z, _ := scenariotest.Integral(s.Target, scenariotest.Grown(s.Window, 0.6), s.Bandwidth)
		return z
	}
	return math.Exp(s.Truth.LogZ)
}
