package scenarios

import (
	"fmt"
	"math/rand/v2"
)

// FixedPoints is a cloud of given points, in their order and again from the first where more
// are asked for. No randomness is in it.
type FixedPoints struct {
	// Name is the file that the points came from.
	Name string

	points []Point
}

var _ Sampler = (*FixedPoints)(nil)

// NewFixedPoints needs finite points. Its error counts them from 0.
func NewFixedPoints(points []Point) (*FixedPoints, error) {
	for i, p := range points {
		if !IsFinite(p.X) || !IsFinite(p.Y) {
			return nil, fmt.Errorf("point %d is (%g, %g), expected two numbers", i, p.X, p.Y)
		}
	}
	if len(points) == 0 {
		return nil, fmt.Errorf("no points, expected one at least")
	}
	return &FixedPoints{points: points}, nil
}

// Asked says how n particles are made of the points, nothing where there are as many.
func (p *FixedPoints) Asked(n int) string {
	switch points := len(p.points); {
	case n > points:
		return fmt.Sprintf("%d particles of the %d points in %s, which are taken again from the first", n, points, p.Name)
	case n < points:
		return fmt.Sprintf("%d particles of the %d points in %s, of which the first are taken", n, points, p.Name)
	}
	return ""
}

// Sample fills dst.
func (p *FixedPoints) Sample(dst []Point, _ *rand.Rand) {
	for n := 0; n < len(dst); {
		n += copy(dst[n:], p.points)
	}
}
