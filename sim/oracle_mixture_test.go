package sim_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
)

// vec is a vector in the plane.
type vec struct{ x, y float64 }

func (a vec) plus(b vec) vec       { return vec{a.x + b.x, a.y + b.y} }
func (a vec) minus(b vec) vec      { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(s float64) vec  { return vec{a.x * s, a.y * s} }
func (a vec) dot(b vec) float64    { return a.x*b.x + a.y*b.y }
func (a vec) length() float64      { return math.Hypot(a.x, a.y) }
func squareOf(x float64) float64   { return x * x }
func sigmoid(x float64) float64    { return 1 / (1 + math.Exp(-x)) }
func softplusOf(x float64) float64 { return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x))) }
func clampTo(x, b float64) float64 { return math.Max(-b, math.Min(b, x)) }
func relative(got, want, floor float64) float64 {
	return math.Abs(got-want) / math.Max(math.Abs(want), floor)
}

// bump is one Gaussian of a mixture, by its covariance.
type bump struct{ x, y, xx, xy, yy, weight float64 }

// bumps is a mixture of Gaussians.
type bumps []bump

// randomBumps are 2 to 12 Gaussians, with means uniform in a box, covariances of a Wishart
// distribution of 2 to 5 degrees of freedom, some of which are almost singular, and weights of a flat
// Dirichlet distribution.
func randomBumps(rng *rand.Rand, n int) bumps {
	m, total := make(bumps, n), 0.0
	for k := range m {
		b := &m[k]
		b.x, b.y = 5*rng.Float64()-2.5, 5*rng.Float64()-2.5
		freedom, scale := 2+rng.IntN(4), 0.3+0.4*rng.Float64()
		for range freedom {
			g, h := scale*rng.NormFloat64(), scale*rng.NormFloat64()
			b.xx, b.xy, b.yy = b.xx+g*g/float64(freedom), b.xy+g*h/float64(freedom), b.yy+h*h/float64(freedom)
		}
		b.weight = rng.ExpFloat64()
		total += b.weight
	}
	for k := range m {
		m[k].weight /= total
	}
	return m
}

// smoothed is the mixture convolved with N(0, h² I).
func (m bumps) smoothed(h float64) bumps {
	wide := append(bumps(nil), m...)
	for k := range wide {
		wide[k].xx += h * h
		wide[k].yy += h * h
	}
	return wide
}

// logDensity is the density on a logarithmic scale.
type logDensity []logBump

// logBump is log weight·N(x; μ, Σ) = top − (x − μ)ᵀΣ⁻¹(x − μ)/2.
type logBump struct{ x, y, ixx, ixy, iyy, top float64 }

// logarithm prepares the evaluation of the logarithm.
func (m bumps) logarithm() (l logDensity) {
	for _, b := range m {
		det := b.xx*b.yy - b.xy*b.xy
		l = append(l, logBump{b.x, b.y, b.yy / det, -b.xy / det, b.xx / det, math.Log(b.weight) - math.Log(2*math.Pi) - math.Log(det)/2})
	}
	return l
}

// at is the logarithm of the density, and its gradient.
func (l logDensity) at(x, y float64) (logP float64, score vec) {
	terms, top := make([]float64, len(l)), math.Inf(-1)
	for k, b := range l {
		dx, dy := x-b.x, y-b.y
		terms[k] = b.top - (b.ixx*dx*dx+2*b.ixy*dx*dy+b.iyy*dy*dy)/2
		top = math.Max(top, terms[k])
	}
	sum := 0.0
	for k, b := range l {
		e, dx, dy := math.Exp(terms[k]-top), x-b.x, y-b.y
		sum += e
		score.x -= e * (b.ixx*dx + b.ixy*dy)
		score.y -= e * (b.ixy*dx + b.iyy*dy)
	}
	return top + math.Log(sum), score.times(1 / sum)
}

// target is the mixture for the program.
func (m bumps) target(t testing.TB) *scenarios.Mixture {
	t.Helper()
	var list []scenarios.Component
	for _, b := range m {
		list = append(list, scenarios.Component{Mean: scenarios.Point{X: b.x, Y: b.y}, Cov: scenarios.Cov{XX: b.xx, XY: b.xy, YY: b.yy}, Weight: b.weight})
	}
	target, err := scenarios.NewMixture(list)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// oracleProblem is a target with a start and a kernel.
type oracleProblem struct {
	mixture  bumps
	start    scenarios.Gaussian
	h        float64
	scenario scenarios.Scenario
}

// problemMargin is the distance of every mean from the edge of the window, in standard deviations:
// less than 10⁻⁴ of the mass is beyond, and 10⁻⁶ beyond the padding.
const problemMargin = 4

// randomProblem is the k-th problem; its numbers of components run from 2 to 12.
func randomProblem(t testing.TB, k int) oracleProblem {
	t.Helper()
	rng := rand.New(rand.NewPCG(uint64(k), 20))
	p := oracleProblem{mixture: randomBumps(rng, 2+k%11)}
	p.start = scenarios.Gaussian{Mean: scenarios.Point{X: 3*rng.Float64() - 1.5, Y: 3*rng.Float64() - 1.5}, Sigma: 0.8 + 0.8*rng.Float64()}
	p.h = 0.28 + 0.12*rng.Float64()
	w := scenarios.Window{XMin: -1, XMax: 1, YMin: -1, YMax: 1}
	cover := func(x, y, sx, sy float64) {
		w.XMin, w.XMax = math.Min(w.XMin, x-problemMargin*sx), math.Max(w.XMax, x+problemMargin*sx)
		w.YMin, w.YMax = math.Min(w.YMin, y-problemMargin*sy), math.Max(w.YMax, y+problemMargin*sy)
	}
	for _, b := range p.mixture {
		cover(b.x, b.y, math.Sqrt(b.xx), math.Sqrt(b.yy))
	}
	cover(p.start.Mean.X, p.start.Mean.Y, p.start.Sigma, p.start.Sigma)
	target := p.mixture.target(t)
	// The lattice of the oracle does not cut squares of the grid, as cells of a basin do.
	p.scenario = scenarios.Scenario{ID: "random", Division: scenarios.ByBasins, Target: target, Truth: target.Truth(), Start: scenarios.Start{Sampler: p.start},
		Window: w, Particles: oracleParticles, Bandwidth: p.h}
	return p
}
