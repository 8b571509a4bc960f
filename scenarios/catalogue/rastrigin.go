package catalogue

import (
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Rastrigin is the density of Rastrigin's function, a quadratic with periodic local maxima,
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

// rastriginLogZ is −2 + 2 ln ∫g. As e^(cos θ) = I₀(1) + 2 Σₖ Iₖ(1) cos kθ and the mean of
// cos 2πkt over N(0, 5) is e^(−10π²k²), the integral is √(10π) I₀(1) up to a factor 1 + e⁻⁹⁸.
func rastriginLogZ() float64 { return math.Log(10*math.Pi) + 2*math.Log(besselI0) - 2 }

// Sample draws each coordinate by rejection from N(0, 5): a proposal t is accepted with
// probability e^(cos 2πt − 1), 47 % of them.
func (Rastrigin) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = scenarios.Point{X: drawDimpled(rng), Y: drawDimpled(rng)}
	}
}

func drawDimpled(rng *rand.Rand) float64 {
	for {
		t := math.Sqrt(5) * rng.NormFloat64()
		if rng.Float64() < portable.Exp(math.Cos(2*math.Pi*t)-1) {
			return t
		}
	}
}

// dimplesASide is the number of modes listed on each side of the middle one. There are more
// up to |t| = 10π, where the quadratic gets steeper than the cosine; they have 2e-5 of the
// mass, which is counted to the outermost listed one.
const dimplesASide = 9

// dimples returns the maxima of g near −9, …, 9 and their masses, the normalised integrals
// between the adjacent minima.
func dimples() (maxima, masses []float64) {
	const far = 13 // where g is e⁻¹⁷
	edge := -1.0 * far
	for k := -dimplesASide; k <= dimplesASide; k++ {
		next := stationary(float64(k) + 0.5)
		if k == dimplesASide {
			next = far
		}
		maxima = append(maxima, stationary(float64(k)))
		masses = append(masses, quad.Fixed(func(t float64) float64 { return portable.Exp(dimpled(t)) }, edge, next, 40, quad.Legendre{}, 0))
		edge = next
	}
	return maxima, normalised(masses)
}

// stationary returns the stationary point of g near t, by Newton's method.
func stationary(t float64) float64 {
	for range 20 {
		t -= dimpledSlope(t) / (-4*math.Pi*math.Pi*math.Cos(2*math.Pi*t) - 0.2)
	}
	return t
}

// normalised returns the weights divided by their sum.
func normalised(weights []float64) []float64 {
	sum := 0.0
	for _, v := range weights {
		sum += v
	}
	out := slices.Clone(weights)
	for k := range out {
		out[k] /= sum
	}
	return out
}

func rastriginTruth() scenarios.Truth {
	truth := scenarios.Truth{LogZ: rastriginLogZ(), Sampler: Rastrigin{}}
	maxima, masses := dimples()
	for j, y := range maxima {
		for k, x := range maxima {
			truth.Modes = append(truth.Modes, scenarios.Point{X: x, Y: y})
			truth.ModeMasses = append(truth.ModeMasses, masses[j]*masses[k])
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
