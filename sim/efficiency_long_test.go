//go:build long

package sim

import "testing"

func TestEfficienciesOnEveryScenarioAndMoment(t *testing.T) {
	efficienciesOnEveryScenario(t, 4000, 100, 1, 0, 1, 5, 20, 60, 150)
}
