package scenarios

func banana() Scenario {
	target := NewBanana()
	return Scenario{
		Name:   "banana",
		Kind:   curvedKind,
		Story:  "from inside the bend: the apex fills, the two thin arms starve",
		Source: "mcmc-demo: a Gaussian bent along a parabola",
		Target: target,
		Truth: Truth{
			Modes:      []Point{{0, 1.2}},
			ModeMasses: []float64{1},
			Sampler:    target,
		},
		Start:     cloud(0, -5, 2),
		Window:    Window{-8.5, 8.5, -14.5, 4},
		Particles: 4000,
		Bandwidth: 0.25,
	}
}

func twoMoons() Scenario {
	return Scenario{
		Name:   "two moons",
		Kind:   curvedKind,
		Story:  "a round cloud must part in two: the tips of the crescents starve",
		Source: "U1 of Rezende and Mohamed, with widths 0.2 and 0.3 for 0.4 and 0.6",
		Target: TwoMoons{},
		Truth: Truth{
			LogZ:       moonsLogZ,
			Modes:      []Point{{moonsRadius, 0}, {-moonsRadius, 0}},
			ModeMasses: []float64{0.5, 0.5},
			Sampler:    TwoMoons{},
		},
		Start:     cloud(0, 0, 1),
		Window:    Window{-3.6, 3.6, -3.6, 3.6},
		Particles: 3000,
		Bandwidth: 0.1,
	}
}

func doubleWell() Scenario {
	return Scenario{
		Name:      "double well",
		Kind:      curvedKind,
		Story:     "most starts in the left well, but 84 % belongs in the right one",
		Source:    "as in common use: −x⁴ + 6x² + x/2 − y²/2",
		Target:    DoubleWell{},
		Truth:     doubleWellTruth(),
		Start:     cloud(-1, 0, 1),
		Window:    Window{-4.6, 3.4, -4, 4},
		Particles: 3000,
		Bandwidth: 0.12,
	}
}
