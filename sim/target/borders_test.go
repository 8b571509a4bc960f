package target

import (
	"math"
	"math/rand/v2"
	"testing"

	"undercurrent/scenarios"
	"undercurrent/sim/internal/simtest"
)

// peakOf follows the score of a density from a point to its peak, in small steps.
func peakOf(t scenarios.Target, p scenarios.Point) scenarios.Point {
	const step = 0.02
	for range 5000 {
		gx, gy := t.Score(p.X, p.Y)
		size := math.Hypot(gx, gy)
		if size < 1e-3 {
			break
		}
		s := min(step/size, step)
		p.X, p.Y = p.X+s*gx, p.Y+s*gy
	}
	return p
}

// The mass of a basin is that of the points from which the gradient of the smoothed density, in
// closed form, leads to its peak.
func TestTheMassOfABasinIsThatOfTheContinuousAscent(t *testing.T) { basinsAreThoseOfAscents(t, 1) }

func basinsAreThoseOfAscents(t *testing.T, mixtures int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(5, 0))
	const h = 0.3
	for range mixtures {
		var list, wide []scenarios.Component
		for _, mean := range []scenarios.Point{{X: -2.2, Y: -1.1}, {X: 1.9, Y: -1.4}, {X: 0.4, Y: 2.3}} {
			mean.X, mean.Y = mean.X+0.4*rng.NormFloat64(), mean.Y+0.4*rng.NormFloat64()
			c := scenarios.Component{Mean: mean, Weight: math.Exp(-3 * rng.Float64()), Cov: scenarios.Ellipse(0.5+0.5*rng.Float64(), 0.4+0.3*rng.Float64(), 180*rng.Float64())}
			list = append(list, c)
			c.Cov.XX, c.Cov.YY = c.Cov.XX+h*h, c.Cov.YY+h*h
			wide = append(wide, c)
		}
		m, err := scenarios.NewMixture(list)
		if err != nil {
			t.Fatal(err)
		}
		smooth, err := scenarios.NewMixture(wide)
		if err != nil {
			t.Fatal(err)
		}
		s := simtest.Gaussian(t, 1, scenarios.Gaussian{Sigma: 1})
		s.Target, s.Division, s.Bandwidth, s.Window = m, scenarios.ByBasins, h, scenarios.Window{XMin: -7, XMax: 7, YMin: -7, YMax: 7}
		regions := onGrid(t, s, Matched, 0).Regions.List
		const spacing = 0.08
		mass, total := make([]float64, len(regions)), 0.0
		for x := -6.0; x < 6; x += spacing {
			for y := -6.0; y < 6; y += spacing {
				p := scenarios.Point{X: x + spacing*rng.Float64(), Y: y + spacing*rng.Float64()}
				weight := math.Exp(smooth.LogDensity(p.X, p.Y))
				if weight < 1e-6 {
					continue
				}
				peak, nearest := peakOf(smooth, p), 0
				for k, r := range regions {
					if math.Hypot(r.Peak.X-peak.X, r.Peak.Y-peak.Y) < math.Hypot(regions[nearest].Peak.X-peak.X, regions[nearest].Peak.Y-peak.Y) {
						nearest = k
					}
				}
				mass[nearest] += weight
				total += weight
			}
		}
		for k, r := range regions {
			if got, want := r.Mass, mass[k]/total; math.Abs(got-want) > 1e-2*want {
				t.Errorf("region %d of %d has the mass %.4f, expected %.4f", r.ID, len(regions), got, want)
			} else {
				t.Logf("region %d: %.4f, expected %.4f", r.ID, got, want)
			}
		}
	}
}
