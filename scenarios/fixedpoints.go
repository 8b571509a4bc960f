package scenarios

import (
	"fmt"
	"math/rand/v2"
)

// FixedPoints is a Sampler of given points in order, starting again from the first if more
// are requested. It uses no random numbers.
type FixedPoints struct {
	// Name is the file that the points came from.
	Name string

	points []Point
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

// Mismatch describes how n particles are taken from another number of points; it is empty
// if the numbers agree.
func (p *FixedPoints) Mismatch(n int) string {
	switch points := len(p.points); {
	case n > points:
		return fmt.Sprintf("%d particles of the %d points in %s, which are repeated from the first", n, points, p.Name)
	case n < points:
		return fmt.Sprintf("%d particles of the %d points in %s, of which the first are used", n, points, p.Name)
	}
	return ""
}

// Sample fills dst with the points; rng is not used.
func (p *FixedPoints) Sample(dst []Point, _ *rand.Rand) {
	for n := 0; n < len(dst); {
		n += copy(dst[n:], p.points)
	}
}
