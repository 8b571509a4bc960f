package data

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
)

// fromLogDensity returns the target of a formula of the log-density.
func fromLogDensity(o scenarios.Origin, w scenarios.Window, _ Files) (scenarios.Scenario, error) {
	return fromFormula(o.Text, true, w)
}

// fromDensity returns the target of a formula of the density.
func fromDensity(o scenarios.Origin, w scenarios.Window, _ Files) (scenarios.Scenario, error) {
	return fromFormula(o.Text, false, w)
}

func fromFormula(text string, log bool, w scenarios.Window) (scenarios.Scenario, error) {
	f, err := formula.NewTarget(text, log)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	return scenarios.Scenario{
		Kind: scenarios.KindFormula, Story: text, Target: f, Truth: scenarios.Truth{LogZ: math.NaN()},
		Window: w, Origin: scenarios.Origin{Text: f.Text},
	}, nil
}
