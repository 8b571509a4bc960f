package scenarios

func banana() Scenario {
	target := NewBanana()
	return Scenario{
		Name:   "banana",
		Kind:   curvedKind,
		Story:  "from inside the bend: the arms overfill first, the apex fills last",
		Source: "mcmc-demo: a Gaussian bent along a parabola",
		Target: target,
		Truth: Truth{
			Modes:      []Point{{0, 1.2}},
			ModeMasses: []float64{1},
			Sampler:    target,
		},
		Start:     cloud(0, -3, 2),
		Window:    Window{-8.5, 8.5, -13, 4.2},
		Zones:     bandsAlongX([]float64{-2.4, -0.7, 0.7, 2.4}, "left arm", "left shoulder", "apex", "right shoulder", "right arm"),
		Particles: 4000,
		Bandwidth: 0.25,
	}
}

func twoMoons() Scenario {
	return Scenario{
		Name:      "two moons",
		Kind:      curvedKind,
		Story:     "a round cloud parts in two: the gaps in the ring must empty",
		Source:    "U1 of Rezende and Mohamed, with widths 0.2 and 0.3 for 0.4 and 0.6",
		Target:    NewTwoMoons(),
		Truth:     moonsTruth(NewTwoMoons(), moonsLogZ),
		Start:     cloud(0, 0, 1),
		Window:    Window{-3.6, 3.6, -3.6, 3.6},
		Particles: 3000,
		Bandwidth: 0.1,
	}
}

func u1() Scenario {
	return Scenario{
		Name:      "U1: wide moons",
		Kind:      curvedKind,
		Story:     "all begin on the right: the way to the left moon leads by the gaps",
		Source:    "U₁ of Rezende and Mohamed, widths 0.4 and 0.6",
		Target:    NewU1(),
		Truth:     moonsTruth(NewU1(), u1LogZ),
		Start:     cloud(2, 0, 0.6),
		Window:    Window{-4.8, 4.8, -4.8, 4.8},
		Particles: 3000,
		Bandwidth: 0.12,
	}
}

func moonsTruth(t TwoMoons, logZ float64) Truth {
	return Truth{
		LogZ:       logZ,
		Modes:      []Point{{moonsRadius, 0}, {-moonsRadius, 0}},
		ModeMasses: []float64{0.5, 0.5},
		Sampler:    t,
	}
}

func doubleWell() Scenario {
	return Scenario{
		Name:      "double well",
		Kind:      curvedKind,
		Story:     "a third starts right of the pass, 84 % belongs there: the pass shuts",
		Source:    "as in common use: −x⁴ + 6x² + x/2 − y²/2",
		Target:    DoubleWell{},
		Truth:     doubleWellTruth(),
		Start:     cloud(-0.5, 0, 1.3),
		Window:    Window{-5.1, 4.1, -4.6, 4.6},
		Particles: 3000,
		Bandwidth: 0.12,
	}
}
