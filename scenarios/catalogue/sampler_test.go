package catalogue

import (
	"math"
	"slices"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/scenarios/internal/scenariotest"
)

// Counts of exact draws in cells follow the integrals of the density. Cells
// that expect fewer than ten draws are counted together with the outside. The
// threshold is five standard deviations of a chi-square variable.
func TestSamplerDrawsFromItsDensity(t *testing.T) {
	samplerDrawsFromDensity(t, cellsAcross, 60_000, cellMassesOf)
}

// samplerDrawsFromDensity counts draws in n × n cells, of known masses.
func samplerDrawsFromDensity(t *testing.T, n int, draws float64, massesOf func(s scenarios.Scenario) []float64) {
	t.Helper()
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		points := make([]scenarios.Point, int(draws))
		s.Truth.Sampler.Sample(points, scenariotest.Seeded(7))
		z := zOf(s)
		masses := massesOf(s)
		counts := scenariotest.CellCounts(points, s.Window, n)
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
func TestSamplerHasTheMomentsOfItsDensity(t *testing.T) { samplerHasMoments(t, 60_000) }

func samplerHasMoments(t *testing.T, draws int) {
	t.Helper()
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		points := make([]scenarios.Point, draws)
		s.Truth.Sampler.Sample(points, scenariotest.Seeded(17))
		var sampled, mean, variance moments
		for _, p := range points {
			sampled.add(momentsAt(s.Target, p.X, p.Y), 1/float64(draws))
		}
		integral := quadratureOf(s)
		z := integral.z
		area := scenariotest.ForGrid(around(s), integral.spacing, func(x, y float64) {
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

func momentsAt(target scenarios.Target, x, y float64) moments {
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
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		m, ok := s.Target.(*scenarios.Mixture)
		if !ok {
			t.Skip("not a mixture")
		}
		const draws = 40_000
		points := make([]scenarios.Point, draws)
		m.Sample(points, scenariotest.Seeded(8))
		components := m.Components()
		shares := make([]float64, len(components))
		for _, p := range points {
			total := m.LogDensity(p.X, p.Y)
			for k, c := range components {
				shares[k] += c.Weight * math.Exp(scenariotest.TextbookLogNormal(p, c.Mean, c.Cov)-total) / draws
			}
		}
		for k, c := range components {
			if spread := math.Sqrt(c.Weight * (1 - c.Weight) / draws); math.Abs(shares[k]-c.Weight) > 5*spread {
				t.Errorf("component %d has weight %.4f and share %.4f", k+1, c.Weight, shares[k])
			}
		}
	})
}

func TestStartLiesInTheWindow(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		g := s.Start.Sampler.(scenarios.Gaussian)
		below := func(x, mean float64) float64 { return 0.5 * math.Erfc((mean-x)/(g.Sigma*math.Sqrt2)) }
		share := (below(s.Window.XMax, g.Mean.X) - below(s.Window.XMin, g.Mean.X)) *
			(below(s.Window.YMax, g.Mean.Y) - below(s.Window.YMin, g.Mean.Y))
		if share < 0.999 {
			t.Errorf("the window contains %.5f of the start %s", share, s.Start.Text)
		}
	})
}

func TestEqualSeedsGiveEqualDraws(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		for _, sampler := range []scenarios.Sampler{s.Truth.Sampler, s.Start.Sampler} {
			a, b, c := make([]scenarios.Point, 500), make([]scenarios.Point, 500), make([]scenarios.Point, 500)
			sampler.Sample(a, scenariotest.Seeded(3))
			sampler.Sample(b, scenariotest.Seeded(3))
			sampler.Sample(c, scenariotest.Seeded(4))
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
func TestSampleDoesNotReadItsDestination(t *testing.T) {
	scenariotest.ForEach(t, All(), func(t *testing.T, s scenarios.Scenario) {
		for _, sampler := range []scenarios.Sampler{s.Truth.Sampler, s.Start.Sampler} {
			fresh, dirty := make([]scenarios.Point, 50), slices.Repeat([]scenarios.Point{{X: math.NaN(), Y: 9}}, 50)
			sampler.Sample(fresh, scenariotest.Seeded(5))
			sampler.Sample(dirty, scenariotest.Seeded(5))
			kept := slices.Clone(dirty)
			sampler.Sample(make([]scenarios.Point, 50), scenariotest.Seeded(6))
			if !slices.Equal(fresh, dirty) || !slices.Equal(kept, dirty) {
				t.Errorf("%T: the draws depend on the slice", sampler)
			}
			sampler.Sample(nil, scenariotest.Seeded(5))
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
		points := make([]scenarios.Point, draws)
		m.target.Sample(points, scenariotest.Seeded(18))
		sampled, want := 0.0, 0.0
		for _, p := range points {
			sampled += across(p.X, p.Y) / draws
		}
		area := scenariotest.ForGrid(scenarios.Window{XMin: -6, XMax: 6, YMin: -6, YMax: 6}, 0.03, func(x, y float64) {
			want += across(x, y) * math.Exp(m.target.LogDensity(x, y)-m.logZ)
		})
		want *= area
		if math.Abs(sampled-want) > 4*math.Sqrt2/math.Sqrt(draws) {
			t.Errorf("%s: mean square %.5f, want %.5f", what, sampled, want)
		}
	}
}
