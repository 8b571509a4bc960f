package scenarios

import (
	"fmt"
	"math/rand/v2"
)

// Places is a cloud of given points, in their order and again from the first where more
// are asked for. No randomness is in it.
type Places struct{ points []Point }

var _ Sampler = Places{}

// NewPlaces needs finite points. Its error counts them from 0.
func NewPlaces(points []Point) (Places, error) {
	for i, p := range points {
		if !finite(p.X) || !finite(p.Y) {
			return Places{}, fmt.Errorf("point %d is (%g, %g), expected two numbers", i, p.X, p.Y)
		}
	}
	if len(points) == 0 {
		return Places{}, fmt.Errorf("no points, expected one at least")
	}
	return Places{points}, nil
}

// Sample fills dst.
func (p Places) Sample(dst []Point, _ *rand.Rand) {
	for n := 0; n < len(dst); {
		n += copy(dst[n:], p.points)
	}
}
