package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// TwoMoons are the left and the right part of a ring: with r = √(x² + y²), the width ring
// across the ring and the width side of x about ±2,
//
//	log p = −½((r − 2)/ring)² + ln[e^(−½((x−2)/side)²) + e^(−½((x+2)/side)²)].
//
// Its modes are (±2, 0), with half of the mass each by symmetry.
type TwoMoons struct{ ring, side width }

// width is a standard deviation with its square. Both are stored because the square of the
// float64 nearest to 0.2 is not the float64 nearest to 0.04.
type width struct{ deviation, variance float64 }

var (
	_ scenarios.Target  = TwoMoons{}
	_ scenarios.Sampler = TwoMoons{}
)

// NewTwoMoons returns moons of widths 0.2 and 0.3.
func NewTwoMoons() TwoMoons { return TwoMoons{width{0.2, 0.04}, width{0.3, 0.09}} }

// NewU1 returns the first potential of Rezende and Mohamed (2015), of widths 0.4 and 0.6.
func NewU1() TwoMoons { return TwoMoons{width{0.4, 0.16}, width{0.6, 0.36}} }

const (
	moonsRadius = 2.0

	// Both were computed in polar coordinates by adaptive quadrature with thirty
	// digits; the tests compare them with a trapezoidal sum over the plane.
	moonsLogZ = 0.804214448632119866
	u1LogZ    = 1.87750162610970783
)

// LogDensity factors out the exponential of the moon nearer to |x|: the other is
// e^(−4|x|/side²) times it, so their sum never underflows.
func (t TwoMoons) LogDensity(x, y float64) float64 {
	ring := (math.Hypot(x, y) - moonsRadius) / t.ring.deviation
	side := (math.Abs(x) - moonsRadius) / t.side.deviation
	return -0.5*(ring*ring+side*side) + math.Log1p(portable.Exp(-2*t.tilt()*math.Abs(x)))
}

// tilt is half the log-ratio of the two exponentials per unit of x.
func (t TwoMoons) tilt() float64 { return moonsRadius / t.side.variance }

// Score is zero at the origin, where the density has a kink, by symmetry.
func (t TwoMoons) Score(x, y float64) (gx, gy float64) {
	r := math.Hypot(x, y)
	if r == 0 {
		return 0, 0
	}
	ring := (moonsRadius - r) / t.ring.variance
	side := (moonsRadius*portable.Tanh(t.tilt()*x) - x) / t.side.variance
	return ring*(x/r) + side, ring * (y / r)
}

// Sample draws by rejection from a ring. In polar coordinates the density on x > 0 is
//
//	r e^(−½((r−2)/ring)²) · s(r cos θ),  s(x) = e^(−½((x−2)/side)²) + e^(−½((x+2)/side)²).
//
// As 1 + t ≤ eᵗ with t = r/2 − 1, r ≤ 2e^(r/2−1), and the first factor is at
// most a Gaussian of mean 2 + ring²/2 and standard deviation ring; as x ≥ 0, s is
// at most 1 + e^(−½(2/side)²). The moon is then chosen with probability ½. A third of the
// proposals are accepted, for U1 half of them.
func (t TwoMoons) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = t.drawRight(rng)
		if rng.Uint64()&1 == 0 {
			dst[i].X = -dst[i].X
		}
	}
}

func (t TwoMoons) drawRight(rng *rand.Rand) scenarios.Point {
	bell := func(u float64) float64 { return portable.Exp(-0.5 * square(u/t.side.deviation)) }
	bound := 1 + bell(moonsRadius)
	for {
		r := moonsRadius + t.ring.variance/2 + t.ring.deviation*rng.NormFloat64()
		sin, cos := math.Sincos(math.Pi * (rng.Float64() - 0.5))
		x := r * cos
		side := bell(x-moonsRadius) + bell(x+moonsRadius)
		// For r ≤ 0 the acceptance is not positive, hence never above the draw.
		if rng.Float64()*bound < r/2*portable.Exp(1-r/2)*side {
			return scenarios.Point{X: x, Y: r * sin}
		}
	}
}

func square(v float64) float64 { return v * v }

func twoMoons() scenarios.Scenario {
	return scenarios.Scenario{
		Name:      "two moons",
		Kind:      scenarios.KindCurved,
		Story:     "a round cloud parts in two: the gaps in the ring must empty",
		Source:    "U1 of Rezende and Mohamed, with widths 0.2 and 0.3 for 0.4 and 0.6",
		Target:    NewTwoMoons(),
		Truth:     moonsTruth(NewTwoMoons(), moonsLogZ),
		Start:     scenarios.NewGaussianStart(0, 0, 1),
		Window:    scenarios.Window{XMin: -3.6, XMax: 3.6, YMin: -3.6, YMax: 3.6},
		Particles: 3000,
		Bandwidth: 0.1,
	}
}

func u1() scenarios.Scenario {
	return scenarios.Scenario{
		Name:      "U1: wide moons",
		Kind:      scenarios.KindCurved,
		Story:     "all begin on the right: the way to the left moon leads by the gaps",
		Source:    "U₁ of Rezende and Mohamed, widths 0.4 and 0.6",
		Target:    NewU1(),
		Truth:     moonsTruth(NewU1(), u1LogZ),
		Start:     scenarios.NewGaussianStart(2, 0, 0.6),
		Window:    scenarios.Window{XMin: -4.8, XMax: 4.8, YMin: -4.8, YMax: 4.8},
		Particles: 3000,
		Bandwidth: 0.12,
	}
}

func moonsTruth(t TwoMoons, logZ float64) scenarios.Truth {
	return scenarios.Truth{
		LogZ:       logZ,
		Modes:      []scenarios.Point{{X: moonsRadius, Y: 0}, {X: -moonsRadius, Y: 0}},
		ModeMasses: []float64{0.5, 0.5},
		Sampler:    t,
	}
}
