package catalogue

import (
	"math"
	"sync"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// once computes something of a built-in scenario when it is first asked for.
func once[T any](of func(s scenarios.Scenario) T) func(s scenarios.Scenario) T {
	known := map[string]func() T{}
	for _, s := range All() {
		known[s.ID] = sync.OnceValue(func() T { return of(s) })
	}
	return func(s scenarios.Scenario) T { return known[s.ID]() }
}

// quadrature is ∫ exp(LogDensity) around the window of a scenario, and the spacing that it takes.
type quadrature struct{ z, spacing float64 }

var quadratureOf = once(func(s scenarios.Scenario) quadrature {
	z, spacing := scenariotest.Integral(s.Target, around(s), s.Bandwidth)
	return quadrature{z, spacing}
})

// around is more than the window of a scenario.
func around(s scenarios.Scenario) scenarios.Window { return scenariotest.Grown(s.Window, 0.6) }

// cellMassesOf are the masses in cellsAcross × cellsAcross cells of the window.
var cellMassesOf = once(func(s scenarios.Scenario) []float64 {
	return scenariotest.CellMasses(s.Target, s.Window, cellsAcross)
})

const cellsAcross = 40

// zOf is the normalizing constant that is known, otherwise that by quadrature.
func zOf(s scenarios.Scenario) float64 {
	if math.IsNaN(s.Truth.LogZ) {
		return quadratureOf(s).z
	}
	return math.Exp(s.Truth.LogZ)
}
