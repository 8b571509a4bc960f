package catalogue

import "undercurrent/scenarios"

func threeModes() scenarios.Scenario {
	target := must(scenarios.NewMixture([]scenarios.Component{
		{Mean: scenarios.Point{X: -1.5, Y: -1.5}, Cov: scenarios.Cov{XX: 0.8, YY: 0.8}, Weight: 1},
		{Mean: scenarios.Point{X: 1.5, Y: 1.5}, Cov: scenarios.Cov{XX: 0.8, YY: 0.8}, Weight: 1},
		{Mean: scenarios.Point{X: -2, Y: 2}, Cov: scenarios.Cov{XX: 0.5, YY: 0.5}, Weight: 1},
	}))
	return scenarios.Scenario{
		Name:      "three modes",
		Kind:      scenarios.KindMixture,
		Story:     "from the empty corner: the mode behind the other two fills last",
		Source:    "mcmc-demo: variances 0.8, 0.8 and 0.5",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(2, -2, 1),
		Division:  scenarios.ByBasins,
		Window:    scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6},
		Particles: 3000,
		Bandwidth: 0.25,
	}
}
