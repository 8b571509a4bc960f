package metrics

import (
	"math"

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

// sharesOf returns the normalised entropy of the distribution of the points over the regions,
// and its KL divergence from the target masses of the regions, NaN without points.
func sharesOf(points []scenarios.Point, r *target.Regions) (entropy, kl float64) {
	if len(points) == 0 {
		return 0, math.NaN()
	}
	count := make([]float64, len(r.List))
	for _, p := range points {
		count[r.At(p)]++
	}
	for k, c := range count {
		if c > 0 {
			s := c / float64(len(points))
			entropy -= s * math.Log(s)
			kl += s * math.Log(s/r.List[k].Mass)
		}
	}
	if len(count) > 1 {
		entropy /= math.Log(float64(len(count)))
	}
	return entropy, kl
}
