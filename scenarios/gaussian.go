package scenarios

import (
	"fmt"
	"math/rand/v2"
)

// Gaussian is the round cloud N(Mean, Sigma² I): the usual start.
type Gaussian struct {
	Mean  Point
	Sigma float64
}

var _ Sampler = Gaussian{}

// Sample fills dst with independent draws.
func (g Gaussian) Sample(dst []Point, rng *rand.Rand) {
	for i := range dst {
		dst[i].X = g.Mean.X + g.Sigma*rng.NormFloat64()
		dst[i].Y = g.Mean.Y + g.Sigma*rng.NormFloat64()
	}
}

// cloud is a round Gaussian start, with its text.
func cloud(x, y, sigma float64) Start {
	mean := "0"
	if x != 0 || y != 0 {
		mean = fmt.Sprintf("(%s, %s)", number(x), number(y))
	}
	return Start{
		Sampler: Gaussian{Mean: Point{x, y}, Sigma: sigma},
		Text:    fmt.Sprintf("N(%s, %s²)", mean, number(sigma)),
	}
}

// number writes a minus sign as typeset.
func number(v float64) string {
	if v < 0 {
		return fmt.Sprintf("−%g", -v)
	}
	return fmt.Sprintf("%g", v)
}
