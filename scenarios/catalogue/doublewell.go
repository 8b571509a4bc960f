package catalogue

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// DoubleWell is two unequal wells along x times a unit Gaussian along y,
//
//	log p = −x⁴ + 6x² + x/2 − y²/2.
//
// The tilt x/2 gives the right well 84 % of the mass.
type DoubleWell struct{}

var (
	_ scenarios.Target  = DoubleWell{}
	_ scenarios.Sampler = DoubleWell{}
)

// LogDensity is not normalised: see doubleWellTruth.
func (DoubleWell) LogDensity(x, y float64) float64 {
	return wellLog(x) - y*y/2
}

// wellLog is the x-part, factored so that it cannot become Inf − Inf.
func wellLog(x float64) float64 { return -x*x*(x*x-6) + x/2 }

// Score is (−4x³ + 12x + ½, −y).
func (DoubleWell) Score(x, y float64) (gx, gy float64) {
	return -4*x*(x*x-3) + 0.5, -y
}

// wellStationary solves x³ − 3x − ⅛ = 0: with x = 2 cos φ it becomes cos 3φ = 1/16, whose
// solutions are the right mode, the left mode and the minimum between them.
func wellStationary() (right, left, pass float64) {
	phi := math.Acos(1.0/16) / 3
	third := 2 * math.Pi / 3
	return 2 * math.Cos(phi), 2 * math.Cos(phi+third), 2 * math.Cos(phi-third)
}

// doubleWellTruth integrates on each side of the minimum by Gauss–Legendre quadrature; beyond
// |x| = 5 the density is below e⁻⁴⁷⁰ of its peak.
func doubleWellTruth() scenarios.Truth {
	right, left, pass := wellStationary()
	density := func(x float64) float64 { return portable.Exp(wellLog(x)) }
	massLeft := quad.Fixed(density, -5, pass, 100, quad.Legendre{}, 0)
	massRight := quad.Fixed(density, pass, 5, 100, quad.Legendre{}, 0)
	total := massLeft + massRight
	return scenarios.Truth{
		LogZ:       math.Log(total) + math.Log(2*math.Pi)/2,
		Modes:      []scenarios.Point{{X: right, Y: 0}, {X: left, Y: 0}},
		ModeMasses: []float64{massRight / total, massLeft / total},
		Sampler:    DoubleWell{},
	}
}

// Sample draws x by rejection from two Gaussians, and y directly. As
// −x⁴ + 6x² = 9 − (x² − 3)² and (x² − 3)² = (|x| − √3)²(|x| + √3)² ≥ 3(|x| − √3)²,
//
//	p(x) ≤ e⁹ · e^(−3(|x|−√3)² + x/2).
//
// On the side ±x > 0 the bound is a Gaussian of mean ±√3 + 1/12, variance 1/6 and
// mass proportional to e^(±√3/2); a draw that falls across zero is rejected.
// About half of the proposals are accepted.
func (DoubleWell) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = scenarios.Point{X: drawWell(rng), Y: rng.NormFloat64()}
	}
}

func drawWell(rng *rand.Rand) float64 {
	shareRight := 1 / (1 + portable.Exp(-math.Sqrt(3)))
	for {
		side := 1.0
		if rng.Float64() >= shareRight {
			side = -1
		}
		x := side*math.Sqrt(3) + 1.0/12 + rng.NormFloat64()/math.Sqrt(6)
		if x*side < 0 {
			continue
		}
		bound := 3 * square(math.Abs(x)-math.Sqrt(3))
		if rng.Float64() < portable.Exp(bound-square(x*x-3)) {
			return x
		}
	}
}

func doubleWell() scenarios.Scenario {
	return scenarios.Scenario{
		Name:      "double well",
		Kind:      scenarios.KindCurved,
		Story:     "a third starts right of the pass, 84 % belongs there: the pass shuts",
		Source:    "as in common use: −x⁴ + 6x² + x/2 − y²/2",
		Target:    DoubleWell{},
		Truth:     doubleWellTruth(),
		Start:     scenarios.NewGaussianStart(-0.5, 0, 1.3),
		Division:  scenarios.ByBasins,
		Window:    scenarios.Window{XMin: -5.1, XMax: 4.1, YMin: -4.6, YMax: 4.6},
		Particles: 3000,
		Bandwidth: 0.12,
	}
}
