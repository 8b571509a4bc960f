package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

func fourWells() scenarios.Scenario {
	target := mustIsotropic([]scenarios.Point{{X: 0.5, Y: 0.5}, {X: -0.5, Y: 0.5}, {X: -0.5, Y: -0.5}, {X: 0.5, Y: -0.5}}, math.Sqrt(1.0/200), nil)
	return scenarios.Scenario{
		Name:      "four wells",
		Kind:      scenarios.KindMixture,
		Story:     "all start in one well: only its tails can find the other three",
		Source:    "as in common use: (±½, ±½), variance 1/200",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0.5, 0.5, 0.1),
		Window:    scenarios.Window{XMin: -0.95, XMax: 0.95, YMin: -0.95, YMax: 0.95},
		Particles: 3000,
		Bandwidth: 0.02,
	}
}
