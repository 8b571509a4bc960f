package density

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/target"
)

// RegionTotals contains the measurements of the points in one region.
type RegionTotals struct {
	target.Region
	// Count is the number of points and Share the fraction of all points.
	Count int
	Share float64
	// SE is the binomial standard error of Share, √(s(1−s)/N).
	SE float64
	// UnderCoverage is U restricted to the region.
	UnderCoverage float64
}

// minRegionMass is the target mass below which a region counts as empty.
const minRegionMass = 1e-12

// MassRatio is Share/Mass, particle mass over target mass, NaN if the target mass is zero.
func (k RegionTotals) MassRatio() float64 {
	if k.Mass < minRegionMass {
		return math.NaN()
	}
	return k.Share / k.Mass
}

// Regions returns the totals of every region of the target, with U by a functional.
func (e *Estimator) Regions(u divergences.Functional) []RegionTotals {
	counts := make([]int, len(e.target.Regions.List))
	for _, p := range e.inside {
		counts[e.target.Regions.At(p)]++
	}
	list, t := make([]RegionTotals, len(counts)), e.Totals(u, false)
	for k := range list {
		list[k] = e.Region(t, k, counts[k])
	}
	return list
}

// Region returns the k-th element of Regions, given the number of points in the region.
func (e *Estimator) Region(t *Totals, k, count int) RegionTotals {
	n := float64(e.n)
	s := float64(count) / n
	return RegionTotals{Region: e.target.Regions.List[k], Count: count, Share: s, SE: math.Sqrt(s * (1 - s) / n), UnderCoverage: t.Under[k]}
}
