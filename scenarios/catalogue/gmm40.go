package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

// gmm40 is the mixture of forty Gaussians on which FAB and iDEM are shown. Other
// "GMM40"s are in circulation, with other means and σ = 1.
func gmm40() scenarios.Scenario {
	softplusOfOne := math.Log1p(math.E)
	target := mustIsotropic(gmm40Means(), softplusOfOne, nil)
	return scenarios.Scenario{
		Name:      "forty Gaussians",
		Kind:      scenarios.KindMixture,
		Story:     "forty scattered modes: the middle overfills, the rim starves",
		Source:    "FAB and iDEM: 40 means as published, σ = softplus(1)",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 15),
		Window:    scenarios.Window{XMin: -56, XMax: 56, YMin: -56, YMax: 56},
		Particles: 8000,
		Bandwidth: 1,
	}
}

func gmm40Means() []scenarios.Point {
	return []scenarios.Point{
		{X: -0.2995, Y: 21.4577}, {X: -32.9218, Y: -29.4376}, {X: -15.4062, Y: 10.7263}, {X: -0.7925, Y: 31.7156},
		{X: -3.5498, Y: 10.5845}, {X: -12.0885, Y: -7.8626}, {X: -38.2139, Y: -26.4913}, {X: -16.4889, Y: 1.4817},
		{X: 15.8134, Y: 24.0009}, {X: -27.1176, Y: -17.4185}, {X: 14.5287, Y: 33.2155}, {X: -8.2320, Y: 29.9325},
		{X: -6.4473, Y: 4.2326}, {X: 36.2190, Y: -37.1068}, {X: -25.1815, Y: -10.1266}, {X: -15.5920, Y: 34.5600},
		{X: -25.9272, Y: -18.4133}, {X: -27.9456, Y: -37.4624}, {X: -23.3496, Y: 34.3839}, {X: 17.8487, Y: 19.3869},
		{X: 2.1037, Y: -20.5073}, {X: 6.7674, Y: -37.3478}, {X: -28.9026, Y: -20.6212}, {X: 25.2375, Y: 23.4529},
		{X: -17.7398, Y: -1.4433}, {X: 25.5824, Y: 39.7653}, {X: 15.8753, Y: 5.4037}, {X: 26.8195, Y: -23.5521},
		{X: 7.4538, Y: -31.0122}, {X: -27.7234, Y: -20.6633}, {X: 18.0989, Y: 16.0864}, {X: -23.6941, Y: 12.0843},
		{X: 21.9589, Y: -5.0487}, {X: 1.5273, Y: 9.2682}, {X: 24.8151, Y: 38.4078}, {X: -30.8249, Y: -14.6588},
		{X: 15.7204, Y: 33.1420}, {X: 34.8083, Y: 35.2943}, {X: 7.9606, Y: -34.7833}, {X: 3.6797, Y: -25.0242},
	}
}
