package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

func grid9() scenarios.Scenario {
	target := mustIsotropic(lattice(-5, 0, 5), math.Sqrt(0.3), nil)
	return scenarios.Scenario{
		Name:      "grid of nine",
		Kind:      scenarios.KindMixture,
		Story:     "islands: the centre keeps its surplus, the corners stay thin",
		Source:    "as in common use: {−5, 0, 5}², σ² = 0.3",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 2.5),
		Window:    scenarios.Window{XMin: -9, XMax: 9, YMin: -9, YMax: 9},
		Particles: 4000,
		Bandwidth: 0.2,
	}
}

func grid25() scenarios.Scenario {
	target := mustIsotropic(lattice(-10, -5, 0, 5, 10), 0.3, nil)
	return scenarios.Scenario{
		Name:      "grid of twenty-five",
		Kind:      scenarios.KindMixture,
		Story:     "narrow islands: mass stays where it lands, the corners get a handful",
		Source:    "as in common use: {−10, −5, 0, 5, 10}², σ = 0.3",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 4),
		Window:    scenarios.Window{XMin: -14, XMax: 14, YMin: -14, YMax: 14},
		Particles: 8000,
		Bandwidth: 0.3,
	}
}

func pacganGrid() scenarios.Scenario {
	target := mustIsotropic(lattice(-4, -2, 0, 2, 4), 0.05, nil)
	return scenarios.Scenario{
		Name:      "grid of pins",
		Kind:      scenarios.KindMixture,
		Story:     "25 pins: the nearest pin takes it all, the corners get a handful",
		Source:    "PacGAN, 2D-grid: {−4, −2, 0, 2, 4}², σ = 0.05",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 1.3),
		Window:    scenarios.Window{XMin: -4.6, XMax: 4.6, YMin: -4.6, YMax: 4.6},
		Particles: 8000,
		Bandwidth: 0.08,
	}
}

// lattice returns all pairs of the coordinates, row by row from the lowest y.
func lattice(coordinates ...float64) []scenarios.Point {
	var points []scenarios.Point
	for _, y := range coordinates {
		for _, x := range coordinates {
			points = append(points, scenarios.Point{X: x, Y: y})
		}
	}
	return points
}
