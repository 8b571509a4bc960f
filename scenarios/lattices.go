package scenarios

import "math"

func grid9() Scenario {
	target := mustIsotropic(lattice(-5, 0, 5), math.Sqrt(0.3), nil)
	return Scenario{
		Name:      "grid of nine",
		Kind:      mixtureKind,
		Story:     "islands: the centre keeps its surplus, the corners stay thin",
		Source:    "as in common use: {−5, 0, 5}², σ² = 0.3",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 2.5),
		Window:    Window{-9, 9, -9, 9},
		Particles: 4000,
		Bandwidth: 0.2,
	}
}

func grid25() Scenario {
	target := mustIsotropic(lattice(-10, -5, 0, 5, 10), 0.3, nil)
	return Scenario{
		Name:      "grid of twenty-five",
		Kind:      mixtureKind,
		Story:     "narrow islands: mass stays where it lands, the corners get a handful",
		Source:    "as in common use: {−10, −5, 0, 5, 10}², σ = 0.3",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 4),
		Window:    Window{-14, 14, -14, 14},
		Particles: 8000,
		Bandwidth: 0.3,
	}
}

func pacganGrid() Scenario {
	target := mustIsotropic(lattice(-4, -2, 0, 2, 4), 0.05, nil)
	return Scenario{
		Name:      "grid of pins",
		Kind:      mixtureKind,
		Story:     "25 pins: the nearest pin takes it all, the corners get a handful",
		Source:    "PacGAN, 2D-grid: {−4, −2, 0, 2, 4}², σ = 0.05",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 1.3),
		Window:    Window{-4.6, 4.6, -4.6, 4.6},
		Particles: 8000,
		Bandwidth: 0.08,
	}
}

// lattice is every pair of the coordinates, row by row from the lowest y.
func lattice(coordinates ...float64) []Point {
	var points []Point
	for _, y := range coordinates {
		for _, x := range coordinates {
			points = append(points, Point{x, y})
		}
	}
	return points
}
