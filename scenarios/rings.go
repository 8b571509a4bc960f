package scenarios

import "math"

func unevenRing() Scenario {
	target := mustIsotropic(ring(8, 4), 0.7, []float64{3, 1, 1, 1, 0.3, 1, 1, 1})
	return Scenario{
		Name:      "uneven ring",
		Kind:      mixtureKind,
		Story:     "the heavy right mode must gather, the faint left one must empty",
		Source:    "this project: 8 modes, radius 4, σ 0.7, weights 3:1:1:1:0.3:1:1:1",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 3),
		Window:    Window{-10.5, 10.5, -10.5, 10.5},
		Particles: 4000,
		Bandwidth: 0.25,
	}
}

func ring8() Scenario {
	target := mustIsotropic(ring(8, 4), math.Sqrt(0.3), nil)
	return Scenario{
		Name:      "ring of eight",
		Kind:      mixtureKind,
		Story:     "the cloud starts left: the modes far to the right starve",
		Source:    "sde_sampler: 8 modes, radius 4, σ² = 0.3",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(-1.5, 0, 1.8),
		Window:    Window{-8, 7, -7.5, 7.5},
		Particles: 4000,
		Bandwidth: 0.2,
	}
}

func ring8FFJORD() Scenario {
	target := mustIsotropic(ring(8, 4/1.414), 0.5/1.414, nil)
	return Scenario{
		Name:      "ring of eight, FFJORD",
		Kind:      mixtureKind,
		Story:     "from the empty middle: all eight are reached at once, the hole lingers",
		Source:    "FFJORD, 8gaussians: 8 modes, radius 4 and σ 0.5, both over 1.414",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 0.7),
		Window:    Window{-4.5, 4.5, -4.5, 4.5},
		Particles: 4000,
		Bandwidth: 0.1,
	}
}

func ring8Flows() Scenario {
	target := mustIsotropic(ring(8, 2), 2.0/3*math.Sin(math.Pi/8), nil)
	return Scenario{
		Name:      "ring of eight, flows",
		Kind:      mixtureKind,
		Story:     "close neighbours: mass walks round from the right, bridges stay long",
		Source:    "normalizing-flows, RingMixture: 8 modes, radius 2, σ = ⅔ sin(π/8)",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0.8, 0, 0.7),
		Window:    Window{-3.3, 3.3, -3.3, 3.3},
		Particles: 4000,
		Bandwidth: 0.07,
	}
}

func pacganRing() Scenario {
	target := mustIsotropic(ring(8, 1), 0.01, nil)
	return Scenario{
		Name:      "ring of pins",
		Kind:      mixtureKind,
		Story:     "eight pins, finer than the kernel: found by all, filled by few",
		Source:    "PacGAN, 2D-ring: 8 modes, radius 1, σ = 0.01",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0, 0, 0.33),
		Window:    Window{-1.15, 1.15, -1.15, 1.15},
		Particles: 4000,
		Bandwidth: 0.02,
	}
}

// ring is n points on a circle, counter-clockwise from angle 0.
func ring(n int, radius float64) []Point {
	points := make([]Point, n)
	for k := range points {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / float64(n))
		points[k] = Point{radius * cos, radius * sin}
	}
	return points
}
