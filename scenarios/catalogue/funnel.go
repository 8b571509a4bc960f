package catalogue

import (
	"math"
	"math/rand/v2"

	"gonum.org/v1/gonum/integrate/quad"

	"undercurrent/internal/portable"
	"undercurrent/scenarios"
)

// Funnel is Neal's funnel between soft walls: v ~ N(0, 3²) along y, then x ~ N(0, eᵛ), so
//
//	log p = −½(v/3)² − ½x²e⁻ᵛ − v/2 − ln(6π) + walls(x) + walls(v).
//
// Its width ranges from e⁻⁴ to e⁴ and beyond, too much for a window; the walls are added here
// to bound it. The only mode is (0, −4½).
//
// Neal (2003), Slice sampling, Annals of Statistics 31, 705–767.
type Funnel struct{ x, v walls }

var (
	_ scenarios.Target  = Funnel{}
	_ scenarios.Sampler = Funnel{}
)

// funnelWidth is the standard deviation of v.
const funnelWidth = 3

// NewFunnel returns the funnel with walls at |x| = 12 and |v| = 6.
func NewFunnel() Funnel { return Funnel{x: walls{half: 12, soft: 0.5}, v: walls{half: 6, soft: 0.5}} }

// LogDensity computes x²e⁻ᵛ as e^(2 ln|x| − v), whose factors do not overflow separately.
func (f Funnel) LogDensity(x, v float64) float64 {
	return -0.5*(square(v/funnelWidth)+portable.Exp(2*math.Log(math.Abs(x))-v)+v) - math.Log(2*math.Pi*funnelWidth) +
		f.x.logDensity(x) + f.v.logDensity(v)
}

// Score is (−xe⁻ᵛ, −v/9 + ½x²e⁻ᵛ − ½) plus that of the walls.
func (f Funnel) Score(x, v float64) (gx, gv float64) {
	l := math.Log(math.Abs(x))
	gx = f.x.score(x) - math.Copysign(portable.Exp(l-v), x)
	gv = f.v.score(v) - v/(funnelWidth*funnelWidth) + portable.Exp(2*l-v)/2 - 0.5
	return gx, gv
}

// Sample draws by rejection from the funnel without walls; 95 % of the proposals are accepted.
func (f Funnel) Sample(dst []scenarios.Point, rng *rand.Rand) {
	for i := range dst {
		for accepted := false; !accepted; {
			v := funnelWidth * rng.NormFloat64()
			dst[i] = scenarios.Point{X: portable.Exp(v/2) * rng.NormFloat64(), Y: v}
			accepted = rng.Float64() < portable.Exp(f.x.logDensity(dst[i].X)+f.v.logDensity(v))
		}
	}
}

// logZ is the logarithm of ∫ N(v; 0, 3²) e^walls(v) kept(e^(v/2)) dv, by Gauss–Legendre
// quadrature in panels that end at the walls.
func (f Funnel) logZ() float64 {
	row := func(v float64) float64 {
		bell := portable.Exp(-square(v/funnelWidth)/2) / (funnelWidth * math.Sqrt(2*math.Pi))
		return bell * portable.Exp(f.v.logDensity(v)) * f.x.kept(portable.Exp(v/2))
	}
	far := f.v.half + 9*f.v.soft
	sum := 0.0
	for _, panel := range [...][2]float64{{-far, -f.v.half}, {-f.v.half, 0}, {0, f.v.half}, {f.v.half, far}} {
		sum += quad.Fixed(row, panel[0], panel[1], 60, quad.Legendre{}, 0)
	}
	return math.Log(sum)
}

// kept is ∫ N(x; 0, σ²) e^walls(x) dx. Inside it is erf(half/(σ√2)); beyond half the product of the
// two Gaussians is one of variance τ² = σ²soft²/(σ² + soft²) about m = half·σ²/(σ² + soft²),
//
//	soft√(2π) N(half; 0, σ² + soft²) Φ((m − half)/τ) on either side.
func (w walls) kept(sigma float64) float64 {
	total := sigma*sigma + w.soft*w.soft
	height := w.soft / math.Sqrt(total) * portable.Exp(-w.half*w.half/(2*total))
	// (half − m)/τ = half·soft/(σ√total), and Φ(−t) = ½ erfc(t/√2).
	beyond := portable.Erfc(w.half * w.soft / (sigma * math.Sqrt(2*total)))
	return portable.Erf(w.half/(sigma*math.Sqrt2)) + height*beyond
}

func funnel() scenarios.Scenario {
	target := NewFunnel()
	return scenarios.Scenario{
		Name:   "Neal's funnel",
		Kind:   scenarios.KindHeavy,
		Story:  "the wide mouth fills at once, the neck needs the finest steps",
		Source: "Neal: v ~ N(0, 3²), x ~ N(0, eᵛ); soft walls at |x| = 12, |v| = 6 (σ ½) are ours",
		Target: target,
		Truth: scenarios.Truth{
			LogZ:       target.logZ(),
			Modes:      []scenarios.Point{{X: 0, Y: -4.5}},
			ModeMasses: []float64{1},
			Sampler:    target,
		},
		Start:     scenarios.NewGaussianStart(0, 3, 1.5),
		Window:    scenarios.Window{XMin: -14, XMax: 14, YMin: -8, YMax: 8},
		Regions:   bandsAlongY([]float64{-3.5, -1, 1, 3.5}, "mouth", "cone", "throat", "neck", "tip"),
		Particles: 5000,
		Bandwidth: 0.25,
	}
}
