package scenarios

import "math"

const (
	mixtureKind = "mixture"
	curvedKind  = "curved"
	formulaKind = "formula"
	gridKind    = "grid"
)

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

func threeModes() Scenario {
	target := must(NewMixture([]Component{
		{Mean: Point{-1.5, -1.5}, Cov: Cov{XX: 0.8, YY: 0.8}, Weight: 1},
		{Mean: Point{1.5, 1.5}, Cov: Cov{XX: 0.8, YY: 0.8}, Weight: 1},
		{Mean: Point{-2, 2}, Cov: Cov{XX: 0.5, YY: 0.5}, Weight: 1},
	}))
	return Scenario{
		Name:      "three modes",
		Kind:      mixtureKind,
		Story:     "from the empty corner: the mode behind the other two fills last",
		Source:    "mcmc-demo: variances 0.8, 0.8 and 0.5",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(2, -2, 1),
		Window:    Window{-6, 6, -6, 6},
		Particles: 3000,
		Bandwidth: 0.25,
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

func mixtureTruth(m *Mixture) Truth {
	truth := Truth{Sampler: m}
	for _, c := range m.Components() {
		truth.Modes = append(truth.Modes, c.Mean)
		truth.ModeMasses = append(truth.ModeMasses, c.Weight)
	}
	return truth
}

func mustIsotropic(means []Point, sigma float64, weights []float64) *Mixture {
	return must(Isotropic(means, sigma, weights))
}

// must is for mixtures whose numbers are written in this package.
func must(m *Mixture, err error) *Mixture {
	if err != nil {
		panic(err)
	}
	return m
}
