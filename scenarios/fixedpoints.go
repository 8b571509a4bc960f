package scenarios

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// FixedPoints is a Sampler of given points in order, starting again from the first if more
// are requested; it uses no random numbers. Points with weights are resampled instead.
type FixedPoints struct {
	// Name is the file that the points came from, and Selection what of it they are.
	Name      string
	Selection Selection

	points  []Point
	weights *Weights // nil for points without
}

var _ Sampler = (*FixedPoints)(nil)

// NewFixedPoints returns the sampler of at least one finite point. Its error counts points
// from 0.
func NewFixedPoints(points []Point) (*FixedPoints, error) {
	for i, p := range points {
		if !IsFinite(p.X) || !IsFinite(p.Y) {
			return nil, fmt.Errorf("point %d is (%g, %g), expected two numbers", i, p.X, p.Y)
		}
	}
	if len(points) == 0 {
		return nil, fmt.Errorf("no points, expected at least one")
	}
	return &FixedPoints{points: points}, nil
}

// NewWeightedPoints returns the sampler of points that are resampled by their weights; nil stands
// for equal ones. Where all are equal it is NewFixedPoints. Its error counts points from 0.
func NewWeightedPoints(points []Point, weights []float64) (*FixedPoints, error) {
	f, err := NewFixedPoints(points)
	if err != nil || weights == nil {
		return f, err
	}
	w, err := NewWeights(weights)
	if err == nil && slices.Min(weights) < slices.Max(weights) {
		f.weights = w
	}
	return f, err
}

// Mismatch describes how n particles are taken from another number of points, or from weighted
// ones; it is empty if the points are taken as they are.
func (p *FixedPoints) Mismatch(n int) string {
	switch points := len(p.points); {
	case p.weights != nil:
		return fmt.Sprintf("%d particles resampled by weight from the %d points in %s, whose effective size is %s", n, points, p.Name, SizeText(p.weights.EffectiveSize()))
	case n > points:
		return fmt.Sprintf("%d particles of the %d points in %s, which are repeated from the first", n, points, p.Name)
	case n < points:
		return fmt.Sprintf("%d particles of the %d points in %s, of which the first are used", n, points, p.Name)
	}
	return ""
}

// Sample fills dst with the points, or resamples them by their weights.
func (p *FixedPoints) Sample(dst []Point, rng *rand.Rand) {
	if p.weights != nil {
		p.weights.Resample(len(dst), rng, func(i, from int) { dst[i] = p.points[from] })
		return
	}
	for n := 0; n < len(dst); {
		n += copy(dst[n:], p.points)
	}
}
