package density

import (
	"gonum.org/v1/gonum/floats"

	"undercurrent/scenarios"
)

// Contents are the points of a cloud that lie in the padded window.
type Contents struct {
	Points []scenarios.Point
	// N is the number of points of the cloud, including those outside.
	N int
	// Shares are those of Points in the mass of the cloud, nil if all points have 1/N.
	Shares []float64
	// Effective is the effective size of the cloud, N without shares; see scenarios.Cloud.
	Effective float64
}

// AllEqual are points in the padded window out of n of the same mass.
func AllEqual(points []scenarios.Point, n int) Contents {
	return Contents{Points: points, N: n, Effective: float64(n)}
}

// ContentsOf are the points of a cloud in a window, with their indices; see Inside.
func ContentsOf(c scenarios.Cloud, w scenarios.Window) (in Contents, indices []int32) {
	in = Contents{N: len(c.Points), Shares: c.Shares, Effective: c.EffectiveSize()}
	if in.Points, indices = Inside(c.Points, w); indices != nil && c.Shares != nil {
		in.Shares = make([]float64, len(indices))
		for k, i := range indices {
			in.Shares[k] = c.Shares[i]
		}
	}
	return in, indices
}

// Outside is the number of points that are not in the window.
func (c Contents) Outside() int { return c.N - len(c.Points) }

// OutsideShare is the share of the mass that is not in the window.
func (c Contents) OutsideShare() float64 {
	switch {
	case c.Outside() == 0:
		return 0
	case c.Shares == nil:
		return float64(c.Outside()) / float64(c.N)
	}
	return max(1-floats.SumCompensated(c.Shares), 0)
}

// Share is the share of a point in the mass.
func (c Contents) Share(i int) float64 {
	if c.Shares == nil {
		return 1 / float64(c.N)
	}
	return c.Shares[i]
}
