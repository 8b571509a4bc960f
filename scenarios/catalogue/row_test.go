package catalogue

import (
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

func TestRowsEqualTheirNodes(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		w := scenariotest.Grown(s.Window, 0.3)
		for j := range 40 {
			y := w.YMin + (w.YMax-w.YMin)*float64(j)/39
			scenariotest.CheckRow(t, s.Target, 333, w.XMin, (w.XMax-w.XMin)/332, y)
		}
	})
}

// The order of the components decides no more than the last bit.
func TestRowsMayBeEmpty(t *testing.T) {
	scenarios.LogDensityRow(gmm40().Target, nil, 0, 1, 0)
}

func BenchmarkLogDensityRowGMM40(b *testing.B) {
	target, row := gmm40().Target, make([]float64, 1027)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		scenarios.LogDensityRow(target, row, -56, 112./1026, -56+112*float64(i%97)/96)
	}
}
