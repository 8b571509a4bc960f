package metrics

import (
	"math"

	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
	"undercurrent/sim/target"
)

// mode is the mean and the covariance of a mode.
type mode struct {
	mean            scenarios.Point
	varX, varY, cov float64
}

// modesOf returns the components of a mixture, otherwise the basins of the target.
func modesOf(s scenarios.Scenario, r *target.Regions) []mode {
	var modes []mode
	if m, ok := s.Target.(*scenarios.Mixture); ok {
		for _, c := range m.Components() {
			if c.Weight > 0 {
				modes = append(modes, mode{c.Mean, c.Cov.XX, c.Cov.YY, c.Cov.XY})
			}
		}
		return modes
	}
	for _, k := range r.List {
		modes = append(modes, mode{k.Mean, k.VarX, k.VarY, k.CovXY})
	}
	return modes
}

// distance is the Mahalanobis distance of a point.
func (m mode) distance(p scenarios.Point) float64 {
	dx, dy := p.X-m.mean.X, p.Y-m.mean.Y
	return math.Sqrt((m.varY*dx*dx - 2*m.cov*dx*dy + m.varX*dy*dy) / (m.varX*m.varY - m.cov*m.cov))
}

// cover returns the number of modes with a point within three standard deviations, and the
// fraction of points within three standard deviations of a mode.
func cover(points []scenarios.Point, modes []mode) (covered int, quality float64) {
	const near = 3
	reached, good := make([]bool, len(modes)), 0
	for _, p := range points {
		within := false
		for k, m := range modes {
			if m.distance(p) <= near {
				reached[k], within = true, true
			}
		}
		if within {
			good++
		}
	}
	for _, r := range reached {
		if r {
			covered++
		}
	}
	return covered, float64(good) / float64(len(points))
}

// compareMasses returns the normalised entropy of the masses of the points in the regions, as
// shares of their sum, and the KL divergence of these from the target masses; NaN without mass.
// Both masses are smoothed by the kernel.
func compareMasses(masses []float64, regions []target.Region) (entropy, kl float64) {
	sum := floats.Sum(masses)
	if sum == 0 {
		return 0, math.NaN()
	}
	for k, c := range masses {
		if c > 0 {
			c /= sum
			entropy -= c * math.Log(c)
			kl += c * math.Log(c/regions[k].Mass)
		}
	}
	if len(masses) > 1 {
		entropy /= math.Log(float64(len(masses)))
	}
	return entropy, kl
}
