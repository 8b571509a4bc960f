//go:build long

package catalogue

import (
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestManyDrawsHaveTheMomentsOfTheDensity(t *testing.T) { samplerHasMoments(t, 1_000_000) }

func TestManyDrawsAreFromTheDensity(t *testing.T) {
	const across = 60
	samplerDrawsFromDensity(t, across, 200_000, func(s scenarios.Scenario) []float64 {
		return scenariotest.CellMasses(s.Target, s.Window, across)
	})
}
