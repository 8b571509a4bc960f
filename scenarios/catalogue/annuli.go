package catalogue

import (
	"math"
	"math/rand/v2"
	"sort"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Annuli are thin rings about the origin. At a distance r, with a the nearest radius,
//
//	log p = −(r − a)²/(2σ²).
//
// Their crests are circles, so there is no finite list of modes.
type Annuli struct {
	radii      []float64 // ascending
	variance   float64   // σ²
	cumulative []float64 // cumulative sums of the integrals of the rings
}

var (
	_ scenarios.Target  = Annuli{}
	_ scenarios.Sampler = Annuli{}
)

// newAnnuli integrates every ring in closed form.
func newAnnuli(variance float64, radii ...float64) Annuli {
	t := Annuli{radii: radii, variance: variance}
	sum := 0.0
	for k := range radii {
		sum += t.integral(k)
		t.cumulative = append(t.cumulative, sum)
	}
	return t
}

// NewDonut is the ring of radius 2.6 with 2σ² = 0.033.
func NewDonut() Annuli { return newAnnuli(0.033/2, 2.6) }

// NewRings3 are the rings of radius 1, 3 and 5 with 2σ² = 1/100.
func NewRings3() Annuli { return newAnnuli(1.0/200, 1, 3, 5) }

// reach is the interval of r in which ring k is the nearest one, between the midpoints to the
// neighbouring rings.
func (t Annuli) reach(k int) (from, to float64) {
	to = math.Inf(1)
	if k > 0 {
		from = (t.radii[k-1] + t.radii[k]) / 2
	}
	if k+1 < len(t.radii) {
		to = (t.radii[k] + t.radii[k+1]) / 2
	}
	return from, to
}

// integral is the integral of the density over the reach of ring k. With u = (r − a)/σ,
//
//	2π ∫ r e^(−u²/2) dr = 2πσ² [e^(−u²/2)]_to^from + 2πaσ √(π/2) [erf(u/√2)]_from^to.
func (t Annuli) integral(k int) float64 {
	a, sigma := t.radii[k], math.Sqrt(t.variance)
	from, to := t.reach(k)
	u, v := (from-a)/sigma, (to-a)/sigma
	edges := t.variance * (portable.Exp(-u*u/2) - portable.Exp(-v*v/2))
	bell := a * sigma * math.Sqrt(math.Pi/2) * (portable.Erf(v/math.Sqrt2) - portable.Erf(u/math.Sqrt2))
	return 2 * math.Pi * (edges + bell)
}

func (t Annuli) logZ() float64 { return math.Log(t.cumulative[len(t.cumulative)-1]) }

// nearest returns the radius nearest to r.
func (t Annuli) nearest(r float64) float64 {
	best := t.radii[0]
	for _, a := range t.radii[1:] {
		if math.Abs(r-a) < math.Abs(r-best) {
			best = a
		}
	}
	return best
}

// LogDensity is not normalised: see logZ.
func (t Annuli) LogDensity(x, y float64) float64 {
	r := math.Hypot(x, y)
	return -square(r-t.nearest(r)) / (2 * t.variance)
}

// Score is radial. It is zero at the origin, where the density has a kink.
func (t Annuli) Score(x, y float64) (gx, gy float64) {
	r := math.Hypot(x, y)
	if r == 0 {
		return 0, 0
	}
	s := (t.nearest(r) - r) / t.variance
	return s * (x / r), s * (y / r)
}

// Sample chooses a ring by its integral, then draws r by rejection from a Gaussian: as
// 1 + t ≤ eᵗ with t = r/a − 1, the density r e^(−(r−a)²/(2σ²)) of r is at most
// a e^(r/a−1) times the same exponential, which is a Gaussian of mean a + σ²/a.
// Thin rings accept nearly all proposals.
func (t Annuli) Sample(dst []scenarios.Point, rng *rand.Rand) {
	total := t.cumulative[len(t.cumulative)-1]
	for i := range dst {
		r := t.drawRadius(sort.SearchFloat64s(t.cumulative, rng.Float64()*total), rng)
		sin, cos := math.Sincos(2 * math.Pi * rng.Float64())
		dst[i] = scenarios.Point{X: r * cos, Y: r * sin}
	}
}

func (t Annuli) drawRadius(k int, rng *rand.Rand) float64 {
	a := t.radii[k]
	from, to := t.reach(k)
	for {
		r := a + t.variance/a + math.Sqrt(t.variance)*rng.NormFloat64()
		if r >= from && r < to && rng.Float64() < r/a*portable.Exp(1-r/a) {
			return r
		}
	}
}

func donut() scenarios.Scenario {
	target := NewDonut()
	return scenarios.Scenario{
		Name:      "donut",
		Kind:      scenarios.KindCurved,
		Story:     "a spot on the rim spreads both ways, the far side closes last",
		Source:    "mcmc-demo: −(r − 2.6)²/0.033",
		Target:    target,
		Truth:     scenarios.Truth{LogZ: target.logZ(), Sampler: target},
		Start:     scenarios.NewGaussianStart(-2, 0, 0.5),
		Window:    scenarios.Window{XMin: -3.7, XMax: 3.7, YMin: -3.7, YMax: 3.7},
		Regions:   sixths(target.radii[0]),
		Particles: 3000,
		Bandwidth: 0.1,
	}
}

func rings3() scenarios.Scenario {
	target := NewRings3()
	return scenarios.Scenario{
		Name:      "three rings",
		Kind:      scenarios.KindCurved,
		Story:     "masses 1, 3 and 5 ninths: the outer, heaviest ring gets least",
		Source:    "as in common use: −100 min (r − a)² over a = 1, 3, 5",
		Target:    target,
		Truth:     scenarios.Truth{LogZ: target.logZ(), Sampler: target},
		Start:     scenarios.NewGaussianStart(0, 0, 1.6),
		Division:  scenarios.ByBasins,
		Window:    scenarios.Window{XMin: -5.8, XMax: 5.8, YMin: -5.8, YMax: 5.8},
		Particles: 5000,
		Bandwidth: 0.1,
	}
}
