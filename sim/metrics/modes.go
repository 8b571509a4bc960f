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

// nearness is how points lie about the modes.
type nearness struct {
	visited int     // modes with a point within three standard deviations
	filled  int     // modes with their share of the points to a factor of two
	quality float64 // fraction of the points within three standard deviations of a mode
}

const (
	// near is the distance from a mode up to which a point visits it.
	near = 3
	// fillRange is the largest factor between the share of a mode that is filled and that of the target.
	fillRange = 2
)

// nearest returns the mode with the smallest Mahalanobis distance to a point, and whether it or another is
// near; reached, unless it is nil, is set for every mode that is.
func nearest(p scenarios.Point, modes []mode, reached []bool) (k int, within bool) {
	least := math.Inf(1)
	for i, m := range modes {
		d := m.distance(p)
		if d < least {
			k, least = i, d
		}
		if d <= near {
			within = true
			if reached != nil {
				reached[i] = true
			}
		}
	}
	return k, within
}

// modeShares are the shares of the target by the nearest mode, on the grid.
func modeShares(t *target.OnGrid, modes []mode) []float64 {
	shares, total := make([]float64, len(modes)), 0.0
	if len(modes) == 0 {
		return shares
	}
	for i, p := range t.P {
		if p > 0 {
			k, _ := nearest(t.Grid.Node(i), modes, nil)
			shares[k] += p
			total += p
		}
	}
	floats.Scale(1/total, shares)
	return shares
}

// about returns how a cloud lies about the modes, of which the target has the given shares.
func about(c scenarios.Cloud, modes []mode, shares []float64) (n nearness) {
	switch {
	case len(modes) == 0:
		return n
	case c.Shares != nil:
		return aboutByShare(c, modes, shares)
	}
	points := c.Points
	reached, counts, good := make([]bool, len(modes)), make([]int, len(modes)), 0
	for _, p := range points {
		k, within := nearest(p, modes, reached)
		counts[k]++
		if within {
			good++
		}
	}
	for k, c := range counts {
		if reached[k] {
			n.visited++
		}
		if share := float64(c) / float64(len(points)); share <= fillRange*shares[k] && share*fillRange >= shares[k] && c > 0 {
			n.filled++
		}
	}
	n.quality = float64(good) / float64(len(points))
	return n
}

// oneDraw is the least part of the mass of a draw that visits a mode; it allows for rounding.
const oneDraw = 1 - 1e-9

// aboutByShare is about of a cloud with shares. A mode is visited by the mass of one draw out of as many as the
// effective size: a point of a small weight alone visits none.
func aboutByShare(c scenarios.Cloud, modes []mode, shares []float64) (n nearness) {
	reached, visits, masses := make([]bool, len(modes)), make([]float64, len(modes)), make([]float64, len(modes))
	for i, p := range c.Points {
		clear(reached)
		k, within := nearest(p, modes, reached)
		masses[k] += c.Shares[i]
		if within {
			n.quality += c.Shares[i]
		}
		for j, is := range reached {
			if is {
				visits[j] += c.Shares[i]
			}
		}
	}
	draws := c.EffectiveSize()
	for k, mass := range masses {
		if visits[k]*draws >= oneDraw {
			n.visited++
		}
		if mass <= fillRange*shares[k] && mass*fillRange >= shares[k] && mass > 0 {
			n.filled++
		}
	}
	return n
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
