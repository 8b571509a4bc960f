package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

// gmm40 is the mixture of forty Gaussians of FAB and iDEM. Other targets of this name have
// other means and σ = 1.
func gmm40() scenarios.Scenario {
	softplusOfOne := math.Log1p(math.E)
	target := mustIsotropic(gmm40Means(), softplusOfOne, nil)
	return scenarios.Scenario{
		Name:      "forty Gaussians",
		Kind:      scenarios.KindMixture,
		Story:     "forty scattered modes: the middle overfills, the rim stays empty",
		Source:    "FAB and iDEM: 40 means as published, σ = softplus(1)",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 15),
		Window:    scenarios.Window{XMin: -56, XMax: 56, YMin: -56, YMax: 56},
		Particles: 8000,
		Bandwidth: 1,
	}
}

// gmm40Means are the means as published.
func gmm40Means() (means []scenarios.Point) {
	for _, at := range [][2]float64{
		{-0.2995, 21.4577}, {-32.9218, -29.4376}, {-15.4062, 10.7263}, {-0.7925, 31.7156},
		{-3.5498, 10.5845}, {-12.0885, -7.8626}, {-38.2139, -26.4913}, {-16.4889, 1.4817},
		{15.8134, 24.0009}, {-27.1176, -17.4185}, {14.5287, 33.2155}, {-8.2320, 29.9325},
		{-6.4473, 4.2326}, {36.2190, -37.1068}, {-25.1815, -10.1266}, {-15.5920, 34.5600},
		{-25.9272, -18.4133}, {-27.9456, -37.4624}, {-23.3496, 34.3839}, {17.8487, 19.3869},
		{2.1037, -20.5073}, {6.7674, -37.3478}, {-28.9026, -20.6212}, {25.2375, 23.4529},
		{-17.7398, -1.4433}, {25.5824, 39.7653}, {15.8753, 5.4037}, {26.8195, -23.5521},
		{7.4538, -31.0122}, {-27.7234, -20.6633}, {18.0989, 16.0864}, {-23.6941, 12.0843},
		{21.9589, -5.0487}, {1.5273, 9.2682}, {24.8151, 38.4078}, {-30.8249, -14.6588},
		{15.7204, 33.1420}, {34.8083, 35.2943}, {7.9606, -34.7833}, {3.6797, -25.0242},
	} {
		means = append(means, scenarios.Point{X: at[0], Y: at[1]})
	}
	return means
}
