package catalogue

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/scenarios"
)

// Rastrigin is a bowl full of dimples,
//
//	log p = −0.1[20 + (x² − 10 cos 2πx) + (y² − 10 cos 2πy)],
//
// e⁻² times the same density g(t) = e^(−t²/10 + cos 2πt) along either axis.
type Rastrigin struct{}

var (
	_ scenarios.Target  = Rastrigin{}
	_ scenarios.Sampler = Rastrigin{}
)

// LogDensity is not normalised: see rastriginLogZ.
func (Rastrigin) LogDensity(x, y float64) float64 { return dimpled(x) + dimpled(y) - 2 }

// dimpled is ln g.
func dimpled(t float64) float64 { return math.Cos(2*math.Pi*t) - t*t/10 }

func dimpledSlope(t float64) float64 { return -2*math.Pi*math.Sin(2*math.Pi*t) - t/5 }

// Score is the slope along either axis.
func (Rastrigin) Score(x, y float64) (gx, gy float64) { return dimpledSlope(x), dimpledSlope(y) }

// besselI0 is I₀(1), the modified Bessel function.
const besselI0 = 1.26606587775200833560

// rastriginLogZ is −2 + 2 ln ∫g. As e^(cos θ) = I₀(1) + 2 Σₖ Iₖ(1) cos kθ and a Gaussian of
// variance 5 takes cos 2πkt to e^(−10π²k²), the integral is √(10π) I₀(1) but for e⁻⁹⁸.
func rastriginLogZ() float64 { return math.Log(10*math.Pi) + 2*math.Log(besselI0) - 2 }

// Sample draws each axis: N(0, 5) carries the bowl, and e^(cos 2πt − 1) of the
// proposals, 47 %, are accepted.
func (Rastrigin) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = scenarios.Point{X: drawDimpled(rng), Y: drawDimpled(rng)}
	}
}

func drawDimpled(rng *rand.Rand) float64 {
	for {
		t := math.Sqrt(5) * rng.NormFloat64()
		if rng.Float64() < math.Exp(math.Cos(2*math.Pi*t)-1) {
			return t
		}
	}
}

// dimplesASide is how many dimples are told apart on each side of the middle. More
// follow up to |t| = 10π, where the bowl gets steeper than a dimple; they hold 2e-5 of
// the mass and are counted to the outermost one.
const dimplesASide = 9

// dimples are the maxima of g about −9, …, 9 and the shares of what lies between the
// minima beside each.
func dimples() (at, mass []float64) {
	const far = 13 // where g is e⁻¹⁷
	edge := -1.0 * far
	for k := -dimplesASide; k <= dimplesASide; k++ {
		next := stationary(float64(k) + 0.5)
		if k == dimplesASide {
			next = far
		}
		at = append(at, stationary(float64(k)))
		mass = append(mass, quad.Fixed(func(t float64) float64 { return math.Exp(dimpled(t)) }, edge, next, 40, quad.Legendre{}, 0))
		edge = next
	}
	return at, normalised(mass)
}

// stationary is where g is stationary near t, by Newton's method.
func stationary(t float64) float64 {
	for range 20 {
		t -= dimpledSlope(t) / (-4*math.Pi*math.Pi*math.Cos(2*math.Pi*t) - 0.2)
	}
	return t
}

// normalised divides by the sum.
func normalised(shares []float64) []float64 {
	sum := 0.0
	for _, v := range shares {
		sum += v
	}
	out := slices.Clone(shares)
	for k := range out {
		out[k] /= sum
	}
	return out
}

func rastriginTruth() scenarios.Truth {
	truth := scenarios.Truth{LogZ: rastriginLogZ(), Sampler: Rastrigin{}}
	at, mass := dimples()
	for j, y := range at {
		for k, x := range at {
			truth.Modes = append(truth.Modes, scenarios.Point{X: x, Y: y})
			truth.ModeMasses = append(truth.ModeMasses, mass[j]*mass[k])
		}
	}
	return truth
}

func rastrigin() scenarios.Scenario {
	return scenarios.Scenario{
		Name:      "Rastrigin's bowl",
		Kind:      scenarios.KindCurved,
		Story:     "hundreds of dimples in a bowl: mass is shared out dimple by dimple",
		Source:    "as in common use: −0.1[20 + Σ(x² − 10 cos 2πx)]",
		Target:    Rastrigin{},
		Truth:     rastriginTruth(),
		Start:     scenarios.NewGaussianStart(3, 3, 1.5),
		Window:    scenarios.Window{XMin: -9.4, XMax: 9.4, YMin: -9.4, YMax: 9.4},
		Particles: 8000,
		Bandwidth: 0.16,
	}
}
