package data

import (
	"math"

	"undercurrent/scenarios"
	"undercurrent/scenarios/formula"
)

// ofLogDensity is the target of a formula of the log-density.
func ofLogDensity(o scenarios.Origin, w scenarios.Window, _ Files) (scenarios.Scenario, error) {
	return ofFormula(o.Text, true, w)
}

// ofDensity is the target of a formula of the density.
func ofDensity(o scenarios.Origin, w scenarios.Window, _ Files) (scenarios.Scenario, error) {
	return ofFormula(o.Text, false, w)
}

func ofFormula(text string, log bool, w scenarios.Window) (scenarios.Scenario, error) {
	f, err := formula.NewTarget(text, log)
	if err != nil {
		return scenarios.Scenario{}, err
	}
	return scenarios.Scenario{
		Kind: scenarios.KindFormula, Story: text, Target: f, Truth: scenarios.Truth{LogZ: math.NaN()},
		Window: w, Origin: scenarios.Origin{Text: f.Text},
	}, nil
}
