package catalogue

import (
	"math"
	"math/rand/v2"

	"undercurrent/scenarios"
)

// Quartic is the flat-topped bell log p = −r⁴, r = √(x² + y²). With u = r², the area
// element r dr is ½du and p is e^(−u²): u is half-normal of variance ½, the angle
// uniform, and Z = π ∫₀^∞ e^(−u²) du = π^(3/2)/2.
type Quartic struct{}

var (
	_ scenarios.Target  = Quartic{}
	_ scenarios.Sampler = Quartic{}
)

// LogDensity is not normalised: log Z = ln(π^(3/2)/2).
func (Quartic) LogDensity(x, y float64) float64 { return -square(x*x + y*y) }

// Score is −4r²(x, y).
func (Quartic) Score(x, y float64) (gx, gy float64) {
	s := -4 * (x*x + y*y)
	return s * x, s * y
}

// Sample draws r² and the angle.
func (Quartic) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		r := math.Sqrt(math.Abs(rng.NormFloat64()) / math.Sqrt2)
		sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
		dst[i] = scenarios.Point{X: r * cos, Y: r * sin}
	}
}

func quartic() scenarios.Scenario {
	return scenarios.Scenario{
		Name:   "quartic",
		Kind:   scenarios.KindCurved,
		Story:  "a table with steep sides: mass slides over the top, none falls off",
		Source: "as in common use: −r⁴",
		Target: Quartic{},
		Truth: scenarios.Truth{
			LogZ:       1.5*math.Log(math.Pi) - math.Ln2,
			Modes:      []scenarios.Point{{X: 0, Y: 0}},
			ModeMasses: []float64{1},
			Sampler:    Quartic{},
		},
		Start:     scenarios.NewGaussianStart(-0.7, 0, 0.3),
		Window:    scenarios.Window{XMin: -2, XMax: 2, YMin: -2, YMax: 2},
		Regions:   quarticRegions(),
		Particles: 3000,
		Bandwidth: 0.05,
	}
}

// quarticRegions returns the middle of the plateau and the four parts around it.
func quarticRegions() []scenarios.Region {
	const middle, side = 0.5, 0.5
	return []scenarios.Region{
		{Name: "middle", Shape: scenarios.Disc{Radius: middle}},
		{Name: "left", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: -side}, Normal: scenarios.Point{X: -1}}},
		{Name: "right", Shape: scenarios.HalfPlane{Through: scenarios.Point{X: side}, Normal: scenarios.Point{X: 1}}},
		{Name: "top", Shape: scenarios.HalfPlane{Through: scenarios.Point{}, Normal: scenarios.Point{Y: 1}}},
		{Name: "bottom", Shape: scenarios.HalfPlane{Through: scenarios.Point{}, Normal: scenarios.Point{Y: -1}}},
	}
}
