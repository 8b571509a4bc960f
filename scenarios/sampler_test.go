package scenarios

import (
	"math"
	"slices"
	"testing"
)

// Counts of exact draws in cells follow the integrals of the density. Cells
// that expect fewer than ten draws are counted together with the outside. The
// threshold is five standard deviations of a chi-square variable.
func TestSamplerDrawsFromItsDensity(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		const n, draws = 60, 200_000
		points := make([]Point, draws)
		s.Truth.Sampler.Sample(points, seeded(7))
		z := zOf(s)
		masses := cellMasses(s.Target, s.Window, n)
		counts := cellCounts(points, s.Window, n)
		chi2, cells := 0.0, 0
		rest, restCount := 1.0, counts[n*n]
		for c, mass := range masses {
			expected := draws * mass / z
			if expected < 10 {
				restCount += counts[c]
				continue
			}
			rest -= mass / z
			chi2 += square(counts[c]-expected) / expected
			cells++
		}
		if expected := draws * rest; expected >= 10 {
			chi2 += square(restCount-expected) / expected
			cells++
		} else if restCount > expected+30 {
			t.Errorf("%g draws where %.1f are expected", restCount, expected)
		}
		freedom := float64(cells - 1)
		if limit := freedom + 5*math.Sqrt(2*freedom); chi2 > limit {
			t.Errorf("χ² = %.0f over %d cells, limit %.0f", chi2, cells, limit)
		}
		if cells < 30 {
			t.Errorf("only %d cells are compared", cells)
		}
	})
}

// Means of x, y, x², y² and log p are sharper than counts in cells: a wrong
// share of a well or a proposal taken for the target shows here first.
func TestSamplerHasTheMomentsOfItsDensity(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		draws := 200_000
		if s.Kind != mixtureKind {
			draws = 1_000_000
		}
		points := make([]Point, draws)
		s.Truth.Sampler.Sample(points, seeded(17))
		var sampled, mean, variance moments
		for _, p := range points {
			sampled.add(momentsAt(s.Target, p.X, p.Y), 1/float64(draws))
		}
		z, fine := integral(s.Target, s.Window.grown(0.6), s.Bandwidth/3)
		area := forGrid(s.Window.grown(0.6), fine, func(x, y float64) {
			m := momentsAt(s.Target, x, y)
			mean.add(m, math.Exp(m[4])/z)
			variance.add(m.squared(), math.Exp(m[4])/z)
		})
		for k := range mean {
			want := mean[k] * area
			spread := math.Sqrt((variance[k]*area - want*want) / float64(draws))
			if math.Abs(sampled[k]-want) > 4.5*spread {
				t.Errorf("moment %d is %.5f, want %.5f ± %.5f", k+1, sampled[k], want, spread)
			}
		}
	})
}

type moments [5]float64

func momentsAt(target Target, x, y float64) moments {
	return moments{x, y, x * x, y * y, target.LogDensity(x, y)}
}

func (m *moments) add(v moments, weight float64) {
	for k := range m {
		if weight > 0 {
			m[k] += weight * v[k]
		}
	}
}

func (m moments) squared() moments {
	for k := range m {
		m[k] *= m[k]
	}
	return m
}

// The mean responsibility of a component over exact draws is its weight,
// however much the components overlap; its variance is at most w(1 − w)/n.
func TestMixtureDrawsComponentsByWeight(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		m, ok := s.Target.(*Mixture)
		if !ok {
			t.Skip("not a mixture")
		}
		const draws = 40_000
		points := make([]Point, draws)
		m.Sample(points, seeded(8))
		shares := make([]float64, len(m.parts))
		for _, p := range points {
			total := m.LogDensity(p.X, p.Y)
			for k := range m.parts {
				shares[k] += math.Exp(m.parts[k].logDensity(p.X, p.Y)-total) / draws
			}
		}
		for k, c := range m.Components() {
			if spread := math.Sqrt(c.Weight * (1 - c.Weight) / draws); math.Abs(shares[k]-c.Weight) > 5*spread {
				t.Errorf("component %d has weight %.4f and share %.4f", k+1, c.Weight, shares[k])
			}
		}
	})
}

func TestStartLiesInTheWindow(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		g := s.Start.Sampler.(Gaussian)
		below := func(x, mean float64) float64 { return 0.5 * math.Erfc((mean-x)/(g.Sigma*math.Sqrt2)) }
		share := (below(s.Window.XMax, g.Mean.X) - below(s.Window.XMin, g.Mean.X)) *
			(below(s.Window.YMax, g.Mean.Y) - below(s.Window.YMin, g.Mean.Y))
		if share < 0.999 {
			t.Errorf("the window holds %.5f of the start %s", share, s.Start.Text)
		}
	})
}

func TestGaussianHasItsMoments(t *testing.T) {
	const draws = 100_000
	points := make([]Point, draws)
	Gaussian{Mean: Point{2, -3}, Sigma: 1.5}.Sample(points, seeded(9))
	var mx, my, xx, xy, yy float64
	for _, p := range points {
		dx, dy := (p.X-2)/1.5, (p.Y+3)/1.5
		mx, my = mx+dx/draws, my+dy/draws
		xx, xy, yy = xx+dx*dx/draws, xy+dx*dy/draws, yy+dy*dy/draws
	}
	for _, got := range []float64{mx, my, (xx - 1) / math.Sqrt2, xy, (yy - 1) / math.Sqrt2} {
		if math.Abs(got) > 5/math.Sqrt(draws) {
			t.Errorf("a standardised moment is off by %g", got)
		}
	}
}

func TestEqualSeedsGiveEqualDraws(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		for _, sampler := range []Sampler{s.Truth.Sampler, s.Start.Sampler} {
			a, b, c := make([]Point, 500), make([]Point, 500), make([]Point, 500)
			sampler.Sample(a, seeded(3))
			sampler.Sample(b, seeded(3))
			sampler.Sample(c, seeded(4))
			if !slices.Equal(a, b) {
				t.Errorf("%T: equal seeds, different draws", sampler)
			}
			if slices.Equal(a, c) {
				t.Errorf("%T: different seeds, equal draws", sampler)
			}
		}
	})
}

// Filling a slice must neither read it nor keep it.
func TestSampleOwesNothingToItsDestination(t *testing.T) {
	forEach(t, func(t *testing.T, s Scenario) {
		for _, sampler := range []Sampler{s.Truth.Sampler, s.Start.Sampler} {
			fresh, dirty := make([]Point, 50), slices.Repeat([]Point{{math.NaN(), 9}}, 50)
			sampler.Sample(fresh, seeded(5))
			sampler.Sample(dirty, seeded(5))
			kept := slices.Clone(dirty)
			sampler.Sample(make([]Point, 50), seeded(6))
			if !slices.Equal(fresh, dirty) || !slices.Equal(kept, dirty) {
				t.Errorf("%T: the draws depend on the slice", sampler)
			}
			sampler.Sample(nil, seeded(5))
		}
	})
}

// The factor r of the polar area moves the spread across the ring by less than
// 1 %: too little for the general tests. The variance of the mean square is at
// most 2/n, as the crescents are narrower than the ring.
func TestMoonsHaveTheirSpreadAcrossTheRing(t *testing.T) {
	for what, m := range map[string]struct {
		target TwoMoons
		logZ   float64
	}{"two moons": {NewTwoMoons(), moonsLogZ}, "U1": {NewU1(), u1LogZ}} {
		across := func(x, y float64) float64 { return square((math.Hypot(x, y) - moonsRadius) / m.target.ring.deviation) }
		const draws = 3_000_000
		points := make([]Point, draws)
		m.target.Sample(points, seeded(18))
		sampled, want := 0.0, 0.0
		for _, p := range points {
			sampled += across(p.X, p.Y) / draws
		}
		area := forGrid(Window{-6, 6, -6, 6}, 0.03, func(x, y float64) {
			want += across(x, y) * math.Exp(m.target.LogDensity(x, y)-m.logZ)
		})
		want *= area
		if math.Abs(sampled-want) > 4*math.Sqrt2/math.Sqrt(draws) {
			t.Errorf("%s: mean square %.5f, want %.5f", what, sampled, want)
		}
	}
}
