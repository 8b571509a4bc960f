package density

import (
	"math"

	"undercurrent/divergences"
	"undercurrent/sim/target"
)

// RegionTotals contains the measurements of the points in one region. Masses are integrals of
// densities that are smoothed alike, so that they can be compared: an exact sample has the target
// masses. With Sharp smoothing the target's are not smoothed, and the difference is the bias of
// the kernel.
type RegionTotals struct {
	target.Region
	// ParticleMass is ∫ q dx over the region, the mass of the smoothed points.
	ParticleMass float64
	// SE is an upper bound of the standard error of ParticleMass, the binomial √(c(1−c)/n) with the
	// effective size n, which is N for points of equal mass: the smoothed indicator of a region lies between 0 and 1.
	SE float64
	// Count is the number of points in the region, which are not smoothed.
	Count int
	// UnderCoverage is U restricted to the region.
	UnderCoverage float64
}

// MinRegionMass is the target mass below which a region counts as empty.
const MinRegionMass = 1e-12

// MassRatio is ParticleMass/Mass, NaN if the target mass is zero.
func (k RegionTotals) MassRatio() float64 {
	if k.Mass < MinRegionMass {
		return math.NaN()
	}
	return k.ParticleMass / k.Mass
}

// Regions returns the totals of every region of the target, with U by a functional.
func (e *Estimator) Regions(u divergences.Functional) []RegionTotals {
	counts := make([]int, len(e.target.Regions.List))
	for _, p := range e.contents.Points {
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
	c := t.Masses[k]
	return RegionTotals{Region: e.target.Regions.List[k], ParticleMass: c, SE: math.Sqrt(max(c*(1-c), 0) / e.contents.Effective), Count: count, UnderCoverage: t.Under[k]}
}
