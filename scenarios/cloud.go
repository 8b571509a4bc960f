package scenarios

import (
	"fmt"

	"gonum.org/v1/gonum/floats"
)

// Cloud are points with the share of each in their mass.
type Cloud struct {
	Points []Point
	// Shares are w/Σw of the weights, each positive; nil if all are equal, 1/n.
	Shares []float64
}

// NewCloud returns points with weights of 0 or more, nil for equal ones. Points of weight 0 are left
// out, whatever they are, and so are those whose share is too small to be a number. The shares do not depend on the
// unit of the weights: a factor 2ᵏ changes no bit, another one the last ones alone. The error counts points from 0.
func NewCloud(points []Point, weights []float64) (c Cloud, err error) {
	if weights == nil {
		return Cloud{Points: points}, nil
	}
	if len(weights) != len(points) {
		return c, fmt.Errorf("%d weights of %d points, expected one for each", len(weights), len(points))
	}
	top, err := largest(weights)
	if err != nil {
		return c, err
	}
	equal := true
	for i, w := range weights {
		// The sum is at most their number.
		if share := w / top; share/float64(len(weights)) > 0 {
			c.Points, c.Shares = append(c.Points, points[i]), append(c.Shares, share)
			equal = equal && share == 1
		}
	}
	if equal {
		c.Shares = nil
		return c, nil
	}
	sum := floats.SumCompensated(c.Shares)
	for i := range c.Shares {
		c.Shares[i] /= sum
	}
	return c, nil
}

// EffectiveSize is (Σw)²/Σw² (L. Kish, Survey Sampling, 1965): the number of equal points whose mean of
// anything that does not depend on the weights has the same variance. It is the number of points if all are equal.
func (c Cloud) EffectiveSize() float64 {
	if c.Shares == nil {
		return float64(len(c.Points))
	}
	return 1 / floats.Dot(c.Shares, c.Shares)
}

// EffectiveSize is that of points with weights of 0 or more, of which one is positive; nil weights have none.
func EffectiveSize(weights []float64) float64 {
	w, err := NewWeights(weights)
	if err != nil {
		return 0
	}
	return w.effective
}

// SizeText is an effective size with three digits at least, and all of a whole number.
func SizeText(n float64) string {
	if n >= 100 {
		return fmt.Sprintf("%.0f", n)
	}
	return fmt.Sprintf("%.3g", n)
}
