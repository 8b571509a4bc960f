package scenarios

import (
	"math"
	"math/rand/v2"
)

// TwoMoons is a thin ring of which only the left and the right side are kept:
// with r = √(x² + y²),
//
//	log p = −½((r − 2)/0.2)² + ln[e^(−½((x−2)/0.3)²) + e^(−½((x+2)/0.3)²)].
//
// Its modes are (±2, 0), with half of the mass each by symmetry.
type TwoMoons struct{}

var (
	_ Target  = TwoMoons{}
	_ Sampler = TwoMoons{}
)

const (
	moonsRadius = 2.0
	moonsRing   = 0.2 // standard deviation across the ring
	moonsSide   = 0.3 // standard deviation of x about ±2

	// moonsLogZ was computed in polar coordinates by adaptive quadrature with
	// thirty digits; the tests hold it against a plain sum over the plane.
	moonsLogZ = 0.804214448632119866
)

// LogDensity folds x to |x|: the exponential of the nearer moon is then known,
// and the other is e^(−4|x|/0.3²) times it, so their sum never underflows.
func (TwoMoons) LogDensity(x, y float64) float64 {
	ring := (math.Hypot(x, y) - moonsRadius) / moonsRing
	side := (math.Abs(x) - moonsRadius) / moonsSide
	return -0.5*(ring*ring+side*side) + math.Log1p(math.Exp(-2*moonsTilt*math.Abs(x)))
}

// moonsTilt is half the log-ratio of the two exponentials per unit of x.
const moonsTilt = moonsRadius / (moonsSide * moonsSide)

// Score has no radial direction at the origin, where the density has a kink;
// there it is zero, as symmetry asks.
func (TwoMoons) Score(x, y float64) (gx, gy float64) {
	r := math.Hypot(x, y)
	if r == 0 {
		return 0, 0
	}
	ring := (moonsRadius - r) / (moonsRing * moonsRing)
	side := (moonsRadius*math.Tanh(moonsTilt*x) - x) / (moonsSide * moonsSide)
	return ring*(x/r) + side, ring * (y / r)
}

// Sample rejects from a ring. In polar coordinates the density on x > 0 is
//
//	r e^(−½((r−2)/0.2)²) · s(r cos θ),  s(x) = e^(−½((x−2)/0.3)²) + e^(−½((x+2)/0.3)²).
//
// As 1 + t ≤ eᵗ with t = r/2 − 1, r ≤ 2e^(r/2−1), and the first factor is at
// most a Gaussian of mean 2 + 0.2²/2 and standard deviation 0.2; as x ≥ 0, s is
// at most 1 + e^(−½(2/0.3)²). A fair coin then chooses the moon. About a quarter of
// the proposals is accepted.
func (TwoMoons) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		dst[i] = drawRightMoon(rng)
		if rng.Uint64()&1 == 0 {
			dst[i].X = -dst[i].X
		}
	}
}

func drawRightMoon(rng *rand.Rand) Point {
	bound := 1 + math.Exp(-0.5*square(moonsRadius/moonsSide))
	for {
		r := moonsRadius + moonsRing*moonsRing/2 + moonsRing*rng.NormFloat64()
		sin, cos := math.Sincos(math.Pi * (rng.Float64() - 0.5))
		x := r * cos
		side := math.Exp(-0.5*square((x-moonsRadius)/moonsSide)) + math.Exp(-0.5*square((x+moonsRadius)/moonsSide))
		// For r ≤ 0 the acceptance is not positive, hence never above the draw.
		if rng.Float64()*bound < r/2*math.Exp(1-r/2)*side {
			return Point{x, r * sin}
		}
	}
}

func square(v float64) float64 { return v * v }
