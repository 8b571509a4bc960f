package scenarios

import (
	"math"
	"math/rand/v2"
)

// Quartic is the flat-topped bell log p = −r⁴, r = √(x² + y²). With u = r², the area
// element r dr is ½du and p is e^(−u²): u is half-normal of variance ½, the angle
// uniform, and Z = π ∫₀^∞ e^(−u²) du = π^(3/2)/2.
type Quartic struct{}

var (
	_ Target  = Quartic{}
	_ Sampler = Quartic{}
)

// LogDensity is not normalised: log Z = ln(π^(3/2)/2).
func (Quartic) LogDensity(x, y float64) float64 { return -square(x*x + y*y) }

// Score is −4r²(x, y).
func (Quartic) Score(x, y float64) (gx, gy float64) {
	s := -4 * (x*x + y*y)
	return s * x, s * y
}

// Sample draws r² and the angle.
func (Quartic) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		r := math.Sqrt(math.Abs(rng.NormFloat64()) / math.Sqrt2)
		sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
		dst[i] = Point{r * cos, r * sin}
	}
}

func quartic() Scenario {
	return Scenario{
		Name:   "quartic",
		Kind:   curvedKind,
		Story:  "a table with steep sides: mass slides over the top, none falls off",
		Source: "as in common use: −r⁴",
		Target: Quartic{},
		Truth: Truth{
			LogZ:       1.5*math.Log(math.Pi) - math.Ln2,
			Modes:      []Point{{0, 0}},
			ModeMasses: []float64{1},
			Sampler:    Quartic{},
		},
		Start:     cloud(-0.7, 0, 0.3),
		Window:    Window{-2, 2, -2, 2},
		Zones:     quarticZones(),
		Particles: 3000,
		Bandwidth: 0.05,
	}
}

// quarticZones are the middle of the table and its four sides.
func quarticZones() []Zone {
	const middle, side = 0.5, 0.5
	return []Zone{
		{"middle", Disc{Radius: middle}},
		{"left", HalfPlane{Point{X: -side}, Point{X: -1}}},
		{"right", HalfPlane{Point{X: side}, Point{X: 1}}},
		{"top", HalfPlane{Point{}, Point{Y: 1}}},
		{"bottom", HalfPlane{Point{}, Point{Y: -1}}},
	}
}
