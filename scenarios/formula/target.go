package formula

import (
	"math"

	"undercurrent/scenarios"
)

// NewScenario is a scenario of a formula in a window, with what it needs by default.
func NewScenario(text string, log bool, w scenarios.Window) (scenarios.Scenario, error) {
	f, err := NewTarget(text, log)
	if err == nil {
		err = w.Check()
	}
	if err != nil {
		return scenarios.Scenario{}, err
	}
	s := scenarios.Scenario{ID: scenarios.KindFormula, Name: scenarios.KindFormula, Kind: scenarios.KindFormula, Story: text, Target: f, Truth: scenarios.Truth{LogZ: math.NaN()}, Window: w}
	s.FillDefaults()
	return s, nil
}

// LogDensity is the formula, or its logarithm; NaN where the formula has no value or a
// density is negative.
func (f *Target) LogDensity(x, y float64) float64 {
	v := f.term.value(x, y)
	if f.Log {
		return v
	}
	return math.Log(v)
}

// Score is the derivative, zero where it has none.
func (f *Target) Score(x, y float64) (gx, gy float64) {
	d := f.term.slope(x, y)
	if !f.Log {
		d = chain(d, math.Log(d.v), 1/d.v)
	}
	if !scenarios.IsFinite(d.x) || !scenarios.IsFinite(d.y) {
		return 0, 0
	}
	return d.x, d.y
}
