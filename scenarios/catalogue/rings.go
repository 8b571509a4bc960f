package catalogue

import (
	"math"

	"undercurrent/scenarios"
)

func unevenRing() scenarios.Scenario {
	target := mustIsotropic(ring(8, 4), 0.7, []float64{3, 1, 1, 1, 0.3, 1, 1, 1})
	return scenarios.Scenario{
		Name:      "uneven ring",
		Kind:      scenarios.KindMixture,
		Story:     "the heavy right mode must gather, the faint left one must empty",
		Source:    "this project: 8 modes, radius 4, σ 0.7, weights 3:1:1:1:0.3:1:1:1",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 3),
		Window:    scenarios.Window{XMin: -10.5, XMax: 10.5, YMin: -10.5, YMax: 10.5},
		Particles: 4000,
		Bandwidth: 0.25,
	}
}

func ring8() scenarios.Scenario {
	target := mustIsotropic(ring(8, 4), math.Sqrt(0.3), nil)
	return scenarios.Scenario{
		Name:      "ring of eight",
		Kind:      scenarios.KindMixture,
		Story:     "the cloud starts left: the modes far to the right stay empty",
		Source:    "sde_sampler: 8 modes, radius 4, σ² = 0.3",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(-1.5, 0, 1.8),
		Window:    scenarios.Window{XMin: -8, XMax: 7, YMin: -7.5, YMax: 7.5},
		Particles: 4000,
		Bandwidth: 0.2,
	}
}

func ring8FFJORD() scenarios.Scenario {
	target := mustIsotropic(ring(8, 4/1.414), 0.5/1.414, nil)
	return scenarios.Scenario{
		Name:      "ring of eight, FFJORD",
		Kind:      scenarios.KindMixture,
		Story:     "from the empty middle: all eight are reached at once, the hole lingers",
		Source:    "FFJORD, 8gaussians: 8 modes, radius 4 and σ 0.5, both over 1.414",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 0.7),
		Window:    scenarios.Window{XMin: -4.5, XMax: 4.5, YMin: -4.5, YMax: 4.5},
		Particles: 4000,
		Bandwidth: 0.1,
	}
}

func ring8Flows() scenarios.Scenario {
	target := mustIsotropic(ring(8, 2), 2.0/3*math.Sin(math.Pi/8), nil)
	return scenarios.Scenario{
		Name:      "ring of eight, flows",
		Kind:      scenarios.KindMixture,
		Story:     "close neighbours: mass walks round from the right, bridges stay long",
		Source:    "normalizing-flows, RingMixture: 8 modes, radius 2, σ = ⅔ sin(π/8)",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0.8, 0, 0.7),
		Window:    scenarios.Window{XMin: -3.3, XMax: 3.3, YMin: -3.3, YMax: 3.3},
		Particles: 4000,
		Bandwidth: 0.07,
	}
}

func pacganRing() scenarios.Scenario {
	target := mustIsotropic(ring(8, 1), 0.01, nil)
	return scenarios.Scenario{
		Name:      "ring of pins",
		Kind:      scenarios.KindMixture,
		Story:     "eight pins, finer than the kernel: found by all, filled by few",
		Source:    "PacGAN, 2D-ring: 8 modes, radius 1, σ = 0.01",
		Target:    target,
		Truth:     target.Truth(),
		Start:     scenarios.NewGaussianStart(0, 0, 0.33),
		Window:    scenarios.Window{XMin: -1.15, XMax: 1.15, YMin: -1.15, YMax: 1.15},
		Particles: 4000,
		Bandwidth: 0.02,
	}
}

// ring returns n equidistant points on a circle, counter-clockwise from angle 0.
func ring(n int, radius float64) []scenarios.Point {
	points := make([]scenarios.Point, n)
	for k := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
		points[k] = scenarios.Point{X: radius * cos, Y: radius * sin}
	}
	return points
}
