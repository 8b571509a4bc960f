package scenarios

import "math"

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

func fourWells() Scenario {
	target := mustIsotropic([]Point{{0.5, 0.5}, {-0.5, 0.5}, {-0.5, -0.5}, {0.5, -0.5}}, math.Sqrt(1.0/200), nil)
	return Scenario{
		Name:      "four wells",
		Kind:      mixtureKind,
		Story:     "all start in one well: only its tails can find the other three",
		Source:    "as in common use: (±½, ±½), variance 1/200",
		Target:    target,
		Truth:     mixtureTruth(target),
		Start:     cloud(0.5, 0.5, 0.1),
		Window:    Window{-0.95, 0.95, -0.95, 0.95},
		Particles: 3000,
		Bandwidth: 0.02,
	}
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
