package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Ackley is the density e^(−0.3 f) of Ackley's function with a = 20, b = 0.2, c = 2π,
//
//	f = −20 e^(−0.2 √(½(x² + y²))) − e^(½(cos 2πx + cos 2πy)) + 20 + e,
//
// between soft walls along both axes: f is bounded, so that e^(−0.3 f) alone has no finite
// integral. The origin is the highest mode, with f = 0 and a kink.
type Ackley struct{}

var (
	_ scenarios.Target  = Ackley{}
	_ scenarios.Sampler = Ackley{}
)

const (
	ackleyDepth = 20
	ackleyDecay = 0.2
	ackleyHeat  = 0.3 // of f in the exponent

	// ackleyLogZ was computed by Gauss–Legendre quadrature in (x, y/x), where the cone
	// about the origin is smooth; 30 and 50 nodes per panel agree to fifteen digits.
	ackleyLogZ = 1.93567735800982
)

// ackleyWalls are beyond the fourth mode along each axis.
func ackleyWalls() walls { return walls{half: 4, soft: 0.25} }

// ackleyTerms returns f and its two exponentials.
func ackleyTerms(x, y float64) (f, cone, eggs float64) {
	cone = ackleyDepth * portable.Exp(-ackleyDecay*math.Hypot(x, y)/math.Sqrt2)
	eggs = portable.Exp((math.Cos(2*math.Pi*x) + math.Cos(2*math.Pi*y)) / 2)
	return ackleyDepth + math.E - cone - eggs, cone, eggs
}

// LogDensity is not normalised: log Z is ackleyLogZ.
func (Ackley) LogDensity(x, y float64) float64 {
	f, _, _ := ackleyTerms(x, y)
	w := ackleyWalls()
	return w.logDensity(x) + w.logDensity(y) - ackleyHeat*f
}

// Score is zero at the origin, where the density has a kink, by symmetry.
func (Ackley) Score(x, y float64) (gx, gy float64) {
	_, cone, eggs := ackleyTerms(x, y)
	w := ackleyWalls()
	gx = w.score(x) - ackleyHeat*math.Pi*eggs*math.Sin(2*math.Pi*x)
	gy = w.score(y) - ackleyHeat*math.Pi*eggs*math.Sin(2*math.Pi*y)
	if r := math.Hypot(x, y); r > 0 {
		inwards := ackleyHeat * ackleyDecay / math.Sqrt2 * cone
		gx, gy = gx-inwards*(x/r), gy-inwards*(y/r)
	}
	return gx, gy
}

// Sample draws by rejection from the density of the walls alone, which is a bound as f ≥ 0;
// one proposal in eleven is accepted.
func (Ackley) Sample(dst []scenarios.Point, rng *rand.Rand) {
	w := ackleyWalls()
	for i := range dst {
		for accepted := false; !accepted; {
			dst[i] = scenarios.Point{X: w.draw(rng), Y: w.draw(rng)}
			f, _, _ := ackleyTerms(dst[i].X, dst[i].Y)
			accepted = rng.Float64() < portable.Exp(-ackleyHeat*f)
		}
	}
}

// ackleyModes returns the maxima near the integer points with coordinates up to four. Each is
// found by Newton's method with the curvature of the cosine term alone; that of the other
// term is small.
func ackleyModes() (modes []scenarios.Point) {
	for j := -4.0; j <= 4; j++ {
		for i := -4.0; i <= 4; i++ {
			modes = append(modes, climbAckley(scenarios.Point{X: i, Y: j}))
		}
	}
	return modes
}

func climbAckley(p scenarios.Point) scenarios.Point {
	for range 12 {
		_, _, eggs := ackleyTerms(p.X, p.Y)
		gx, gy := Ackley{}.Score(p.X, p.Y)
		curvature := ackleyHeat * 2 * math.Pi * math.Pi * eggs
		p.X, p.Y = p.X+gx/curvature, p.Y+gy/curvature
	}
	return p
}

func ackley() scenarios.Scenario {
	return scenarios.Scenario{
		Name:      "Ackley's egg box",
		Kind:      scenarios.KindCurved,
		Story:     "a spike in an egg box: the near eggs keep mass of the spike",
		Source:    "−0.3 times Ackley's function (20, 0.2, 2π); soft walls at ±4 (σ ¼) are ours",
		Target:    Ackley{},
		Truth:     scenarios.Truth{LogZ: ackleyLogZ, Modes: ackleyModes(), Sampler: Ackley{}},
		Start:     scenarios.NewGaussianStart(-2, -2, 0.8),
		Window:    scenarios.Window{XMin: -5.1, XMax: 5.1, YMin: -5.1, YMax: 5.1},
		Particles: 6000,
		Bandwidth: 0.09,
	}
}
